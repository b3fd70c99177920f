import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { take, withLock } from './lock.mjs';
import { alive, signature } from './owner.mjs';
import { freePort, isFree, releasePorts } from './ports.mjs';
import { until } from './wait.mjs';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'connector-run-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
  releasePorts();
});

/** The signature of a process that has ended. */
async function deadSignature(): Promise<string> {
  const child = spawn('sleep', ['60']);
  const line = signature(child.pid);
  child.kill('SIGKILL');
  await once(child, 'exit');
  return line;
}

describe('the signature of a process', () => {
  it('is alive for this process and not for one that ended', async () => {
    expect(alive(signature())).toBe(process.pid);
    expect(alive(await deadSignature())).toBeUndefined();
  });

  it('is not fooled by a process id that was given away again', () => {
    expect(alive(`${process.pid} 1`)).toBeUndefined();
  });
});

describe('a lock', () => {
  it('lets one in at a time', async () => {
    const file = join(folder, 'a.lock');
    const order: string[] = [];
    const work = (name: string) => async () => {
      order.push(`${name} in`);
      await new Promise((resolve) => setImmediate(resolve));
      order.push(`${name} out`);
    };
    await Promise.all([withLock(file, work('a')), withLock(file, work('b'))]);
    expect(order).toEqual(['a in', 'a out', 'b in', 'b out']);
  });

  it('is taken over from a process that ended', async () => {
    const file = join(folder, 'b.lock');
    writeFileSync(file, await deadSignature());
    expect([take(file), take(file), take(file)]).toEqual([false, true, false]);
    expect(readFileSync(file, 'utf8')).toBe(signature());
  });

  it('is given back when the work fails', async () => {
    const file = join(folder, 'c.lock');
    await expect(withLock(file, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(take(file)).toBe(true);
  });
});

describe('a free port', () => {
  it('lies below those of outgoing connections, and no two are the same', async () => {
    const ports = await Promise.all(Array.from({ length: 20 }, () => freePort()));
    expect(new Set(ports).size).toBe(20);
    expect(ports.every((port) => port >= 20_000 && port < 32_768)).toBe(true);
  });

  it('is not one that somebody listens on', async () => {
    const port = await freePort();
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    expect(await isFree(port)).toBe(false);
    await new Promise((resolve) => server.close(resolve));
    expect(await isFree(port)).toBe(true);
  });
});

describe('waiting for a condition', () => {
  it('gives the first answer', async () => {
    const answers = [undefined, false, 'ready'];
    expect(await until(() => answers.shift(), { what: 'it', withinMs: 1000, everyMs: 1 })).toBe('ready');
  });

  it('names what did not come', async () => {
    await expect(until(() => false, { what: 'Kafka to answer', withinMs: 5, everyMs: 1 })).rejects.toThrow(
      'Kafka to answer: not within 0 s',
    );
  });

  it('ends at once when there is no point in asking on', async () => {
    await expect(until(() => false, { what: 'it', withinMs: 60_000, gaveUp: () => 'kafka ended with code 1' })).rejects.toThrow(
      'kafka ended with code 1',
    );
  });
});
