import { Ask } from './exchange';
import { drain, keyState } from './lanes';
import { classCount, Rules } from './rules';
import { ProcState, State, zeros } from './state';

const minuteUs = 60_000_000;

function fresh(now: number, rules: Rules, tick: number): State {
  return {
    born: now,
    tick,
    count: 0,
    openAt: now + rules.settleUs,
    width: 1,
    evidence: 0,
    probeAt: 0,
    urgentAt: 0,
    minute: Math.floor(now / minuteUs),
    used: zeros(classCount),
    usedBefore: zeros(classCount),
    passed: zeros(classCount),
    keys: {},
    procs: {},
    leases: {},
  };
}

/**
 * The state to work on. Nothing stored, or an older state than this process has seen (Redis came back empty or from an old copy):
 * buckets start empty and nothing is granted until the calls in flight have been reported again.
 */
export function open(before: State | undefined, now: number, rules: Rules, ask: Ask): State {
  const state = before ?? fresh(now, rules, ask.tick);
  const lostMemory = before === undefined || ask.tick > state.tick;
  if (lostMemory) {
    state.openAt = now + rules.settleUs;
    state.tick = ask.tick;
  }
  if (lostMemory || ask.empty) for (const key of rules.keys) drain(keyState(state, key), Math.max(now, state.openAt), now, rules);
  state.tick += 1;
  const minute = Math.floor(now / minuteUs);
  if (minute !== state.minute) {
    state.usedBefore = minute === state.minute + 1 ? state.used : zeros(classCount);
    state.used = zeros(classCount);
    state.minute = minute;
  }
  if (state.openAt > now + rules.settleUs) state.openAt = now; // the clock went back
  return state;
}

export function enlist(state: State, rules: Rules, proc: string): ProcState {
  const length = rules.kinds.length * classCount;
  const known = state.procs[proc];
  if (known?.n.length === length) return known;
  return (state.procs[proc] = { seq: 0, seen: 0, n: zeros(length), since: zeros(length), served: zeros(length) });
}

/** Takes back leases whose time is over, and forgets waiters whose process is gone. */
export function expire(state: State, now: number, rules: Rules): void {
  for (const [id, lease] of Object.entries(state.leases)) {
    if (lease.until > now + 2 * rules.leaseUs) lease.until = now + rules.leaseUs; // the clock went back
    if (lease.until >= now) continue;
    delete state.leases[id];
    const owner = state.procs[lease.proc];
    if (!lease.claimed && owner) owner.n.fill(0); // it never came for what it waited for
  }
  for (const [name, proc] of Object.entries(state.procs)) {
    if (proc.seen > now) proc.seen = now;
    if (proc.seen < now - rules.staleUs) proc.n.fill(0);
    if (proc.seen < now - minuteUs) delete state.procs[name];
  }
}

/** Renews what the process holds, takes over what the budget did not know of, and notes who waits. */
export function adopt(state: State, now: number, rules: Rules, ask: Ask): void {
  const held = new Set(ask.held.map(({ id }) => id));
  for (const { id, key, w } of ask.held) {
    state.leases[id] ??= { no: 0, proc: ask.proc, key, w, from: now, until: 0, claimed: true, before: 0, after: -1 };
  }
  const me = enlist(state, rules, ask.proc);
  me.n = me.n.map((_, w) => ask.wait[w] ?? 0);
  me.since = me.since.map((_, w) => now - (ask.age[w] ?? 0));
  for (const [id, lease] of Object.entries(state.leases)) {
    if (lease.proc !== ask.proc) continue;
    lease.until = Math.max(now, lease.from) + rules.leaseUs;
    lease.claimed = true;
    if (!held.has(id)) me.n[lease.w] = Math.max(0, (me.n[lease.w] ?? 0) - 1); // served already, it just does not know yet
  }
}
