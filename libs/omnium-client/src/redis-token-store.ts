import { open, seal } from '@connector/platform';
import { Redis } from 'ioredis';
import { createHash, hkdfSync, randomUUID } from 'node:crypto';
import type { TokenStore } from './token-store';

export interface RedisTokenStoreOptions {
  redisUrl: string;
  clientId: string;
  /** Also what the token is sealed with: who may read it could fetch one anyway. A new secret makes old entries unreadable. */
  clientSecret: string;
}

/** Releases the lock only while it is still ours. */
const releaseScript = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0";

/** Longest wait for Redis, ms: after that a process fetches a token for itself. */
const commandTimeoutMs = 500;

/** The token of one API user in Redis, sealed with AES-256-GCM. Every method rejects when Redis does not answer. */
export class RedisTokenStore implements TokenStore {
  private readonly redis: Redis;
  private readonly name: string;
  private readonly key: Buffer;

  constructor({ redisUrl, clientId, clientSecret }: RedisTokenStoreOptions) {
    this.name = `omnium-token:{${createHash('sha256').update(clientId).digest('hex').slice(0, 16)}}`;
    this.key = Buffer.from(hkdfSync('sha256', clientSecret, clientId, 'omnium-token', 32));
    this.redis = new Redis(redisUrl, {
      commandTimeout: commandTimeoutMs,
      connectTimeout: 1_000,
      maxRetriesPerRequest: 1,
      retryStrategy: (attempt) => Math.min(1_000, attempt * 100),
    });
    // Every failed command says so itself.
    this.redis.on('error', () => undefined);
  }

  /** Undefined also for an entry that this secret does not open. */
  async read(): Promise<string | undefined> {
    const sealed = await this.redis.get(this.name);
    if (sealed === null) return undefined;
    try {
      return open(sealed, this.key).toString('utf8');
    } catch {
      return undefined;
    }
  }

  async write(text: string, lifeMs: number): Promise<void> {
    if (lifeMs >= 1) await this.redis.set(this.name, seal(Buffer.from(text), this.key), 'PX', Math.floor(lifeMs));
  }

  async lock(forMs: number): Promise<(() => Promise<void>) | undefined> {
    const owner = randomUUID();
    const name = `${this.name}:lock`;
    if ((await this.redis.set(name, owner, 'PX', forMs, 'NX')) !== 'OK') return undefined;
    return async () => void (await this.redis.eval(releaseScript, 1, name, owner));
  }

  close(): void {
    this.redis.disconnect();
  }
}
