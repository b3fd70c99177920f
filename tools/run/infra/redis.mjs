import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand, startChild } from '../process/children.mjs';
import { freePort } from '../process/ports.mjs';
import { until } from '../process/wait.mjs';
import { exchange } from './kafka-wire.mjs';
import { found } from './programs.mjs';

/** Whether a Redis server at `host:port` answers PING. */
export async function answersPing(address) {
  return (
    (await exchange(address, Buffer.from('PING\r\n'), (bytes) => (bytes.includes('\r\n') ? bytes : undefined)))
      ?.toString()
      .startsWith('+PONG') ?? false
  );
}

/** `redis-server` of the machine; installs Debian's package when it is missing and this is root. True when it can be run. */
export async function ensureRedisServer(run, log) {
  if (found('redis-server')) return true;
  if (process.getuid?.() !== 0 || !found('apt-get')) return false;
  log('installing redis-server');
  // RUNLEVEL=1 keeps the package from starting a server of its own.
  const env = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const apt = (...args) => runCommand({ run, name: 'apt-get', command: 'apt-get', args, env });
  await apt('update', '-q');
  await apt('install', '-y', '-q', '--no-install-recommends', 'redis-server');
  return found('redis-server');
}

/** A Redis of this run on a port of its own, in memory only. */
export async function startRedis(run) {
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const folder = join(run.data, 'redis');
  mkdirSync(folder, { recursive: true });
  const args = ['--port', port, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder, '--daemonize', 'no'].map(
    String,
  );
  let child;
  const restart = async () => {
    await child?.stop(2000);
    child = startChild({ run, name: 'redis', command: 'redis-server', args });
    await until(() => answersPing(address), {
      what: 'Redis to answer PING',
      withinMs: 10_000,
      everyMs: 20,
      gaveUp: () => child.ended && child.obituary(),
    });
  };
  await restart();
  return {
    url: `redis://${address}`,
    address,
    get child() {
      return child;
    },
    kill: () => child.kill(),
    pause: () => child.signal('SIGSTOP'),
    resume: () => child.signal('SIGCONT'),
    restart,
    stop: () => child.stop(3000),
  };
}
