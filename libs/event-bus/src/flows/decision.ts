import type { Fact, NoticeKey } from '@connector/contracts';
import { deferRung, retryRung, type Rung } from '../delay/rungs';
import type { Outcome, Reason } from './outcome';

/** What is done about an outcome before the source offsets may be committed. */
export type Decision =
  | { kind: 'finish'; outcome: 'done' | 'skipped'; reason?: Reason }
  | { kind: 'delay'; outcome: 'retry' | 'deferred'; rung: Rung; attempt: number; deferrals: number; batchLimit?: number; reason: Reason }
  | { kind: 'redirect'; key: NoticeKey; facts: readonly Fact[]; attempt: number }
  | { kind: 'park'; reason: Reason };

const redirectLoop: Reason = { code: 'REDIRECT_LOOP', message: 'the key was handed on too often; the orders point at each other' };

/** One function, top to bottom: what happens to work after its handler answered. Pure. */
export function decide(outcome: Outcome, work: { attempt: number; deferrals: number }, budget: { attempts: number }): Decision {
  switch (outcome.kind) {
    case 'done':
    case 'skipped':
      // Nothing is left to do for this key, so whatever was parked for it is settled too.
      return { kind: 'finish', outcome: outcome.kind, reason: outcome.kind === 'skipped' ? outcome.reason : undefined };
    case 'redirect':
      // Counted as a try, so that two keys that point at each other end as parked work and not as a loop.
      if (work.attempt + 1 >= budget.attempts) return { kind: 'park', reason: redirectLoop };
      return { kind: 'redirect', key: outcome.key, facts: outcome.facts ?? [], attempt: work.attempt + 1 };
    case 'park':
      return { kind: 'park', reason: outcome.reason };
    case 'deferred': {
      // An outage costs time, never data: no attempt is counted and nothing is parked for it.
      const deferrals = work.deferrals + 1;
      return { kind: 'delay', outcome: 'deferred', rung: deferRung(deferrals), attempt: work.attempt, deferrals, reason: outcome.reason };
    }
    case 'retry': {
      const { crowd = 1, reason } = outcome;
      // Somebody in the batch made it fail, and most of the keys are innocent.
      if (crowd > 1) {
        return { kind: 'delay', outcome: 'retry', rung: retryRung(1), attempt: work.attempt, deferrals: 0, batchLimit: Math.floor(crowd / 2), reason };
      }
      const attempt = work.attempt + 1;
      if (attempt >= budget.attempts) {
        const message = `${reason.message} (given up after ${attempt} attempts)`;
        return { kind: 'park', reason: { ...reason, message } };
      }
      // The platform answers, so the outage ladder starts anew.
      return { kind: 'delay', outcome: 'retry', rung: retryRung(attempt, outcome.afterMs), attempt, deferrals: 0, reason };
    }
  }
}
