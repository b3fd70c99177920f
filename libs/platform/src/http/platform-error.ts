/** What a caller may do about a `PlatformError`. */
export interface ErrorFacts {
  /** Whether the same work can succeed later without anybody changing anything. */
  retryable: boolean;
  /** True when a write may have been executed although no good answer came: read the target before writing again. */
  outcomeUnknown?: boolean;
  /** How long the target asked to be left alone, ms. */
  retryAfterMs?: number;
  /** The error underneath. Never a library's own error when that carries a URL, headers or a body. */
  cause?: unknown;
}

/**
 * An error with a stable code, set where the knowledge is. Messages never hold bodies, query strings, names or tokens, so an error may
 * be logged as it is.
 */
export class PlatformError extends Error {
  override readonly name: string = 'PlatformError';
  readonly retryable: boolean;
  readonly outcomeUnknown: boolean;
  readonly retryAfterMs?: number;

  constructor(
    readonly code: string,
    message: string,
    facts: ErrorFacts,
  ) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.retryable = facts.retryable;
    this.outcomeUnknown = facts.outcomeUnknown ?? false;
    this.retryAfterMs = facts.retryAfterMs;
  }

  toJSON(): Record<string, unknown> {
    const { name, code, message, retryable, outcomeUnknown, retryAfterMs } = this;
    return { name, code, message, retryable, outcomeUnknown, retryAfterMs };
  }
}
