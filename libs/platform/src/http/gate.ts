/**
 * What stands between a client and the network: permission to call. The HTTP seam asks a gate before every call and tells it
 * afterwards how the call went, so that one budget can be shared by all processes and every 429 is felt by all of them.
 */

/** Who goes first when calls wait, most urgent first. */
export const callClasses = ['till', 'sale', 'stock', 'price', 'catalogue', 'image'] as const;
export type CallClass = (typeof callClasses)[number];

/** How a finished call went, as far as the budget is concerned. */
export type CallResult =
  /** Answered; `headers` are the response headers in lower case, for quota headers. */
  | { kind: 'answered'; status: number; headers: Record<string, string> }
  /** 429 for quota. `retryAt` in ms since the epoch when a header named it. */
  | { kind: 'throttled'; retryAt?: number; headers: Record<string, string> }
  /** 429 "Too many connections": another call was in flight in the same scope. */
  | { kind: 'too-many-connections' }
  /** 401 or 403: the key is wrong, revoked, or not allowed. */
  | { kind: 'refused'; status: number }
  /** No answer: time-out, reset, refused connection. The call may have been executed. */
  | { kind: 'no-answer' };

/** Permission for exactly one call. */
export interface CallPass {
  /** Index of the API key to use, when the target has several; 0 otherwise. */
  readonly key: number;
  /** Time spent waiting for this pass, ms. */
  readonly waitedMs: number;
  /** Gives the pass back. Must be called once, whatever happened. */
  leave(result: CallResult): Promise<void>;
}

export interface CallGate {
  /** Waits for permission. Rejects with the signal's reason when `signal` aborts first. */
  enter(call: { class: CallClass; signal?: AbortSignal }): Promise<CallPass>;
}
