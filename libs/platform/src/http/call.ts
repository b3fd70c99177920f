import type { CallTarget } from './call-error';
import type { Decode } from './decode';
import type { Method } from './transport';
import type { CallClass, CallGate, CallPass } from './gate';
import type { Query } from './url';

/** One attempt, for metrics. */
export interface CallEvent {
  target: CallTarget;
  operation: string;
  class: CallClass;
  /** 1 for the first. */
  attempt: number;
  /** `none` when no answer came or nothing was sent. */
  statusClass: '1xx' | '2xx' | '3xx' | '4xx' | '5xx' | 'none';
  /** The error code of a failed attempt. */
  code?: string;
  /** From sending to the last byte of the answer, ms; 0 when nothing was sent. */
  durationMs: number;
  /** Time spent waiting for the gate, ms. */
  waitedMs: number;
}

export interface CallSpec<T> {
  /** Stable name for errors and metrics, for example `orders.byIds`; never an id or anything variable. */
  operation: string;
  method: Method;
  /** Below `baseURL`, parts already encoded. */
  path: string;
  query?: Query;
  /** Sent as JSON. */
  body?: unknown;
  class: CallClass;
  /** Twice is the same as once. */
  safeToRepeat: boolean;
  /** Changes the target. Default: every method but GET. */
  writes?: boolean;
  signal?: AbortSignal;
  /** A pass that was taken before the call was known; its first attempt uses it. Undefined when it is used up. */
  pass?: () => CallPass | undefined;
  /** A kind of call with a limit of its own enters here instead of at the seam's gate. */
  gate?: CallGate;
  /** Checks and types the answer; a mismatch is `…_BAD_ANSWER`. An empty body arrives as undefined. */
  decode: Decode<T>;
}

export interface CallAnswer<T> {
  status: number;
  data: T;
  /** Names in lower case. */
  headers: Record<string, string>;
}
