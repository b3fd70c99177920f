import type { Clock } from '../clock';
import { Refusal } from '../refusal';
import type { TwinSettings } from '../settings';
import { TokenBucket } from './bucket';

export type LimitKind = 'requests-per-user' | 'requests-per-tenant' | 'batch-writes' | 'bucket';

/** A 429. `limit` says which limit was hit. */
export class LimitHit extends Refusal {
  constructor(
    readonly limit: LimitKind,
    retryAfterMs: number,
  ) {
    super(429, 'Too many requests', [], { 'retry-after': String(Math.max(1, Math.ceil(retryAfterMs / 1000))) });
  }
}

/** Omnium's documented limits of one tenant (docs.omnium.no, Environments/rate-limits). */
export class Limits {
  private readonly users = new Map<string, { running: number; bucket: TokenBucket }>();
  private running = 0;
  private batchWrites = 0;
  readonly peaks = { requests: 0, batchWrites: 0 };

  constructor(
    private readonly clock: Clock,
    private readonly settings: TwinSettings,
  ) {}

  /** Takes a place for one call and returns what gives it back. Throws {@link LimitHit} when there is none. */
  enter(clientId: string, isBatchWrite: boolean): () => void {
    const user = this.userOf(clientId);
    this.refuseWhenFull(user.running, isBatchWrite);
    const token = user.bucket.take();
    if (!token.ok) throw new LimitHit('bucket', token.retryAfterMs);
    user.running += 1;
    this.running += 1;
    if (isBatchWrite) this.batchWrites += 1;
    this.notePeaks();
    return () => {
      user.running -= 1;
      this.running -= 1;
      if (isBatchWrite) this.batchWrites -= 1;
    };
  }

  private refuseWhenFull(userRunning: number, isBatchWrite: boolean): void {
    // No figure is published for how long a full concurrency limit asks to wait; one second is the smallest Retry-After.
    if (userRunning >= this.settings.requestsPerUser) throw new LimitHit('requests-per-user', 1_000);
    if (this.running >= this.settings.requestsPerTenant) throw new LimitHit('requests-per-tenant', 1_000);
    if (isBatchWrite && this.batchWrites >= this.settings.batchWrites) throw new LimitHit('batch-writes', 1_000);
  }

  private notePeaks(): void {
    this.peaks.requests = Math.max(this.peaks.requests, this.running);
    this.peaks.batchWrites = Math.max(this.peaks.batchWrites, this.batchWrites);
  }

  private userOf(clientId: string) {
    const known = this.users.get(clientId) ?? { running: 0, bucket: new TokenBucket(this.clock, this.settings) };
    this.users.set(clientId, known);
    return known;
  }
}
