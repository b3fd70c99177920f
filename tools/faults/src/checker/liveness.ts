import { only, type Entry } from '../histories/entry';
import { expectation } from './calls';
import type { Violation } from './violation';

/** I8: after the end of the faults everything is worked off within the time the cell allows, and every webhook finds its 200. */
export function liveness(history: readonly Entry[]): Violation[] {
  const { quiesceWithinMs } = expectation(history);
  const [end] = only(history, 'quiesced');
  if (!end) return [{ invariant: 'I8', message: 'the run never came to its end' }];
  const { ok, ms, lag, unacknowledged, at } = end;
  const violations: Violation[] = [];
  if (!ok && lag > 0)
    violations.push({ invariant: 'I8', message: `${lag} records are not committed ${Math.round(ms)} ms after the last fault`, at });
  if (!ok && unacknowledged > 0) violations.push({ invariant: 'I8', message: `${unacknowledged} requests found no 200`, at });
  if (!ok && violations.length === 0) violations.push({ invariant: 'I8', message: 'the run did not come to rest', at });
  if (ok && ms > quiesceWithinMs)
    violations.push({ invariant: 'I8', message: `rest only after ${Math.round(ms)} ms instead of ${quiesceWithinMs}`, at });
  return violations;
}
