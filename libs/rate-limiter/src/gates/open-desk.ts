import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { Rules } from '../budget/rules';
import { BudgetSwitch } from '../desk/budget-switch';
import { Desk } from '../desk/desk';
import { GateEvent } from '../events';
import { RedisSource } from '../redis/connection';
import { SharedBudget } from '../redis/shared-budget';
import { localRules } from './rules-of';

/** Wires one process's desk to a budget: Redis when it answers, a small share when it does not. */
export function openDesk(options: {
  readonly source: RedisSource;
  readonly name: string;
  readonly rules: Rules;
  readonly kindNames: readonly string[];
  readonly maxReplicas: number;
  readonly onEvent: (event: GateEvent) => void;
}): { desk: Desk; budget: BudgetSwitch } {
  const { source, name, rules, onEvent } = options;
  const proc = randomUUID().slice(0, 13);
  const now = (): number => performance.now();
  const shared = new SharedBudget({ source, name, proc, rules, onWake: () => desk.kick(), onStop: (key) => desk.stop(key) });
  const place = Number.parseInt(proc.slice(0, 4), 16);
  const own = localRules(rules, options.maxReplicas, place);
  const budget = new BudgetSwitch({ rules, localRules: own, shared, now, onEvent, onBack: () => desk.kick() });
  const desk: Desk = new Desk({ rules, kindNames: options.kindNames, proc, budget, onEvent, now });
  return { desk, budget };
}
