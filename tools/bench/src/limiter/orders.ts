import { CallClass } from '@connector/platform';
import { ContenderName, ContenderSetup } from './contender';

/** What a worker process is for. */
export type Orders =
  /** Permissions as fast as possible, round by round; `ping` measures the floor. */
  | { readonly job: 'acquire'; readonly who: ContenderName | 'ping'; readonly setup: ContenderSetup }
  /** Calls through one kind of limiter, in sessions. */
  | { readonly job: 'calling'; readonly who: ContenderName };

/** Calls on one limiter: as fast as it lets (`everyMs` 0), or one every `everyMs` ± half, each waiting for its turn. */
export interface Session {
  readonly name: string;
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
export type Command =
  | { readonly do: 'round'; readonly ms: number; readonly concurrent: number }
  | { readonly do: 'begin'; readonly session: Session }
  | { readonly do: 'end'; readonly name: string }
  | { readonly do: 'stop' };

/** From a worker. */
export type Report =
  | { readonly is: 'ready' }
  | { readonly is: 'round'; readonly perSecond: number; readonly p50Ms: number; readonly p99Ms: number; readonly cpuMsPer1000: number }
  | { readonly is: 'end'; readonly name: string; readonly waitsMs: number[]; readonly figures: Record<string, number> };
