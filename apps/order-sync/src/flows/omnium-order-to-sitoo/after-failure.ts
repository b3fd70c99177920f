import type { WorkingMarket } from '@connector/connector-config';
import { deferred, park, retry, type Outcome, type WorkItem } from '@connector/event-bus';
import type { CallError, CallTarget, CircuitView } from '@connector/platform';
import { blocksEverybody } from '../../markets/blocks-everybody';
import { isLastWord, isSuspect, parkWithoutRepeat } from '../../markets/failed-calls';

type Connection = { config: WorkingMarket } & Record<CallTarget, { circuit: CircuitView | undefined }>;

/** An unclear answer is never followed by a second write from here: the next round looks the order up first. */
export function afterFailure(error: CallError, { attempt }: WorkItem, connection: Connection): Outcome {
  const { code, failure } = error;
  const reason = { code, message: `${error.target === 'sitoo' ? 'Sitoo' : 'Omnium'} did not answer` };
  if (failure === 'REJECTED' || failure === 'NOT_FOUND') {
    // The store may have closed the order since it was looked up: decided once more, then a refusal stays one.
    if (error.operation === 'orders.change' && attempt === 0)
      return retry({ code, message: 'Sitoo refuses the change; the order is looked at again' });
    return park({ code, message: error.answerText() ?? 'Sitoo refuses this order without saying why' });
  }
  if (isLastWord(error, connection.config)) return parkWithoutRepeat(error);
  if (isSuspect(error, connection)) return retry({ code, message: 'Sitoo failed on this order' });
  return blocksEverybody(error) ? deferred(reason) : retry(reason);
}
