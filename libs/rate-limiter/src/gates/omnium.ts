import { CallClass, CallGate } from '@connector/platform';
import { GateEvent } from '../events';
import { RedisSource } from '../redis/connection';
import { openDesk } from './open-desk';
import { plan, Plan } from './planner';
import { OmniumKind, omniumKinds, omniumRules } from './rules-of';
import { omniumLimits, OmniumLimits } from './settings';
import { GateSnapshot, snapshotOf } from './snapshot';

export type OmniumGateOptions = RedisSource & {
  readonly tenant: string;
  readonly settings?: Partial<OmniumLimits>;
  readonly onEvent?: (event: GateEvent) => void;
};

export interface OmniumGate {
  /** The gate for one kind of call; all kinds share the tenant's bucket. */
  kind(kind: OmniumKind): CallGate;
  snapshot(): GateSnapshot;
  plan(job: { calls: number; class: CallClass }): Plan;
  close(): Promise<void>;
}

/** One budget for all processes that call this Omnium tenant. */
export function createOmniumGate(options: OmniumGateOptions): OmniumGate {
  const limits = { ...omniumLimits, ...options.settings };
  const rules = omniumRules(limits);
  const { desk, budget } = openDesk({
    source: options,
    name: `omnium/${options.tenant}`,
    rules,
    kindNames: omniumKinds,
    maxReplicas: limits.maxReplicas,
    onEvent: options.onEvent ?? (() => undefined),
  });
  const snapshot = (): GateSnapshot => snapshotOf(rules, desk, budget);
  return {
    kind: (kind) => ({ enter: (call) => desk.enter(omniumKinds.indexOf(kind), call) }),
    snapshot,
    plan: (job) => plan(snapshot(), job),
    close: () => desk.close(),
  };
}
