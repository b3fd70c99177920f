import { sentenceOf } from './answer-sentence';
import { PlatformError, type ErrorFacts } from './platform-error';

/** The platforms the connector calls. */
export type CallTarget = 'sitoo' | 'omnium';

/** Why an outbound call failed; with the target in front it is the stable code, for example `SITOO_THROTTLED`. */
export type CallFailure =
  /** 429. Nothing was done. */
  | 'THROTTLED'
  /** No answer within the time-out of one call or the deadline of all attempts. */
  | 'TIMEOUT'
  /** No connection, or a connection that broke. */
  | 'UNREACHABLE'
  /** 401 */
  | 'UNAUTHORISED'
  /** 403: role, scope or address list */
  | 'FORBIDDEN'
  /** 404 */
  | 'NOT_FOUND'
  /** 400 and every other 4xx: the same request will be refused again. */
  | 'REJECTED'
  /** 409, 412: the target's state is not what the write supposed. Read again, then decide. */
  | 'CONFLICT'
  /** 5xx */
  | 'SERVER_ERROR'
  /** An answer that is not what the platform documents: not JSON, a redirect, rows nobody asked for. */
  | 'BAD_ANSWER'
  /** The circuit is open; nothing was sent. */
  | 'CIRCUIT_OPEN'
  /** The limiter gave no permission before the deadline; nothing was sent. */
  | 'NOT_ADMITTED'
  /** The caller's signal aborted. */
  | 'CANCELLED';

export interface CallErrorFacts extends ErrorFacts {
  status?: number;
  /** Sitoo's 429 "Too many connections": another call was in flight, no quota was used up. */
  tooManyConnections?: boolean;
  /** The body of the refusal, for `answerText()`. */
  answerText?: string;
}

/** A failed outbound call. */
export class CallError extends PlatformError {
  override readonly name = 'CallError';
  readonly status?: number;
  readonly tooManyConnections: boolean;
  /** Private so that no logger, serialiser or `util.inspect` shows it. */
  readonly #facts: CallErrorFacts;

  constructor(
    readonly target: CallTarget,
    readonly operation: string,
    readonly failure: CallFailure,
    private readonly sentence: string,
    facts: CallErrorFacts,
  ) {
    super(`${target.toUpperCase()}_${failure}`, `${target} ${operation}: ${sentence}`, facts);
    this.status = facts.status;
    this.tooManyConnections = facts.tooManyConnections ?? false;
    this.#facts = facts;
  }

  /**
   * What the target said, in words and at most 500 characters, e-mail addresses and long digit runs masked. It may still quote a name: it is
   * for the reason of a parked record that an operator opens, never for logs, metrics or messages.
   */
  answerText(): string | undefined {
    return this.#facts.answerText === undefined ? undefined : mask(sentenceOf(this.#facts.answerText));
  }

  /** The same error, knowing that an earlier attempt of the same call may have been executed. */
  afterUnclearAttempt(): CallError {
    if (this.outcomeUnknown) return this;
    return new CallError(this.target, this.operation, this.failure, this.sentence, { ...this.#facts, outcomeUnknown: true });
  }

  override toJSON(): Record<string, unknown> {
    const { target, operation, failure, status, tooManyConnections } = this;
    return { ...super.toJSON(), target, operation, failure, status, tooManyConnections };
  }
}

const MAX_ANSWER_TEXT = 500;
/** Looked at of an answer; a whole page would keep the expressions busy for long. */
const MAX_READ_TEXT = 4_000;

/** Masked before it is cut, or half an address would be left at the end. */
function mask(text: string): string {
  const masked = text
    .slice(0, MAX_READ_TEXT)
    .replace(/[^\s"'<>(),;:]+@[^\s"'<>(),;:]+/g, '…@…')
    .replace(/\d{7,}/g, '…');
  return masked.length > MAX_ANSWER_TEXT ? `${masked.slice(0, MAX_ANSWER_TEXT - 1)}…` : masked;
}

const outages: ReadonlySet<CallFailure> = new Set(['THROTTLED', 'TIMEOUT', 'UNREACHABLE', 'SERVER_ERROR', 'CIRCUIT_OPEN', 'NOT_ADMITTED']);

/**
 * Whether the target, not the record, is in the way: away, 5xx, still throttling after the seam waited and repeated, circuit open, no
 * permission from the limiter. Such work is deferred, no attempt is counted and nothing is parked for it. Looks through `cause`.
 */
export function isOutage(error: unknown): boolean {
  if (error instanceof CallError) return outages.has(error.failure);
  return error instanceof Error && error.cause !== undefined && isOutage(error.cause);
}
