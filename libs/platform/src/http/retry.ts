import { equalJitter, fullJitter } from './backoff';
import type { CallError, CallTarget } from './call-error';

/** The standard error policy. All times in ms; `disableStandardErrorPolicy` means no policy at all. */
export interface RetryPolicy {
  /** Attempts in all, the first included. */
  maxAttempts: number;
  /** Ceiling of the first pause; doubles per attempt. */
  baseMs: number;
  /** No pause the seam chooses itself is longer. */
  maxMs: number;
}

/** Four attempts ride out a restart of a few seconds; longer trouble belongs to the bus, which can wait without holding a lane. */
export const standardRetry: RetryPolicy = { maxAttempts: 4, baseMs: 300, maxMs: 8_000 };

/** Sitoo: 400 ms times the attempt number worked for "Too many connections"; 5 s doubling for the quota kind. Omnium: 2 s without a header. */
const CONNECTIONS_BASE_MS = 400;
const THROTTLED_BASE_MS: Record<CallTarget, number> = { sitoo: 5_000, omnium: 2_000 };

export interface RetryQuestion {
  error: CallError;
  /** The attempt that failed, 1 for the first. */
  attempt: number;
  policy: RetryPolicy | false;
  /** Doing the call twice leaves the target as doing it once. */
  safeToRepeat: boolean;
  /** Time left until the deadline of all attempts, ms. */
  remainingMs: number;
  /** The authorisation can be renewed and has not been for this call. */
  canRenew: boolean;
  /** Another API key has not been tried by this call. */
  hasOtherKey: boolean;
  /** From 0 to 1. */
  random: number;
}

export type RetryDecision =
  | { again: false; reason: string }
  /** `change`: what has to be different in the next attempt. */
  | { again: true; afterMs: number; reason: string; change?: 'authorisation' | 'key' };

/** Whether a failed call is made once more, and after which pause. The first matching line decides. */
export function decideRetry(question: RetryQuestion): RetryDecision {
  const { error, attempt, policy, safeToRepeat, remainingMs } = question;
  // A token that ran out is no failure of the target, so this holds without a policy too: a 401 did nothing, once is enough to know.
  if (error.failure === 'UNAUTHORISED' && question.canRenew)
    return { again: true, afterMs: 0, reason: 'the token may have run out', change: 'authorisation' };
  if (policy === false) return stop('the standard error policy is switched off');
  // One revoked key out of several must not fail the work that happened to draw it; nothing was done.
  if (isRefusedKey(error) && question.hasOtherKey) return { again: true, afterMs: 0, reason: 'another key may be allowed', change: 'key' };
  if (attempt >= policy.maxAttempts) return stop('attempts used up');
  const pause = pauseFor(question, policy);
  if (pause === undefined) return stop('repeating cannot help');
  // A write that may have been executed is repeated only when twice is the same as once; otherwise its caller reads first.
  if (error.outcomeUnknown && !safeToRepeat) return stop('may have been executed and is not safe to repeat');
  if (pause.afterMs >= remainingMs) return stop('the deadline comes before the next attempt');
  return { again: true, ...pause };
}

function pauseFor({ error, attempt, random }: RetryQuestion, policy: RetryPolicy): { afterMs: number; reason: string } | undefined {
  switch (error.failure) {
    case 'THROTTLED':
      // A 429 means that nothing was done: every method may be repeated, at the time the target named.
      if (error.retryAfterMs !== undefined) return { afterMs: error.retryAfterMs, reason: 'throttled until the named time' };
      if (error.tooManyConnections) return { afterMs: jitter(CONNECTIONS_BASE_MS), reason: 'another call was in flight' };
      return { afterMs: jitter(THROTTLED_BASE_MS[error.target]), reason: 'throttled without a named time' };
    case 'SERVER_ERROR':
      // 503 may name a time; never return before it.
      return { afterMs: Math.max(error.retryAfterMs ?? 0, ownPause()), reason: 'server error' };
    case 'UNREACHABLE':
    case 'TIMEOUT':
      return { afterMs: ownPause(), reason: 'no answer' };
    // Refused as it is (REJECTED, NOT_FOUND, UNAUTHORISED, FORBIDDEN), to be re-read first (CONFLICT), answered wrongly (BAD_ANSWER), or
    // never sent because waiting is over (CIRCUIT_OPEN, NOT_ADMITTED, CANCELLED).
    default:
      return undefined;
  }
  function ownPause(): number {
    return fullJitter(attempt, policy.baseMs, policy.maxMs, random);
  }
  function jitter(baseMs: number): number {
    return equalJitter(attempt, baseMs, policy.maxMs, random);
  }
}

function isRefusedKey(error: CallError): boolean {
  return error.failure === 'UNAUTHORISED' || error.failure === 'FORBIDDEN';
}

function stop(reason: string): RetryDecision {
  return { again: false, reason };
}
