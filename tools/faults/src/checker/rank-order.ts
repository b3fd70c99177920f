import type { Entry } from '../histories/entry';
import { callsOf, frozenTimes, wasFrozenDuring, type Call } from './calls';
import type { Violation } from './violation';

/** I3: what the target holds of an order never goes back to an older version, but by a write that was under way in a frozen process. */
export function rankOrder(history: readonly Entry[]): Violation[] {
  const frozen = frozenTimes(history);
  const newest = new Map<string, number>();
  return appliedInOrder(callsOf(history)).flatMap((call): Violation[] => {
    const { key, process, version = 0, applyEndAt } = call;
    const before = newest.get(key) ?? 0;
    newest.set(key, Math.max(before, version));
    if (version >= before || wasFrozenDuring(call, frozen)) return [];
    return [{ invariant: 'I3', message: `${process} put version ${version} of ${key} over version ${before}`, at: applyEndAt }];
  });
}

function appliedInOrder(calls: readonly Call[]): Call[] {
  return calls.filter(({ applied }) => applied).sort((a, b) => (a.applyEndAt ?? 0) - (b.applyEndAt ?? 0));
}
