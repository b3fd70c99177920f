import { Redis } from 'ioredis';
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';

export interface BenchRedis {
  readonly url: string;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

/** The Redis of `REDIS_URL`, or a `redis-server` of this run in memory on a port of its own. */
export async function benchRedis(): Promise<BenchRedis> {
  const given = process.env['REDIS_URL'];
  if (given) return { url: given, stop: async () => undefined };
  const port = await freePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--daemonize', 'no'];
  const child = spawn('redis-server', args, { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const missing = new Promise<never>((_, reject) => child.once('error', () => reject(new Error('set REDIS_URL, or install redis-server'))));
  const url = `redis://127.0.0.1:${port}`;
  const probe = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: () => 50 });
  probe.on('error', () => undefined);
  await Promise.race([probe.ping(), missing]).finally(() => probe.disconnect());
  return {
    url,
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}
