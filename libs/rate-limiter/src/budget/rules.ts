import { callClasses, CallClass } from '@connector/platform';

/** Whose limit it is: the whole account's, each key's own, or found out by watching the answers. */
export type Scope = 'auto' | 'account' | 'key';

/**
 * What one budget allows, sent along with every exchange so that all processes and the script agree. Times are whole microseconds
 * (a double holds them exactly). A *lane* is a key with a bucket and an in-flight limit of its own; scope says how many are open.
 */
export interface Rules {
  /** Fingerprints of the API keys in lane order; never the keys themselves. */
  readonly keys: readonly string[];
  readonly scope: Scope;
  /** Time between two calls on one lane at full rate. */
  readonly intervalUs: number;
  /** Calls a rested lane may start at once. */
  readonly burst: number;
  /** How many of those bulk classes leave to the urgent ones. One of it covers the slot that may be given out ahead. */
  readonly reserve: number;
  /** How far ahead a slot may be given out, and never more than one interval, so that an urgent call waits two slots at the worst. */
  readonly horizonUs: number;
  /** Calls in flight per lane. */
  readonly inFlight: number;
  /** In-flight places that bulk classes leave free while urgent ones have been seen in the last 10 s. */
  readonly inFlightReserve: number;
  /** Pools (indexes into `pools`) that a call of each kind occupies beside its lane. */
  readonly kinds: readonly (readonly number[])[];
  readonly pools: readonly { readonly limit: number; readonly reserve: number }[];
  /** Classes 0 … urgent-1 have the reserve. */
  readonly urgent: number;
  /** Classes from this one on make long calls and stay off the first lane when there are two or more. 6 = none. */
  readonly longFrom: number;
  readonly leaseUs: number;
  /** Life of a lease given to a waiter that has not fetched it yet; short, because the waiter may be dead. */
  readonly offerUs: number;
  /** After starting from nothing: no grants until every process has told which calls it has in flight. */
  readonly settleUs: number;
  /** A process not heard of for this long no longer waits. */
  readonly staleUs: number;
  /** A waiting process asks again after this long at the latest. */
  readonly againUs: number;
  /** Rate after a 429 for quota, growth per second (share of the full rate), and the floor. */
  readonly cut: number;
  readonly grow: number;
  readonly floor: number;
  /** Block after a 429 that names no time (doubled per repetition), and the longest block believed. */
  readonly blockUs: number;
  readonly blockMaxUs: number;
  /** Pause after "Too many connections", times the repetition, and its maximum. */
  readonly pauseUs: number;
  readonly pauseMaxUs: number;
  /** Whether "Too many connections" also lowers the rate: only where processes cannot see each other. */
  readonly cutOnCrowding: boolean;
  /** How long a refused key is out (0 = never), and how long when it is the last one left. */
  readonly benchUs: number;
  readonly benchLastUs: number;
  /** Scope `auto`: answered calls before one more lane is opened, and the pause after a failed attempt. */
  readonly widenAfter: number;
  readonly probeUs: number;
  /** A waiter this old that is passed over `turnBulk` (`turnUrgent` by urgent classes) times gets the next slot. */
  readonly ageUs: number;
  readonly turnBulk: number;
  readonly turnUrgent: number;
}

export const classCount = callClasses.length;

/** Waiters are counted per kind and class; this is the index. */
export function waiterIndex(kind: number, callClass: CallClass): number {
  return kind * classCount + callClasses.indexOf(callClass);
}

export function classOf(waiter: number): number {
  return waiter % classCount;
}

export function kindOf(waiter: number): number {
  return Math.floor(waiter / classCount);
}

/** The numbers both platforms share; each with its reason. */
export const commonRules = {
  urgent: 3, // till, sale, stock
  leaseUs: 5_000_000, // a dead process costs a lane 5 s
  offerUs: 1_000_000, // ten times a slow Redis round trip
  staleUs: 3_000_000, // three missed re-asks
  againUs: 1_000_000,
  cut: 0.7,
  grow: 0.02,
  floor: 0.1,
  pauseUs: 400_000, // 400 ms times the attempt worked for Sitoo's "Too many connections"
  pauseMaxUs: 5_000_000,
  cutOnCrowding: false,
  ageUs: 10_000_000,
  turnBulk: 10,
  turnUrgent: 20,
} as const;
