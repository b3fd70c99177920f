import { attemptOnce, type Way } from './attempt';
import type { CallAnswer, CallEvent, CallSpec } from './call';
import type { CallTarget } from './call-error';
import { Circuit, standardCircuit, type CircuitSettings, type CircuitView } from './circuit';
import { Deadline, MAX_DEADLINE_MS } from './deadline';
import { createTransport } from './transport';
import type { CallGate } from './gate';
import { PlatformError } from './platform-error';
import { decideRetry, type RetryPolicy } from './retry';

export interface HttpSeamOptions {
  target: CallTarget;
  baseURL: string;
  /** Time-out of one attempt, ms. */
  timeoutMs: number;
  /** Sent with every call; may not name `Authorization`. */
  headers: Record<string, string>;
  gate: CallGate;
  /** Value of the `Authorization` header for a key index; undefined for calls without one. */
  authorise?: (key: number) => Promise<string> | string;
  /** Called with the value that answered 401, once per call, before it is repeated: drop it, so that `authorise` makes a new one. */
  onUnauthorised?: (rejected: string) => void;
  /** How many API keys the gate chooses from; a call refused with one is tried with the others. Default 1. */
  keyCount?: number;
  /** `false`: one call, no repeats (`disableStandardErrorPolicy`). */
  retry: RetryPolicy | false;
  /** Limit for all attempts and waits of one call, ms; default and at most 45 s. */
  deadlineMs?: number;
  /** `false`: no circuit. */
  circuit?: CircuitSettings | false;
  onCall?: (event: CallEvent) => void;
}

/** The one way out of the process: limiter, time-out, circuit, retry, error codes and redaction for every call to one platform. */
export interface HttpSeam {
  /** Rejects with `CallError`. */
  call<T>(spec: CallSpec<T>): Promise<CallAnswer<T>>;
  readonly circuit: CircuitView | undefined;
  /** Closes idle connections. */
  close(): void;
}

/** @throws PlatformError `SITOO_BAD_SETTING` or `OMNIUM_BAD_SETTING` */
export function createHttpSeam(options: HttpSeamOptions): HttpSeam {
  check(options);
  const settings = options.circuit ?? standardCircuit;
  const circuit = settings === false ? undefined : new Circuit(settings);
  const transport = createTransport();
  const way: Way = { ...options, circuit, transport };
  return { circuit, call: (spec) => call(way, options, spec), close: () => transport.close() };
}

function check({ target, headers, timeoutMs }: HttpSeamOptions): void {
  const code = `${target.toUpperCase()}_BAD_SETTING`;
  if (Object.keys(headers).some((name) => name.trim().toLowerCase() === 'authorization')) {
    throw new PlatformError(code, 'custom headers may not name Authorization', { retryable: false });
  }
  if (!(timeoutMs > 0)) throw new PlatformError(code, 'timeoutMs must be above 0', { retryable: false });
}

async function call<T>(way: Way, options: HttpSeamOptions, spec: CallSpec<T>): Promise<CallAnswer<T>> {
  const deadline = new Deadline(Math.min(options.deadlineMs ?? MAX_DEADLINE_MS, MAX_DEADLINE_MS), spec.signal);
  try {
    return await attempts(way, options, spec, deadline);
  } finally {
    deadline.end();
  }
}

async function attempts<T>(way: Way, options: HttpSeamOptions, spec: CallSpec<T>, deadline: Deadline): Promise<CallAnswer<T>> {
  const { retry: policy, onUnauthorised, keyCount = 1 } = options;
  const tried = { unclear: false, authorisation: 0, key: 0 };
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await attemptOnce(way, spec, attempt, deadline);
    if (outcome.answer) return outcome.answer;
    // An attempt that may have been executed stays unclear, whatever a later attempt was told.
    tried.unclear ||= outcome.error.outcomeUnknown;
    const error = tried.unclear ? outcome.error.afterUnclearAttempt() : outcome.error;
    if (outcome.final) throw error;
    const decision = decideRetry({
      error,
      attempt,
      policy,
      safeToRepeat: spec.safeToRepeat,
      remainingMs: deadline.remainingMs,
      canRenew: onUnauthorised !== undefined && outcome.rejected !== undefined && tried.authorisation === 0,
      hasOtherKey: tried.key + 1 < keyCount,
      random: Math.random(),
    });
    if (!decision.again) throw error;
    if (decision.change) tried[decision.change] += 1;
    if (decision.change === 'authorisation' && outcome.rejected !== undefined) onUnauthorised?.(outcome.rejected);
    await deadline.wait(decision.afterMs);
  }
}
