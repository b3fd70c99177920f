import type { NoticeKey } from '@connector/contracts';

/** Why something did not go the ordinary way. `code` is stable; `message` is for people and holds nobody's data. */
export interface Reason {
  code: string;
  message: string;
  /** Where in the document. */
  path?: string;
}

/** What a handler answers for each key. */
export type Outcome =
  /**
   * The target has it, also if it already had. `effect` says what was done there: `created`, `patched`, `equal`. `verify` asks for one more
   * look after a minute: what was read may have been older than what was announced.
   */
  | { kind: 'done'; effect?: string; verify?: boolean; ruleVersion?: string; hashBefore?: string; hashAfter?: string }
  /** Duplicate, stale, not ours. */
  | { kind: 'skipped'; reason: Reason }
  /**
   * Throttled, conflict, not readable yet: again after a delay, and one attempt is counted. The bus sets `crowd` when a batch of that size
   * failed as a whole: then no attempt is counted, and the keys come back in batches of half the size until the culprit is alone.
   */
  | { kind: 'retry'; reason: Reason; afterMs?: number; crowd?: number }
  /** A platform is away: again after a delay, and no attempt is counted. */
  | { kind: 'deferred'; reason: Reason }
  /** Another key owns what would be written. */
  | { kind: 'redirect'; key: NoticeKey }
  /** Will never work as it is. */
  | { kind: 'park'; reason: Reason };

export const done = (effect?: string, { verify = false } = {}): Outcome => ({ kind: 'done', effect, ...(verify ? { verify } : {}) });
export const skipped = (reason: Reason): Outcome => ({ kind: 'skipped', reason });
export const retry = (reason: Reason, afterMs?: number): Outcome => ({ kind: 'retry', reason, afterMs });
/** For a batch of `crowd` keys that failed as a whole: see `retry`. */
export const retryTogether = (reason: Reason, crowd: number): Outcome => ({ kind: 'retry', reason, crowd });
export const deferred = (reason: Reason): Outcome => ({ kind: 'deferred', reason });
export const redirect = (key: NoticeKey): Outcome => ({ kind: 'redirect', key });
export const park = (reason: Reason): Outcome => ({ kind: 'park', reason });

/** By key text, `{tenant}/{market}/{id}`. A key left out is a fault of the handler and is tried again. */
export type Outcomes = ReadonlyMap<string, Outcome>;
