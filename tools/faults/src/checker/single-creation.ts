import type { Entry } from '../histories/entry';
import { callsOf, frozenTimes, wasFrozenDuring } from './calls';
import type { Violation } from './violation';

/** I2: an order is created once. A create that reaches an existing order is a second booking; one under way in a frozen process is not held against it. */
export function singleCreation(history: readonly Entry[]): Violation[] {
  const frozen = frozenTimes(history);
  return callsOf(history).flatMap((call): Violation[] => {
    if (!call.doubled || wasFrozenDuring(call, frozen)) return [];
    return [{ invariant: 'I2', message: `${call.process} created ${call.key}, which existed`, at: call.applyEndAt }];
  });
}
