import { Done } from './exchange';
import { intervalUs, keyState, lanes } from './lanes';
import { Rules } from './rules';
import { KeyState, Lease, State } from './state';

/** Several 429s from calls that were in flight together are one lesson, not several. */
const lessonUs = 1_000_000;
const transitUs = 20_000;
const quickStepUs = 1000;

interface Ended {
  readonly state: State;
  readonly now: number;
  readonly rules: Rules;
  readonly key: KeyState;
  readonly done: Done;
  readonly lease: Lease | undefined;
}

/** Takes finished calls out and learns from them. Returns the keys to stop and the processes whose sleeping permissions became void. */
export function settle(state: State, now: number, rules: Rules, ended: readonly Done[]): { stop: string[]; recalled: Set<string> } {
  const stop = new Set<string>();
  for (const done of ended) {
    const lease = state.leases[done.id];
    delete state.leases[done.id];
    for (const key of learn({ state, now, rules, done, lease, key: keyState(state, done.key) })) stop.add(key);
  }
  return { stop: [...stop].sort(), recalled: recall(state, now, stop) };
}

function learn(ended: Ended): string[] {
  switch (ended.done.ending) {
    case 'answered':
      answered(ended);
      return [];
    case 'throttled':
      throttled(ended);
      return [ended.done.key];
    case 'crowded':
      return crowded(ended);
    case 'refused':
      return refused(ended);
    case 'unused':
      if (ended.lease && ended.lease.after === ended.key.tat) ended.key.tat = ended.lease.before;
      return [];
    case 'lost':
      return [];
  }
}

function answered({ state, now, rules, key, done, lease }: Ended): void {
  key.streak = 0;
  key.crowd = 0;
  const interval = intervalUs(key, now, rules);
  if (done.remaining >= 0 && done.remaining < rules.burst) key.tat = Math.max(key.tat, now + (rules.burst - done.remaining) * interval);
  if (rules.burst === 1 && lease && done.ranUs >= 0) late(key, now, done.ranUs, interval);
  widen(state, now, rules, lease);
}

/**
 * A bucket without slack counts from the arrival, which is later than the slot when the call left late or was long on its way: at
 * most by what it took longer than the quickest one, and not believed beyond 20 ms, because calls differ. What the quickest takes is
 * learned from below, 1 ms a call, because the first calls of a process also open its connections.
 */
function late(key: KeyState, now: number, ranUs: number, interval: number): void {
  const onItsWay = Math.min(transitUs, Math.max(0, ranUs - key.quick));
  key.quick = Math.min(ranUs, key.quick + Math.max(quickStepUs, Math.floor(key.quick / 50)));
  key.tat = Math.max(key.tat, now - ranUs + onItsWay + interval);
}

/** One lane more after enough calls that nobody minded. */
function widen(state: State, now: number, rules: Rules, lease: Lease | undefined): void {
  if (rules.scope !== 'auto' || !lease) return;
  state.evidence += 1;
  if (state.evidence < rules.widenAfter || now < state.probeAt || state.width >= rules.keys.length) return;
  state.width += 1;
  state.evidence = 0;
}

function throttled({ now, rules, key, done }: Ended): void {
  slower(key, now, rules);
  const named = done.forUs >= 0 ? done.forUs : done.untilUs >= 0 ? done.untilUs - now : 0;
  const wait = named > 0 ? named : rules.blockUs * 2 ** Math.min(10, key.streak - 1);
  key.blocked = Math.max(key.blocked, now + Math.min(rules.blockMaxUs, wait));
  key.tat = Math.max(key.tat, key.blocked + (rules.burst - 1) * intervalUs(key, now, rules)); // one call at the end of the block, then at rate
}

function slower(key: KeyState, now: number, rules: Rules): void {
  const again = key.cutAt > 0 && now < key.cutAt + lessonUs;
  if (again && key.streak > 0) return;
  intervalUs(key, now, rules);
  key.factor = Math.max(rules.floor, key.factor * rules.cut);
  key.cutAt = now;
  key.streak += 1;
}

/** "Too many connections": back to one lane, and a short pause; nothing was done, so nothing is lost. */
function crowded({ state, now, rules, key, done }: Ended): string[] {
  key.crowd += 1;
  if (rules.cutOnCrowding) slower(key, now, rules);
  const pause = Math.min(rules.pauseMaxUs, rules.pauseUs * key.crowd);
  if (rules.scope === 'auto' && state.width > 1) {
    state.width = 1;
    state.probeAt = now + rules.probeUs;
  }
  state.evidence = 0;
  const hit = new Set(rules.scope === 'key' ? [done.key] : [done.key, ...lanes(state, now, rules)]);
  for (const name of hit) {
    const lane = keyState(state, name);
    lane.blocked = Math.max(lane.blocked, now + pause);
  }
  return [...hit];
}

function refused({ state, now, rules, key, done }: Ended): string[] {
  if (rules.benchUs <= 0) return [];
  const others = rules.keys.some((name) => name !== done.key && keyState(state, name).bench <= now);
  key.bench = now + (others ? rules.benchUs : rules.benchLastUs);
  return [done.key];
}

/** Permissions whose slot has not come yet on a stopped key are void; their callers wait again. */
function recall(state: State, now: number, stop: ReadonlySet<string>): Set<string> {
  const procs = new Set<string>();
  for (const [id, lease] of Object.entries(state.leases)) {
    if (!stop.has(lease.key) || lease.from <= now) continue;
    delete state.leases[id];
    procs.add(lease.proc);
  }
  return procs;
}
