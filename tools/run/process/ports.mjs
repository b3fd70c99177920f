import { mkdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { take } from './lock.mjs';

/**
 * Ports are drawn below the range from which systems serve outgoing connections (32768 and up on Linux), so none of those can sit on a
 * port between the moment it is picked and the moment its server listens.
 */
const lowest = 20_000;
const highest = 31_999;
const reservations = join(tmpdir(), 'sitoo-omnium-connector-ports');
const taken = new Set();

/** A free TCP port of 127.0.0.1, kept from all other runs on this machine until this process ends. */
export async function freePort() {
  mkdirSync(reservations, { recursive: true });
  for (let tries = 0; tries < 500; tries += 1) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest + 1));
    if (taken.has(port) || !take(reservation(port))) continue;
    taken.add(port);
    if (await isFree(port)) return port;
    release(port);
  }
  throw new Error(`no free port between ${lowest} and ${highest}`);
}

export async function freePorts(count) {
  const ports = [];
  while (ports.length < count) ports.push(await freePort());
  return ports;
}

/** Whether a server could listen on this port now. */
export function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** Gives every port of this process back; called when it ends. */
export function releasePorts() {
  for (const port of taken) release(port);
}

function release(port) {
  taken.delete(port);
  rmSync(reservation(port), { force: true });
}

function reservation(port) {
  return join(reservations, String(port));
}
