import type { Entry } from '../histories/entry';
import { bounds } from './bounds';
import { commitOrder } from './commit-order';
import { drain } from './drain';
import { liveness } from './liveness';
import { overlap } from './overlap';
import { personalData } from './personal-data';
import { rankOrder } from './rank-order';
import { singleCreation } from './single-creation';
import { terminalStates } from './terminal-states';
import type { Violation } from './violation';

const checks = [terminalStates, singleCreation, rankOrder, overlap, commitOrder, liveness, bounds, drain, personalData];

/** Everything that a history shows to be wrong. Pure: the same history gives the same answer. */
export function check(history: readonly Entry[]): Violation[] {
  const inOrder = [...history].sort((a, b) => a.at - b.at);
  return checks.flatMap((one) => one(inOrder));
}

/** Violations by invariant; only those that occurred. */
export function countByInvariant(violations: readonly Violation[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { invariant } of violations) counts[invariant] = (counts[invariant] ?? 0) + 1;
  return counts;
}
