import { CallClass } from '@connector/platform';
import { Rules } from '../budget/rules';
import { BudgetSwitch, Mode } from '../desk/budget-switch';
import { Desk } from '../desk/desk';
import { byClass, noWaiting, Waits } from '../desk/tally';

/** One key as last heard. Rates in calls per second. */
export interface KeySnapshot {
  /** What the key may do now, learned from its answers. */
  readonly ratePerSecond: number;
  readonly fullRatePerSecond: number;
  readonly blockedMs: number;
  readonly benchedMs: number;
  readonly inFlight: number;
}

/** The state of a gate for metrics and the console: what all processes share as last heard, and what this process counted. */
export interface GateSnapshot {
  readonly mode: Mode;
  readonly degradedMs: number;
  /** Keys in use at once. */
  readonly lanes: number;
  readonly keys: readonly KeySnapshot[];
  /** Callers waiting and calls granted in the last minute, all processes. */
  readonly waiting: Readonly<Record<CallClass, number>>;
  readonly grantedPerMinute: Readonly<Record<CallClass, number>>;
  readonly waitingProcesses: number;
  /** Waiting times of this process's calls. */
  readonly waits: Readonly<Record<CallClass, Readonly<Waits>>>;
  readonly passes: number;
  readonly exchanges: number;
  readonly throttled: number;
  readonly tooManyConnections: number;
  readonly refused: number;
  readonly quotaHeaders: Readonly<Record<string, string>>;
}

export function snapshotOf(rules: Rules, desk: Desk, budget: BudgetSwitch): GateSnapshot {
  const { last, tally } = desk;
  const full = 1e6 / rules.intervalUs;
  const keys = budget.keys.map((key) => ({
    ratePerSecond: (full * key.factorPpm) / 1e6,
    fullRatePerSecond: full,
    blockedMs: key.blockedUs / 1000,
    benchedMs: key.benchedUs / 1000,
    inFlight: key.inFlight,
  }));
  const healthy = keys.filter(({ benchedMs }) => benchedMs === 0).length;
  const width = rules.scope === 'key' ? healthy : rules.scope === 'account' ? 1 : (last?.width ?? 1);
  return {
    mode: budget.mode,
    degradedMs: budget.degradedMs(),
    lanes: Math.min(healthy, width),
    keys,
    waiting: last ? byClass(last.waiting) : noWaiting,
    grantedPerMinute: last ? byClass(last.used) : noWaiting,
    waitingProcesses: last?.procs ?? 0,
    waits: tally.waits,
    passes: tally.passes,
    exchanges: tally.exchanges,
    throttled: tally.throttled,
    tooManyConnections: tally.tooManyConnections,
    refused: tally.refused,
    quotaHeaders: tally.quotaHeaders,
  };
}
