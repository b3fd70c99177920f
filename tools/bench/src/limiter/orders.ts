import { CallClass } from '@connector/platform';
import { ContenderName, ContenderSetup } from './contender';

/** What a worker process has to do. */
export type Orders =
  /** Permissions as fast as possible for a while, `concurrent` at once; `ping` measures the floor. */
  | { readonly job: 'acquire'; readonly who: ContenderName | 'ping'; readonly setup: ContenderSetup }
  /** Calls through a limiter as fast as it lets, `callers` at once. */
  | Calling<'greedy'>
  /** One call every `everyMs` (± half, by the seed), each waiting for its turn. */
  | Calling<'now-and-then'>;

interface Calling<Job extends string> {
  readonly job: Job;
  readonly who: ContenderName;
  readonly setup: ContenderSetup;
  readonly worker: number;
  readonly port: number;
  readonly callers: number;
  readonly everyMs: number;
  readonly seed: number;
  readonly class: CallClass;
  readonly takesMs: number;
}

/** To a worker after it is ready. */
export type Command = { readonly do: 'round'; readonly ms: number; readonly concurrent: number } | { readonly do: 'end' };

/** From a worker. */
export type Report =
  | { readonly is: 'ready' }
  | { readonly is: 'round'; readonly perSecond: number; readonly p50Ms: number; readonly p99Ms: number; readonly cpuMsPer1000: number }
  | { readonly is: 'end'; readonly waitsMs: number[]; readonly figures: Record<string, number> };
