/** One key's bucket and what its answers taught. Times are µs on the budget's clock; 0 means never. */
export interface KeyState {
  /** GCRA: when the bucket would be full again if nothing more were taken. */
  tat: number;
  /** Learned share of the full rate, floor … 1. */
  factor: number;
  factorAt: number;
  cutAt: number;
  blocked: number;
  /** 429s for quota, and "Too many connections", since the last good answer. */
  streak: number;
  crowd: number;
  /** Out until then, after 401 or 403. */
  bench: number;
  /** The quickest call lately, µs: what a call takes at least; anything above may have been spent on the way. */
  quick: number;
}

/** One process: how many callers wait per waiter index, since when the oldest does, and when it was last served. */
export interface ProcState {
  seq: number;
  seen: number;
  n: number[];
  since: number[];
  served: number[];
}

/** Permission for one call, from its slot to its end. */
export interface Lease {
  /** Order of issue. */
  no: number;
  proc: string;
  key: string;
  w: number;
  from: number;
  until: number;
  /** Whether its process has fetched it. */
  claimed: boolean;
  /** The bucket before and after, to give the slot back if it was the youngest. */
  before: number;
  after: number;
}

/** Everything one budget knows. Small enough to be read and written whole. */
export interface State {
  born: number;
  tick: number;
  count: number;
  /** No grants before. */
  openAt: number;
  /** Scope `auto`: lanes open, answered calls since the last change, earliest next widening. */
  width: number;
  evidence: number;
  probeAt: number;
  urgentAt: number;
  /** Grants per class in the current minute and the one before. */
  minute: number;
  used: number[];
  usedBefore: number[];
  /** Grants that passed over an aged waiter, per class. */
  passed: number[];
  keys: Record<string, KeyState>;
  procs: Record<string, ProcState>;
  leases: Record<string, Lease>;
}

export function zeros(length: number): number[] {
  return Array.from({ length }, () => 0);
}
