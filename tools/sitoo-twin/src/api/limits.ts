import type { Clock } from '../clock';
import type { TwinSettings } from '../settings';

export type Entry = { ok: true; leave: () => void } | { ok: false; kind: 'concurrency' } | { ok: false; kind: 'rate'; resetsAt: number };

/** Sitoo's two limits per scope: calls at the same time, and optionally calls per one-second slot. */
export class CallLimits {
  private readonly inFlight = new Map<string, number>();
  private readonly slots = new Map<string, { second: number; calls: number }>();

  constructor(
    private readonly settings: () => TwinSettings,
    private readonly clock: Clock,
  ) {}

  /** Takes a place for one call; `leave` gives it back, and is called once. */
  enter(accountId: number, keyId: string): Entry {
    const scope = this.settings().concurrencyScope === 'account' ? `account ${accountId}` : `key ${keyId}`;
    const running = this.inFlight.get(scope) ?? 0;
    if (running >= this.settings().maxInFlight) return { ok: false, kind: 'concurrency' };
    const resetsAt = this.countInSlot(scope);
    if (resetsAt !== undefined) return { ok: false, kind: 'rate', resetsAt };
    this.inFlight.set(scope, running + 1);
    return { ok: true, leave: () => this.leave(scope) };
  }

  /** Unix seconds at which the slot ends, when it is used up. */
  private countInSlot(scope: string): number | undefined {
    const limit = this.settings().ratePerSecond;
    if (limit === 0) return undefined;
    const second = Math.floor(this.clock.now() / 1000);
    const slot = this.slots.get(scope);
    const calls = slot?.second === second ? slot.calls : 0;
    if (calls >= limit) return second + 1;
    this.slots.set(scope, { second, calls: calls + 1 });
    return undefined;
  }

  private leave(scope: string): void {
    this.inFlight.set(scope, (this.inFlight.get(scope) ?? 1) - 1);
  }
}
