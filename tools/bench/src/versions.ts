import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { Redis } from 'ioredis';

/** As installed. */
export function packageVersion(name: string): string {
  const found: unknown = JSON.parse(readFileSync(require.resolve(`${name}/package.json`), 'utf8'));
  const version = typeof found === 'object' && found !== null && 'version' in found ? found.version : undefined;
  return typeof version === 'string' ? version : 'unknown';
}

/** What took part: figures mean little without it. */
export async function versions(redisUrl: string, packages: readonly string[]): Promise<Record<string, string>> {
  const redis = new Redis(redisUrl);
  const server = /redis_version:(\S+)/.exec(await redis.info('server'))?.[1] ?? 'unknown';
  redis.disconnect();
  const named = Object.fromEntries(packages.map((name) => [name, packageVersion(name)]));
  return { node: process.version, redis: server, cores: String(cpus().length), ...named };
}
