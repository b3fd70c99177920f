import { CallResult } from '@connector/platform';
import { Ending } from '../budget/exchange';
import { remainingCalls } from '../headers/quota-headers';
import { throttleWait } from '../headers/throttle-wait';
import { Aftermath, nothingMore } from './passes';

/** What a call's result means for the budget. `nowMs`: this process's wall clock, used only when no header says when. */
export function judge(result: CallResult, nowMs: number): { ending: Ending; more: Aftermath } {
  switch (result.kind) {
    case 'answered':
      return { ending: 'answered', more: { ...nothingMore, remaining: remainingCalls(result.headers) } };
    case 'throttled': {
      const wait = throttleWait(result.headers, result.retryAt, nowMs);
      const forUs = wait && 'forMs' in wait ? Math.floor(wait.forMs * 1000) : -1;
      const untilUs = wait && 'untilMs' in wait ? Math.floor(wait.untilMs * 1000) : -1;
      return { ending: 'throttled', more: { forUs, untilUs, remaining: -1 } };
    }
    case 'too-many-connections':
      return { ending: 'crowded', more: nothingMore };
    case 'refused':
      return { ending: 'refused', more: nothingMore };
    case 'no-answer':
      return { ending: 'lost', more: nothingMore };
  }
}
