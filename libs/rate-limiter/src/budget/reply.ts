import { laneOrder, poolsFree, yields } from './allocate';
import { Ask } from './exchange';
import { intervalUs, keyState, lanes, slotAt, Traffic, traffic } from './lanes';
import { classCount, classOf, Rules } from './rules';
import { State, zeros } from './state';

/** Permission for one call, `inUs` from now. */
export interface Grant {
  readonly id: string;
  readonly key: string;
  readonly w: number;
  readonly inUs: number;
}

/** One key as everybody sees it. `factorPpm`: learned share of the full rate in millionths. */
export interface KeyView {
  readonly factorPpm: number;
  readonly blockedUs: number;
  readonly benchedUs: number;
  readonly inFlight: number;
}

/** What a process learns from one exchange. */
export interface Reply {
  readonly stale: boolean;
  readonly tick: number;
  /** Everything this process was given and does not hold yet; repeated until it does. */
  readonly grants: readonly Grant[];
  /** When to ask again, unless woken before; -1 when nobody of this process waits. */
  readonly againUs: number;
  readonly width: number;
  readonly keys: readonly KeyView[];
  /** Waiting callers, and grants in the last minute, per class, of all processes. */
  readonly waiting: readonly number[];
  readonly used: readonly number[];
  /** Processes with waiting callers. */
  readonly procs: number;
}

const minuteUs = 60_000_000;

/** The answer to an exchange that arrived after a later one of the same process. */
export function stale(state: State, now: number, rules: Rules, ask: Ask): Reply {
  return { ...summary(state, now, rules, ask), stale: true, grants: [], againUs: rules.againUs };
}

export function summary(state: State, now: number, rules: Rules, ask: Ask): Reply {
  const waiting = zeros(classCount);
  let procs = 0;
  for (const proc of Object.values(state.procs)) {
    proc.n.forEach((count, w) => (waiting[classOf(w)] = (waiting[classOf(w)] ?? 0) + count));
    if (proc.n.some((count) => count > 0)) procs += 1;
  }
  const left = 1 - (now - state.minute * minuteUs) / minuteUs;
  const used = state.used.map((count, callClass) => Math.floor((state.usedBefore[callClass] ?? 0) * left + count));
  const againUs = nextAsk(state, now, rules, ask);
  return {
    stale: false,
    tick: state.tick,
    grants: grants(state, now, ask),
    againUs,
    width: state.width,
    keys: views(state, now, rules),
    waiting,
    used,
    procs,
  };
}

function grants(state: State, now: number, ask: Ask): Grant[] {
  const held = new Set(ask.held.map(({ id }) => id));
  return Object.entries(state.leases)
    .filter(([id, lease]) => lease.proc === ask.proc && !held.has(id))
    .sort(([, a], [, b]) => a.no - b.no)
    .map(([id, { key, w, from }]) => ({ id, key, w, inUs: Math.max(0, from - now) }));
}

function views(state: State, now: number, rules: Rules): KeyView[] {
  const busy = traffic(state, rules);
  return rules.keys.map((name) => {
    const key = keyState(state, name);
    intervalUs(key, now, rules);
    return {
      factorPpm: Math.floor(key.factor * 1e6),
      blockedUs: Math.max(0, key.blocked - now),
      benchedUs: Math.max(0, key.bench - now),
      inFlight: busy.byKey[name] ?? 0,
    };
  });
}

/** The moment at which this process's turn in line is likely to come: exact when nothing else changes, bounded when it does. */
function nextAsk(state: State, now: number, rules: Rules, ask: Ask): number {
  const name = ask.proc;
  const own = state.procs[name]?.n ?? [];
  const mine = firstWaiting(state, name);
  const open = lanes(state, now, rules);
  const busy = traffic(state, rules);
  const freed = freedPlace(rules, busy, ask);
  if (mine === undefined && !freed) return -1;
  const counts = mine === undefined ? everybody(state, own.length) : own;
  if (counts.every((count) => count === 0)) return -1;
  let turn = now < state.openAt ? state.openAt - now : Infinity;
  counts.forEach((count, w) => {
    if (count > 0 && poolsFree(rules, busy, w, yields(state, now, rules, w)))
      turn = Math.min(turn, untilSlot(state, now, rules, open, busy, w));
  });
  if (turn === Infinity) return rules.againUs; // only a finished call can help, and that wakes
  const line = freed || mine === undefined ? 0 : Math.floor((ahead(state, name, mine) * rules.intervalUs) / Math.max(1, open.length));
  return Math.max(1000, Math.min(rules.againUs, turn + line));
}

/** Waiting callers of all processes, per waiter index. */
function everybody(state: State, length: number): number[] {
  return Array.from({ length }, (_, w) => Object.values(state.procs).reduce((sum, { n }) => sum + (n[w] ?? 0), 0));
}

/** Who has freed a place on a full lane looks again for all, even when it waits for nothing itself: the others were told nothing while the lane was full. */
function freedPlace(rules: Rules, busy: Traffic, { done }: Ask): boolean {
  return done.some(({ key }) => (busy.byKey[key] ?? 0) + done.filter((other) => other.key === key).length >= rules.inFlight);
}

/** Time until a lane's bucket gives this waiter a slot. A slot that is free now but was not given is held back by something else. */
function untilSlot(state: State, now: number, rules: Rules, open: readonly string[], busy: Traffic, w: number): number {
  let soonest = Infinity;
  for (const lane of laneOrder(open.length, rules, classOf(w))) {
    const name = open[lane] ?? '';
    if ((busy.byKey[name] ?? 0) >= rules.inFlight) continue;
    const key = keyState(state, name);
    const wait = slotAt(key, now, rules, classOf(w) >= rules.urgent) - Math.min(rules.horizonUs, intervalUs(key, now, rules)) - now;
    if (wait > 0) soonest = Math.min(soonest, wait);
  }
  return soonest;
}

/** The most urgent waiter index of a process. */
function firstWaiting(state: State, name: string): number | undefined {
  const counts = state.procs[name]?.n ?? [];
  let found: number | undefined;
  counts.forEach((count, w) => {
    if (count > 0 && (found === undefined || classOf(w) < classOf(found))) found = w;
  });
  return found;
}

/** How many other processes are served before this one. */
function ahead(state: State, name: string, mine: number): number {
  return Object.entries(state.procs).filter(([other, proc]) => {
    const theirs = other === name ? undefined : firstWaiting(state, other);
    if (theirs === undefined) return false;
    if (classOf(theirs) !== classOf(mine)) return classOf(theirs) < classOf(mine);
    const [a, b] = [proc.served[theirs] ?? 0, state.procs[name]?.served[mine] ?? 0];
    return a < b || (a === b && other < name);
  }).length;
}
