import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { root } from './kafka/run-tools';

/** As installed. Read as a file: packages that are ES modules do not export theirs. */
export function packageVersion(name: string): string {
  const found: unknown = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'));
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
