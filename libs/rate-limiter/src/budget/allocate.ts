import { board, intervalUs, keyState, lanes, slotAt, Traffic, traffic } from './lanes';
import { classCount, classOf, kindOf, Rules } from './rules';
import { State } from './state';
import { noteTurn, Turns, turns } from './turns';

const urgentMemoryUs = 10_000_000;

interface Scene {
  readonly state: State;
  readonly now: number;
  readonly rules: Rules;
  readonly open: readonly string[];
  readonly busy: Traffic;
}

interface Slot {
  readonly key: string;
  readonly start: number;
}

/** Gives out every slot that may be given out now, best waiter first. Returns the processes that received one. */
export function allocate(state: State, now: number, rules: Rules, caller: string): Set<string> {
  const given = new Set<string>();
  if (now < state.openAt) return given;
  const scene: Scene = { state, now, rules, open: lanes(state, now, rules), busy: traffic(state, rules) };
  const ageing = turns(state, now, rules);
  for (let next = best(scene, ageing); next; next = best(scene, ageing)) {
    grant(scene, next.proc, next.w, next.slot, caller);
    noteTurn(state, ageing, classOf(next.w));
    given.add(next.proc);
  }
  return given;
}

/** The first class, in order of urgency unless an aged one has its turn, for which a slot is free; the longest unserved process in it. */
function best(scene: Scene, ageing: Turns): { proc: string; w: number; slot: Slot } | undefined {
  const { state, rules } = scene;
  for (const callClass of ageing.order(state)) {
    for (let kind = 0; kind < rules.kinds.length; kind++) {
      const w = kind * classCount + callClass;
      const proc = leastServed(state, w);
      if (proc === undefined) continue;
      const slot = slotFor(scene, w);
      if (slot) return { proc, w, slot };
    }
  }
  return undefined;
}

function leastServed(state: State, w: number): string | undefined {
  let found: string | undefined;
  let least = Infinity;
  for (const [name, proc] of Object.entries(state.procs)) {
    if ((proc.n[w] ?? 0) < 1) continue;
    const served = proc.served[w] ?? 0;
    if (served < least || (served === least && found !== undefined && name < found)) [found, least] = [name, served];
  }
  return found;
}

/** The lane where this waiter can start first, if that is within the horizon and nothing forbids it. */
function slotFor({ state, now, rules, open, busy }: Scene, w: number): Slot | undefined {
  const callClass = classOf(w);
  const yielding = yields(state, now, rules, w);
  if (busy.total >= open.length * rules.inFlight || !poolsFree(rules, busy, w, yielding)) return undefined;
  const limit = rules.inFlight - (yielding ? rules.inFlightReserve : 0);
  let found: Slot | undefined;
  for (const lane of laneOrder(open.length, rules, callClass)) {
    const key = open[lane] ?? '';
    if ((busy.byKey[key] ?? 0) >= limit) continue;
    const bucket = keyState(state, key);
    const start = slotAt(bucket, now, rules, callClass >= rules.urgent);
    const horizon = Math.min(rules.horizonUs, intervalUs(bucket, now, rules));
    if (start <= now + horizon && (found === undefined || start < found.start)) found = { key, start };
  }
  return found;
}

/** Urgent classes look at the first lane first, bulk classes at the last; long calls stay off the first of several. */
export function laneOrder(count: number, rules: Rules, callClass: number): number[] {
  const order = Array.from({ length: count }, (_, lane) => lane);
  if (callClass < rules.urgent) return order;
  return (callClass >= rules.longFrom && count >= 2 ? order.slice(1) : order).reverse();
}

/** Whether bulk calls leave the reserved places free: while an urgent call was seen not long ago. */
export function yields(state: State, now: number, rules: Rules, w: number): boolean {
  return classOf(w) >= rules.urgent && state.urgentAt > now - urgentMemoryUs;
}

export function poolsFree(rules: Rules, busy: Traffic, w: number, yielding: boolean): boolean {
  return (rules.kinds[kindOf(w)] ?? []).every((index) => {
    const pool = rules.pools[index];
    return pool !== undefined && (busy.byPool[index] ?? 0) < pool.limit - (yielding ? pool.reserve : 0);
  });
}

function grant({ state, now, rules, busy }: Scene, name: string, w: number, slot: Slot, caller: string): void {
  const key = keyState(state, slot.key);
  const proc = state.procs[name];
  if (!proc) return;
  const before = key.tat;
  key.tat = Math.max(key.tat, slot.start) + intervalUs(key, now, rules);
  state.count += 1;
  const claimed = name === caller;
  const until = claimed ? slot.start + rules.leaseUs : now + rules.offerUs;
  const lease = { no: state.count, proc: name, key: slot.key, w, from: slot.start, until, claimed, before, after: key.tat };
  state.leases[`${state.born}-${state.count}`] = lease;
  board(busy, rules, lease);
  proc.n[w] = (proc.n[w] ?? 0) - 1;
  proc.served[w] = state.count;
  const callClass = classOf(w);
  if (callClass < rules.urgent) state.urgentAt = now;
  state.used[callClass] = (state.used[callClass] ?? 0) + 1;
}
