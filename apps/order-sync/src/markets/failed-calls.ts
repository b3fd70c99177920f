import type { WorkingMarket } from '@connector/connector-config';
import { park, type Outcome } from '@connector/event-bus';
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
