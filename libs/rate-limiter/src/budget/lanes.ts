import { Rules } from './rules';
import { KeyState, Lease, State } from './state';

export function keyState(state: State, key: string): KeyState {
  return (state.keys[key] ??= { tat: 0, factor: 1, factorAt: 0, cutAt: 0, blocked: 0, streak: 0, crowd: 0, bench: 0, quick: 0 });
}

/**
 * Time between two calls at the learned rate, after letting the rate grow back for the time since the last look. What a bucket lacks it lacks in
 * calls, which are there sooner at a higher rate: counted in time, a bucket of 12,000 that was emptied at a third of its rate would give nothing
 * until minutes after the rate is whole again. A bucket of one call lacks less than one interval, which is not worth touching.
 */
export function intervalUs(key: KeyState, now: number, rules: Rules): number {
  const since = Math.max(key.factorAt, Math.min(key.blocked, now));
  if (key.factor < 1 && now > since) {
    const before = key.factor;
    key.factor = Math.min(1, before + (rules.grow * (now - since)) / 1e6);
    if (rules.burst > 1 && key.tat > now) key.tat = now + Math.floor(((key.tat - now) * before) / key.factor);
  }
  key.factorAt = now;
  return Math.floor(rules.intervalUs / key.factor);
}

/** Makes the bucket empty at that time: the next slot is one interval later. */
export function drain(key: KeyState, at: number, now: number, rules: Rules): void {
  key.tat = Math.max(key.tat, at + rules.burst * intervalUs(key, now, rules));
}

/** The keys in use now: those not benched, as many as the scope allows. */
export function lanes(state: State, now: number, rules: Rules): string[] {
  const healthy = rules.keys.filter((key) => keyState(state, key).bench <= now);
  if (rules.scope === 'key') return healthy;
  return healthy.slice(0, rules.scope === 'account' ? 1 : state.width);
}

/** What is in flight, per key and per pool. */
export interface Traffic {
  total: number;
  readonly byKey: Record<string, number>;
  readonly byPool: number[];
}

export function traffic(state: State, rules: Rules): Traffic {
  const seen: Traffic = { total: 0, byKey: {}, byPool: rules.pools.map(() => 0) };
  for (const lease of Object.values(state.leases)) board(seen, rules, lease);
  return seen;
}

export function board(seen: Traffic, rules: Rules, lease: Pick<Lease, 'key' | 'w'>): void {
  seen.total += 1;
  seen.byKey[lease.key] = (seen.byKey[lease.key] ?? 0) + 1;
  for (const pool of rules.kinds[Math.floor(lease.w / 6)] ?? []) seen.byPool[pool] = (seen.byPool[pool] ?? 0) + 1;
}

/**
 * When this lane's bucket lets the next call start, not before `now`. Bulk calls leave the reserve alone, always: at a steady rate it
 * costs them nothing, and it takes the unsteadiness of many processes out of the server's sight.
 */
export function slotAt(key: KeyState, now: number, rules: Rules, bulk: boolean): number {
  const interval = intervalUs(key, now, rules);
  const latest = now + (rules.burst + 2) * Math.floor(interval / rules.floor) + rules.blockMaxUs;
  if (key.tat > latest) key.tat = now + rules.burst * interval; // the clock went back
  if (key.blocked > now + rules.blockMaxUs) key.blocked = now + rules.blockMaxUs;
  const burst = bulk ? rules.burst - rules.reserve : rules.burst;
  return Math.max(now, key.blocked, key.tat - (burst - 1) * interval);
}
