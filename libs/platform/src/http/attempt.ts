import type { CallAnswer, CallEvent, CallSpec } from './call';
import { CallError, type CallTarget } from './call-error';
import type { Circuit } from './circuit';
import { callResult, noAnswerError, type CallIdentity } from './classify';
import type { Deadline } from './deadline';
import { decodeAnswer, exchange, type Exchanged } from './exchange';
import type { CallGate, CallPass, CallResult } from './gate';
import type { Transport } from './transport';

/** What stays the same for all calls of a seam. */
export interface Way {
  target: CallTarget;
  baseURL: string;
  timeoutMs: number;
  headers: Record<string, string>;
  gate: CallGate;
  authorise?: (key: number) => Promise<string> | string;
  circuit: Circuit | undefined;
  transport: Transport;
  onCall?: (event: CallEvent) => void;
}

export type Outcome<T> =
  | { answer: CallAnswer<T> }
  /** `rejected`: the Authorization value that answered 401. `final`: whoever failed has made its own repeats. */
  | { answer?: undefined; error: CallError; rejected?: string; final?: boolean };

interface Timing {
  waitedMs: number;
  durationMs: number;
}

/** Makes one attempt: circuit, gate, authorisation, exchange, decoding, and the event about it. Failure is a value, not an exception. */
export async function attemptOnce<T>(way: Way, spec: CallSpec<T>, attempt: number, deadline: Deadline): Promise<Outcome<T>> {
  const call = { target: way.target, operation: spec.operation, writes: spec.writes ?? spec.method !== 'GET' };
  const timing: Timing = { waitedMs: 0, durationMs: 0 };
  const exchanged = await admitted(way, spec, call, deadline, timing);
  const outcome: Outcome<T> = exchanged.error ? exchanged : decodeAnswer(spec.decode, call, exchanged.raw);
  const code = outcome.answer ? undefined : outcome.error.code;
  report(way, spec, { attempt, status: exchanged.raw?.status, code, ...timing });
  return outcome;
}

async function admitted(way: Way, spec: CallSpec<unknown>, call: CallIdentity, deadline: Deadline, timing: Timing): Promise<Exchanged> {
  const closedForMs = way.circuit?.closedForMs ?? 0;
  if (closedForMs > 0) return { error: circuitOpen(call, closedForMs) };
  const enteredAt = performance.now();
  const pass = await enter(way, spec, call, deadline);
  timing.waitedMs = Math.round(performance.now() - enteredAt);
  if (pass instanceof CallError) return { error: pass };
  // What the gate hears when nothing comes back: the slot is used up and says nothing about the quota.
  let result: CallResult = { kind: 'no-answer' };
  try {
    const exchanged = await authorised(way, spec, call, pass, deadline, timing);
    if (exchanged.raw) result = callResult(call.target, exchanged.raw, exchanged.error, Date.now());
    return exchanged;
  } finally {
    // A gate that cannot be told (Redis away) lets its lease run out; the call's own outcome must not change for that.
    await pass.leave(result).catch(() => undefined);
  }
}

async function enter(way: Way, spec: CallSpec<unknown>, call: CallIdentity, deadline: Deadline): Promise<CallPass | CallError> {
  if (deadline.interruption) return notAdmitted(call, deadline);
  const held = spec.pass?.();
  if (held) return held;
  try {
    return await (spec.gate ?? way.gate).enter({ class: spec.class, signal: deadline.signal });
  } catch (cause) {
    return notAdmitted(call, deadline, cause);
  }
}

async function authorised(
  way: Way,
  spec: CallSpec<unknown>,
  call: CallIdentity,
  pass: CallPass,
  deadline: Deadline,
  timing: Timing,
): Promise<Exchanged> {
  try {
    const authorisation = await deadline.during(async () => way.authorise?.(pass.key));
    const run = async () => {
      const startedAt = performance.now();
      const exchanged = await exchange(way, spec, call, authorisation, deadline);
      timing.durationMs = Math.round(performance.now() - startedAt);
      return exchanged;
    };
    return way.circuit ? await way.circuit.run(run, (forMs): Exchanged => ({ error: circuitOpen(call, forMs) })) : await run();
  } catch (error) {
    // The token call is a call with a policy of its own; repeating it from here would multiply the two.
    if (error instanceof CallError) return { error, final: true };
    if (deadline.interruption)
      return { error: noAnswerError(call, { code: 'NOT_SENT', beforeSending: true, interruption: deadline.interruption }) };
    throw error;
  }
}

function circuitOpen(call: CallIdentity, forMs: number): CallError {
  return new CallError(call.target, call.operation, 'CIRCUIT_OPEN', 'circuit open, nothing sent', { retryable: true, retryAfterMs: forMs });
}

function notAdmitted(call: CallIdentity, deadline: Deadline, cause?: unknown): CallError {
  const cancelled = deadline.interruption === 'cancelled';
  const sentence = cancelled ? 'cancelled by its caller, nothing sent' : 'no permission from the limiter in time, nothing sent';
  return new CallError(call.target, call.operation, cancelled ? 'CANCELLED' : 'NOT_ADMITTED', sentence, { retryable: true, cause });
}

function report(
  way: Way,
  spec: CallSpec<unknown>,
  facts: Timing & { attempt: number; status: number | undefined; code: string | undefined },
): void {
  const { status, ...rest } = facts;
  try {
    way.onCall?.({ target: way.target, operation: spec.operation, class: spec.class, statusClass: statusClass(status), ...rest });
  } catch {
    // A listener that fails loses its own measurement; a call that was made stays made.
  }
}

function statusClass(status: number | undefined): CallEvent['statusClass'] {
  if (status === undefined || status < 100 || status > 599) return 'none';
  const classes = ['1xx', '2xx', '3xx', '4xx', '5xx'] as const;
  return classes[Math.floor(status / 100) - 1] ?? 'none';
}
