import type { CallClass } from '@connector/platform';
import type { Arrival } from '@connector/testing';
import type { Violation } from '../checker/violation';

/** Times are ms on the strict server's steady clock. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A caller's wait for permission; one that still waited at the end is among them. */
export interface Wait {
  readonly class: CallClass;
  readonly waitedMs: number;
}

export interface Observed {
  /** In the order in which the server saw them. */
  readonly arrivals: readonly Arrival[];
  readonly waits: readonly Wait[];
}

/** A 429 that the cell planted: from `setAt` on the server refused this key. */
export interface Refusal {
  readonly name: string;
  readonly key: number;
  readonly setAt: number;
  /** What it asked for, or what ours makes of it: so long from the answer, or until a moment. */
  readonly wait: { readonly forMs: number } | { readonly untilAt: number };
}

/** Time with more callers than the server takes: a share of what it takes has to be used. */
export interface Backlog extends Span {
  readonly what: string;
  readonly keys: readonly number[];
  readonly least: number;
  /** I7: the budget is used; I8: it is used again after a fault. */
  readonly invariant: 'I7' | 'I8';
}

/** What one run of a limiter cell played and promises. */
export interface LimiterPlan {
  /** Calls per second and key that the server takes. */
  readonly ratePerSecond: number;
  /** Calls of one key at once. */
  readonly inFlight: number;
  /** From the fault to the time when all pods have to be back: one 429 of the server's own is forgiven each pod. */
  readonly failovers?: readonly Span[];
  readonly refusals?: readonly Refusal[];
  readonly backlogs?: readonly Backlog[];
  /** Some call gets through at least so often. */
  readonly progress?: Span & { readonly everyMs: number };
  /** This share of a class's waits is no longer than `withinMs`. */
  readonly waits?: { readonly class: CallClass; readonly share: number; readonly withinMs: number };
}

/** A 429 reaches the other pods through Redis; calls that had their permission by then may be on their way. Half a second allows for a busy machine. */
export const stopWithinMs = 500;
/** After the wait a key has to be called again within one re-ask of a waiting process (1 s) and a slot at the reduced rate. */
export const backWithinMs = 1_500;

/** What the run broke of the limiter's promises, I7 and I8. */
export function judge({ arrivals, waits }: Observed, plan: LimiterPlan): Violation[] {
  return [
    ...refusedByLimits(arrivals, plan),
    ...(plan.refusals ?? []).flatMap((refusal) => called(arrivals, refusal, plan.inFlight)),
    ...(plan.backlogs ?? []).flatMap((backlog) => unused(arrivals, backlog, plan.ratePerSecond)),
    ...(plan.progress ? standstills(arrivals, plan.progress) : []),
    ...(plan.waits ? longWaits(waits, plan.waits) : []),
  ];
}

/** The server's own 429s: none, but for the first of each pod in a fail-over. */
function refusedByLimits(arrivals: readonly Arrival[], { failovers = [] }: LimiterPlan): Violation[] {
  const forgiven = new Set<string>();
  const violations: Violation[] = [];
  for (const { at, worker, key, status, planned } of arrivals) {
    if (status === 'ok' || planned) continue;
    const failover = failovers.findIndex((span) => within(span, at));
    const first = failover >= 0 && !forgiven.has(`${failover} ${worker}`);
    forgiven.add(`${failover} ${worker}`);
    const when = failover < 0 ? 'in steady state' : 'a second time in one fail-over';
    if (!first) violations.push({ invariant: 'I7', message: `the server refused pod ${worker} on key ${key} (${status}) ${when}`, at });
  }
  return violations;
}

/** Who calls a key while it asked to be left alone, and a key that nobody comes back to. */
function called(arrivals: readonly Arrival[], { name, key, setAt, wait }: Refusal, limit: number): Violation[] {
  const own = arrivals.filter((arrival) => arrival.key === key && arrival.at >= setAt);
  const first = own.find(({ planned }) => planned);
  if (!first) return [{ invariant: 'I8', message: `nobody met the 429 of key ${key} (${name})`, at: setAt }];
  const until = 'forMs' in wait ? first.at + wait.forMs : wait.untilAt;
  const during = own.filter((arrival) => arrival !== first && arrival.at < until);
  const onTheirWay = during.filter(({ at }) => at <= first.at + stopWithinMs).slice(0, limit - 1);
  const violations = during
    .filter((arrival) => !onTheirWay.includes(arrival))
    .map(({ at, worker }): Violation => {
      const [after, asked] = [Math.round(at - first.at), Math.round(until - first.at)];
      return { invariant: 'I7', message: `pod ${worker} called key ${key} ${after} ms into a wait of ${asked} ms (${name})`, at };
    });
  const back = own.some(({ at, status }) => status === 'ok' && at >= until && at <= until + backWithinMs);
  if (!back)
    violations.push({
      invariant: 'I8',
      message: `key ${key} was not called again within ${backWithinMs} ms of its wait (${name})`,
      at: until,
    });
  return violations;
}

/** The share of what the server would have taken from these keys in this time. */
export function useOf(arrivals: readonly Arrival[], span: Span, keys: readonly number[], ratePerSecond: number): number {
  const taken = arrivals.filter(({ at, key, status }) => status === 'ok' && keys.includes(key) && within(span, at));
  return taken.length / ((ratePerSecond * keys.length * (span.to - span.from)) / 1000);
}

function unused(arrivals: readonly Arrival[], { what, keys, least, invariant, ...span }: Backlog, ratePerSecond: number): Violation[] {
  const use = useOf(arrivals, span, keys, ratePerSecond);
  if (use >= least) return [];
  const message = `${what}: ${percent(use)} of the budget was used and ${percent(least)} was promised`;
  return [{ invariant, message, at: span.from }];
}

function standstills(arrivals: readonly Arrival[], { from, to, everyMs }: Span & { everyMs: number }): Violation[] {
  const through = arrivals.filter(({ at, status }) => status === 'ok' && at >= from && at <= to).map(({ at }) => at);
  const moments = [from, ...through, to];
  return moments.slice(1).flatMap((at, index): Violation[] => {
    const since = moments[index] ?? from;
    if (at - since <= everyMs) return [];
    return [{ invariant: 'I8', message: `no call got through for ${Math.round(at - since)} ms`, at: since }];
  });
}

function longWaits(waits: readonly Wait[], promised: NonNullable<LimiterPlan['waits']>): Violation[] {
  const own = waits.filter((wait) => wait.class === promised.class).map(({ waitedMs }) => waitedMs);
  if (own.length === 0) return [{ invariant: 'I8', message: `no ${promised.class} got through` }];
  const waitedMs = quantile(own, promised.share);
  if (waitedMs <= promised.withinMs) return [];
  const message = `${percent(promised.share)} of the waits of class ${promised.class} are up to ${Math.round(waitedMs)} ms, more than ${promised.withinMs} ms`;
  return [{ invariant: 'I7', message }];
}

/** The smallest value that this share of the values does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

function within({ from, to }: Span, at: number): boolean {
  return at >= from && at < to;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
