import type { CallResult } from './gate';
import { CallError, type CallFailure, type CallTarget } from './call-error';
import type { Interruption } from './deadline';
import { retryAfterMs } from './retry-after';

/** One answer as it came over the wire; header names in lower case. */
export interface RawAnswer {
  status: number;
  headers: Record<string, string>;
  text: string;
}

/** What an error has to say about its call. */
export interface CallIdentity {
  target: CallTarget;
  operation: string;
  /** The call changes the target, so an unclear outcome matters. */
  writes: boolean;
}

/** The error for an answer outside 2xx; undefined for 2xx. */
export function answerError(call: CallIdentity, answer: RawAnswer, nowMs: number): CallError | undefined {
  const { status, headers, text } = answer;
  if (status >= 200 && status < 300) return undefined;
  const failure = failureOf(status);
  return new CallError(call.target, call.operation, failure, `answered ${status}`, {
    status,
    retryable: retryableFailures.has(failure),
    // 5xx: a proxy's 502 or 504 says nothing about the server behind it. 3xx and 408 are no statement that nothing was done either.
    outcomeUnknown: call.writes && ['SERVER_ERROR', 'TIMEOUT', 'BAD_ANSWER'].includes(failure),
    retryAfterMs: failure === 'THROTTLED' || failure === 'SERVER_ERROR' ? retryAfterMs(headers, nowMs) : undefined,
    tooManyConnections: failure === 'THROTTLED' && /too many connections/i.test(text),
    answerText: text === '' ? undefined : text,
  });
}

/** Trying the same work again later can help. */
const retryableFailures: ReadonlySet<CallFailure> = new Set(['THROTTLED', 'TIMEOUT', 'CONFLICT', 'SERVER_ERROR', 'BAD_ANSWER']);

function failureOf(status: number): CallFailure {
  const named: Record<number, CallFailure> = {
    401: 'UNAUTHORISED',
    403: 'FORBIDDEN',
    404: 'NOT_FOUND',
    408: 'TIMEOUT',
    409: 'CONFLICT',
    412: 'CONFLICT',
    429: 'THROTTLED',
  };
  if (status >= 500) return 'SERVER_ERROR';
  if (status >= 400) return named[status] ?? 'REJECTED';
  return 'BAD_ANSWER';
}

/** How an attempt without an answer ended. `code` is Node's or axios' error code, never a message (those may hold the URL). */
export interface NoAnswer {
  code: string;
  /** The connection never came about, so the request was not sent. */
  beforeSending: boolean;
  interruption: Interruption | undefined;
}

/** The error for a call that got no answer. */
export function noAnswerError(call: CallIdentity, { code, beforeSending, interruption }: NoAnswer): CallError {
  const outcomeUnknown = call.writes && !beforeSending;
  const facts = { retryable: true, outcomeUnknown, cause: new Error(code) };
  if (interruption === 'cancelled') return new CallError(call.target, call.operation, 'CANCELLED', 'cancelled by its caller', facts);
  if (interruption === 'timeout') return new CallError(call.target, call.operation, 'TIMEOUT', 'no answer in time', facts);
  if (interruption === 'deadline') return new CallError(call.target, call.operation, 'TIMEOUT', 'no answer before the deadline', facts);
  return new CallError(call.target, call.operation, 'UNREACHABLE', `no answer (${code})`, facts);
}

/** What the gate learns from an answer. */
export function callResult(target: CallTarget, answer: RawAnswer, error: CallError | undefined, nowMs: number): CallResult {
  const { status, headers } = answer;
  if (error?.failure === 'THROTTLED') {
    if (error.tooManyConnections) return { kind: 'too-many-connections' };
    const retryAt = error.retryAfterMs === undefined ? undefined : nowMs + error.retryAfterMs;
    return { kind: 'throttled', retryAt, headers };
  }
  // Omnium's 401 is a token that ran out and its 403 a missing role for one route: neither says that the key is bad for every call.
  if (target === 'sitoo' && (status === 401 || status === 403)) return { kind: 'refused', status };
  return { kind: 'answered', status, headers };
}
