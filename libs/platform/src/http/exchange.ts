import type { CallAnswer, CallSpec } from './call';
import { CallError } from './call-error';
import { answerError, noAnswerError, type CallIdentity, type RawAnswer } from './classify';
import type { Deadline } from './deadline';
import { AnswerMismatch, ignored, type Decode } from './decode';
import type { Transport } from './transport';
import { callUrl } from './url';

/** A good answer not yet decoded, or an error with or without an answer; see `Outcome`. */
export type Exchanged = { raw: RawAnswer; error?: undefined } | { raw?: RawAnswer; error: CallError; rejected?: string; final?: boolean };

interface Destination {
  baseURL: string;
  timeoutMs: number;
  headers: Record<string, string>;
  transport: Transport;
}

/** Sends the request once and judges what comes back. */
export async function exchange(
  to: Destination,
  spec: CallSpec<unknown>,
  call: CallIdentity,
  authorisation: string | undefined,
  deadline: Deadline,
): Promise<Exchanged> {
  const body = spec.body === undefined ? undefined : JSON.stringify(spec.body);
  const headers = requestHeaders(to.headers, authorisation, body !== undefined);
  const url = callUrl(to.baseURL, spec.path, spec.query);
  const { sent, interruption } = await deadline.attempt(to.timeoutMs, (signal) =>
    to.transport.send({ method: spec.method, url, headers, body, signal }),
  );
  if ('failure' in sent) return { error: noAnswerError(call, { ...sent.failure, interruption }) };
  const error = answerError(call, sent.answer, Date.now());
  if (!error) return { raw: sent.answer };
  return { raw: sent.answer, error, rejected: error.failure === 'UNAUTHORISED' ? authorisation : undefined };
}

/** Our own headers may be replaced by the retailer's, the authorisation may not. */
function requestHeaders(custom: Record<string, string>, authorisation: string | undefined, hasBody: boolean): Record<string, string> {
  return {
    Accept: 'application/json',
    ...(hasBody ? { 'Content-Type': 'application/json' } : {}),
    ...custom,
    ...(authorisation === undefined ? {} : { Authorization: authorisation }),
  };
}

/** Parses and checks a good answer. */
export function decodeAnswer<T>(decode: Decode<T>, call: CallIdentity, raw: RawAnswer): { answer: CallAnswer<T> } | { error: CallError } {
  try {
    const data: unknown = raw.text.trim() === '' || Object.is(decode, ignored) ? undefined : JSON.parse(raw.text);
    return { answer: { status: raw.status, data: decode(data), headers: raw.headers } };
  } catch (error) {
    if (!(error instanceof AnswerMismatch || error instanceof SyntaxError)) throw error;
    // A SyntaxError quotes the text it met, so only our own sentence travels. 2xx was answered, so a write was executed in some way.
    const sentence = error instanceof AnswerMismatch ? error.message : 'the answer is not JSON';
    const facts = { status: raw.status, retryable: true, outcomeUnknown: call.writes };
    return { error: new CallError(call.target, call.operation, 'BAD_ANSWER', sentence, facts) };
  }
}
