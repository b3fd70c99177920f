import { CallClass, callClasses, CallResult } from '@connector/platform';
import { KeyView, Reply } from '../budget/reply';
import { GateEvent } from '../events';
import { quotaHeaders } from '../headers/quota-headers';

export interface Waits {
  count: number;
  totalMs: number;
  maxMs: number;
}

/** Counts what happened at one desk since its start, and reports it. */
export class Tally {
  readonly waits: Readonly<Record<CallClass, Waits>>;
  /** Last value of every quota header seen. */
  readonly quotaHeaders: Record<string, string> = {};
  passes = 0;
  exchanges = 0;
  throttled = 0;
  tooManyConnections = 0;
  refused = 0;

  constructor(private readonly onEvent: (event: GateEvent) => void) {
    const none = (): Waits => ({ count: 0, totalMs: 0, maxMs: 0 });
    this.waits = { till: none(), sale: none(), stock: none(), price: none(), catalogue: none(), image: none() };
  }

  passed(callClass: CallClass, kind: string, waitedMs: number): void {
    const waits = this.waits[callClass];
    waits.count += 1;
    waits.totalMs += waitedMs;
    waits.maxMs = Math.max(waits.maxMs, waitedMs);
    this.passes += 1;
    this.onEvent({ type: 'passed', class: callClass, kind, waitedMs });
  }

  exchanged(before: Reply | undefined, reply: Reply): void {
    this.exchanges += 1;
    if (before && before.width !== reply.width) this.onEvent({ type: 'width', width: reply.width, before: before.width });
  }

  left(key: number, result: CallResult, forUs: number, keys: readonly KeyView[]): void {
    if (result.kind === 'answered' || result.kind === 'throttled') this.noteHeaders(key, result.headers);
    if (result.kind === 'throttled') {
      this.throttled += 1;
      this.onEvent({ type: 'throttled', key, forMs: forUs >= 0 ? forUs / 1000 : undefined });
    }
    if (result.kind === 'too-many-connections') {
      this.tooManyConnections += 1;
      this.onEvent({ type: 'too-many-connections', key });
    }
    if (result.kind === 'refused') {
      this.refused += 1;
      const left = keys.filter(({ benchedUs }, index) => index !== key && benchedUs === 0).length;
      this.onEvent({ type: 'key-benched', key, status: result.status, left });
    }
  }

  private noteHeaders(key: number, headers: Record<string, string>): void {
    for (const [name, value] of Object.entries(quotaHeaders(headers))) {
      if (this.quotaHeaders[name] === value) continue;
      this.quotaHeaders[name] = value;
      this.onEvent({ type: 'quota-header', key, name, value });
    }
  }
}

export const noWaiting: Readonly<Record<CallClass, number>> = { till: 0, sale: 0, stock: 0, price: 0, catalogue: 0, image: 0 };

export function byClass(counts: readonly number[]): Record<CallClass, number> {
  const named = { ...noWaiting };
  callClasses.forEach((name, index) => (named[name] = counts[index] ?? 0));
  return named;
}
