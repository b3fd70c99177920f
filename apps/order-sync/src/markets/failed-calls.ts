import type { WorkingMarket } from '@connector/connector-config';
import { forAll, park, retryTogether, type Outcome, type Outcomes, type WorkItem } from '@connector/event-bus';
import { CallError, type CallFailure, type CallTarget, type CircuitView } from '@connector/platform';

const neverSent: ReadonlySet<CallFailure> = new Set(['CIRCUIT_OPEN', 'NOT_ADMITTED', 'CANCELLED']);

/** `disableStandardErrorPolicy` asks for one call and no automatic repeat (S8): a person decides. What was never sent is no call. */
export function isLastWord(error: unknown, config: Pick<WorkingMarket, CallTarget>): error is CallError {
  return error instanceof CallError && !config[error.target].retriesTransientFailures && !neverSent.has(error.failure);
}

/**
 * A platform that answers others and fails on this very call: one of the records may be what it cannot digest, and would hold up its
 * neighbours for ever if that counted as an outage. An open circuit says that it fails on everybody.
 */
export function isSuspect(error: unknown, platforms: Record<CallTarget, { circuit: CircuitView | undefined }>): error is CallError {
  return error instanceof CallError && error.failure === 'SERVER_ERROR' && platforms[error.target].circuit?.state === 'closed';
}

export function parkWithoutRepeat({ code }: CallError): Outcome {
  return park({ code, message: 'the call failed and automatic repeats are switched off (disableStandardErrorPolicy)' });
}

/** What a whole batch is answered when the work on it fails on a call that is no outage. @throws the failure itself otherwise, for the bus to defer */
export async function answerFailedBatch(
  work: readonly WorkItem[],
  connection: { config: WorkingMarket } & Record<CallTarget, { circuit: CircuitView | undefined }>,
  agree: () => Promise<Outcomes>,
): Promise<Outcomes> {
  try {
    return await agree();
  } catch (error) {
    if (isLastWord(error, connection.config)) return forAll(work, parkWithoutRepeat(error));
    if (isSuspect(error, connection))
      return forAll(work, retryTogether({ code: error.code, message: 'the platform failed on this call' }, work.length));
    throw error;
  }
}
