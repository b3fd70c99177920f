import { Redis, RedisOptions } from 'ioredis';

/** Where the budget lives: an address, or a connection whose settings are copied (it is never used itself). */
export type RedisSource = { readonly redisUrl: string } | { readonly redis: Redis };

/** A Redis command that takes longer than this counts as not answered. */
export const commandTimeoutMs = 250;

/**
 * A connection that fails fast. The usual settings turn an outage into hangs of seconds and send old commands again afterwards:
 * here nothing is queued while disconnected, nothing is sent twice, and a replica that refuses writes is left.
 */
const options: RedisOptions = {
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 1,
  connectTimeout: 1000,
  retryStrategy: (attempt) => Math.min(1000, attempt * 100),
  reconnectOnError: (error) => error.message.startsWith('READONLY'),
};

export function connect(source: RedisSource): Redis {
  const redis = 'redis' in source ? source.redis.duplicate(options) : new Redis(source.redisUrl, options);
  redis.on('error', () => undefined); // every failed command says so itself
  return redis;
}

/** Resolves when the connection is usable, or after `limitMs` without an answer. */
export function readyWithin(redis: Redis, limitMs: number): Promise<void> {
  if (redis.status === 'ready') return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      redis.off('ready', done);
      resolve();
    };
    const timer = setTimeout(done, limitMs);
    redis.once('ready', done);
  });
}
