import type { CallClass } from '@connector/platform';
import type { SitooLimits } from '@connector/rate-limiter';
import type { Wait } from './judge';

/** Callers of one class in a pod. */
export interface Callers {
  readonly class: CallClass;
  /** How many call again as soon as their last call has ended; or, with `everyMs`, not used. */
  readonly count?: number;
  /** One call every `everyMs` ± half, whether or not the last one got through. */
  readonly everyMs?: number;
  readonly takesMs: number;
}

/** What a pod is for; JSON in its first argument. */
export interface PodOrders {
  readonly pod: number;
  readonly redisUrl: string;
  /** Pods with the same account share one budget. */
  readonly account: string;
  readonly keys: number;
  readonly settings: Partial<SitooLimits>;
  readonly port: number;
  readonly callers: readonly Callers[];
  readonly seed: number;
}

/** To a pod: count waits from now on; report and end. */
export type Command = { readonly do: 'count' } | { readonly do: 'end' };

/** What a pod says at its end. */
export interface PodReport {
  readonly waits: readonly Wait[];
  /** Changes to the local share, and time spent on it, ms. */
  readonly degradations: number;
  readonly degradedMs: number;
  /** Its wall clock when it sent this. */
  readonly wallClock: number;
}
