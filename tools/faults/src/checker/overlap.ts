import type { Entry } from '../histories/entry';
import { callsOf, frozenTimes, wasFrozenDuring, type Call } from './calls';
import type { Violation } from './violation';

/** I4: no two writes of one key overlap in time, frozen processes aside. */
export function overlap(history: readonly Entry[]): Violation[] {
  const frozen = frozenTimes(history);
  const violations: Violation[] = [];
  for (const writes of byKey(callsOf(history).filter((call) => call.applyStartAt !== undefined && !wasFrozenDuring(call, frozen)))) {
    let last: Call | undefined;
    for (const write of writes) {
      if (last && (write.applyStartAt ?? 0) < endOf(last)) {
        const message = `${write.process} wrote ${write.key} while a write of ${last.process} was under way`;
        violations.push({ invariant: 'I4', message, at: write.applyStartAt });
      }
      if (!last || endOf(write) > endOf(last)) last = write;
    }
  }
  return violations;
}

function byKey(calls: readonly Call[]): Call[][] {
  const keys = new Map<string, Call[]>();
  for (const call of calls) keys.set(call.key, [...(keys.get(call.key) ?? []), call]);
  return [...keys.values()].map((own) => own.sort((a, b) => (a.applyStartAt ?? 0) - (b.applyStartAt ?? 0)));
}

function endOf({ applyEndAt }: Call): number {
  return applyEndAt ?? Number.POSITIVE_INFINITY;
}
