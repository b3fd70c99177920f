import { allocate } from './allocate';
import { adopt, enlist, expire, open } from './open';
import { Reply, stale, summary } from './reply';
import { Rules } from './rules';
import { settle } from './settle';
import { State } from './state';

/** How a call ended, as the budget sees it. `unused`: the permission was given back without calling. */
export type Ending = 'answered' | 'throttled' | 'crowded' | 'refused' | 'lost' | 'unused';

/** A finished call. Absent numbers are -1. */
export interface Done {
  readonly id: string;
  readonly key: string;
  readonly w: number;
  readonly ending: Ending;
  /** From the start of the call to this report, by the process's steady clock. */
  readonly ranUs: number;
  /** A 429's wait: for so long, or until a moment on the server's clock. */
  readonly forUs: number;
  readonly untilUs: number;
  /** Calls left according to a quota header. */
  readonly remaining: number;
}

export interface Held {
  readonly id: string;
  readonly key: string;
  readonly w: number;
}

/** What one process says in one exchange: what it holds, what ended, who waits. */
export interface Ask {
  readonly proc: string;
  /** Grows with every exchange of a process; an older one arriving late is ignored. */
  readonly seq: number;
  /** The budget's tick this process saw last. A budget behind it has lost its memory. */
  readonly tick: number;
  /** The process called on its own meanwhile: start from empty buckets. */
  readonly empty: boolean;
  readonly held: readonly Held[];
  readonly done: readonly Done[];
  /** Waiting callers per waiter index, and the age of the oldest in µs. */
  readonly wait: readonly number[];
  readonly age: readonly number[];
}

export interface Outcome {
  readonly state: State;
  readonly reply: Reply;
  /** Processes to wake because they were given something. */
  readonly wake: readonly string[];
  /** Keys that must not be called now; sleeping permissions for them are void. */
  readonly stop: readonly string[];
}

/**
 * One exchange between a process and the budget: the whole limiter in one pure step. The Redis script does the same thing step by
 * step (an integration spec compares the two); this one serves the local share while Redis is away. `now` in µs. Changes `before`.
 */
export function exchange(before: State | undefined, now: number, rules: Rules, ask: Ask): Outcome {
  const known = before?.procs[ask.proc];
  if (before && known && ask.seq <= known.seq) return { state: before, reply: stale(before, now, rules, ask), wake: [], stop: [] };
  const state = open(before, now, rules, ask);
  const me = enlist(state, rules, ask.proc);
  me.seq = ask.seq;
  me.seen = now;
  expire(state, now, rules);
  const { stop, recalled } = settle(state, now, rules, ask.done);
  adopt(state, now, rules, ask);
  const given = allocate(state, now, rules, ask.proc);
  const wake = new Set([...given, ...recalled].filter((proc) => proc !== ask.proc));
  return { state, reply: summary(state, now, rules, ask), wake: [...wake].sort(), stop };
}
