import { CallClass, CallGate } from '@connector/platform';
import { GateEvent } from '../events';
import { RedisSource } from '../redis/connection';
import { openDesk } from './open-desk';
import { plan, Plan } from './planner';
import { sitooRules } from './rules-of';
import { sitooLimits, SitooLimits } from './settings';
import { GateSnapshot, snapshotOf } from './snapshot';

export type SitooGateOptions = RedisSource & {
  readonly tenant: string;
  readonly market: string;
  /** Sitoo account number: markets of one account share one budget. */
  readonly account: string;
  /** What tells the API keys apart, at least one, in the order the client uses them. Only fingerprints leave the process. */
  readonly keys: readonly string[];
  readonly settings?: Partial<SitooLimits>;
  readonly onEvent?: (event: GateEvent) => void;
};

export interface SitooGate extends CallGate {
  snapshot(): GateSnapshot;
  plan(job: { calls: number; class: CallClass }): Plan;
  /** Waiting callers fail with `GATE_CLOSED`. */
  close(): Promise<void>;
}

/** One budget for all processes that call this Sitoo account. */
export function createSitooGate(options: SitooGateOptions): SitooGate {
  if (options.keys.length === 0) throw new Error('a Sitoo gate needs at least one key');
  const limits = { ...sitooLimits, ...options.settings };
  const rules = sitooRules(options.keys, limits);
  const { desk, budget } = openDesk({
    source: options,
    name: `sitoo/${options.tenant}/${options.account || options.market}`,
    rules,
    kindNames: ['call'],
    maxReplicas: limits.maxReplicas,
    onEvent: options.onEvent ?? (() => undefined),
  });
  const snapshot = (): GateSnapshot => snapshotOf(rules, desk, budget);
  return { enter: (call) => desk.enter(0, call), snapshot, plan: (job) => plan(snapshot(), job), close: () => desk.close() };
}
