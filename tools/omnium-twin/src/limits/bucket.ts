import type { Clock } from '../clock';
import type { TwinSettings } from '../settings';

/** Tokens of one API user: a full bucket at first, refilled in steps. */
export class TokenBucket {
  private tokens: number;
  private refilledAt: number;

  constructor(
    private readonly clock: Clock,
    private readonly settings: TwinSettings,
  ) {
    this.tokens = settings.bucketTokens;
    this.refilledAt = clock.now();
  }

  /** Takes one token; otherwise milliseconds until the next refill. */
  take(): { ok: true } | { ok: false; retryAfterMs: number } {
    this.refill();
    if (this.tokens < 1) return { ok: false, retryAfterMs: this.refilledAt + this.settings.bucketRefillMs - this.clock.now() };
    this.tokens -= 1;
    return { ok: true };
  }

  private refill(): void {
    const { bucketRefillMs, bucketRefillTokens, bucketTokens } = this.settings;
    const steps = Math.floor((this.clock.now() - this.refilledAt) / bucketRefillMs);
    this.tokens = Math.min(bucketTokens, this.tokens);
    if (steps <= 0) return;
    this.tokens = Math.min(bucketTokens, this.tokens + steps * bucketRefillTokens);
    this.refilledAt += steps * bucketRefillMs;
  }
}
