import { CallClass } from '@connector/platform';

/** What a gate reports, for logs and metrics. Keys are named by their index; no secrets, no personal data. */
export type GateEvent =
  /** A caller was let through after `waitedMs`. */
  | { readonly type: 'passed'; readonly class: CallClass; readonly kind: string; readonly waitedMs: number }
  /** 429 for quota. `forMs`: what the answer asked for, when it named a time. */
  | { readonly type: 'throttled'; readonly key: number; readonly forMs: number | undefined }
  | { readonly type: 'too-many-connections'; readonly key: number }
  /** 401 or 403: the key is out for a while. `left`: keys still in use. */
  | { readonly type: 'key-benched'; readonly key: number; readonly status: number; readonly left: number }
  /** Scope `auto` uses this many keys at once from now on. */
  | { readonly type: 'width'; readonly width: number; readonly before: number }
  /** A header about limits, with its value, whenever the value is new. */
  | { readonly type: 'quota-header'; readonly key: number; readonly name: string; readonly value: string }
  /** Redis does not answer: this process goes on with its small share. */
  | { readonly type: 'degraded'; readonly reason: string }
  /** Back to the shared budget after `degradedMs`. */
  | { readonly type: 'shared'; readonly degradedMs: number };
