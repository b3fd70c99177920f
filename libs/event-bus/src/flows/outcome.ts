import type { Fact, NoticeKey } from '@connector/contracts';

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
   * look after a minute: what was read may have been older than what was announced. `tell` has other keys of the flow looked at, with the
   * facts that they would not see by themselves.
   */
  | {
      kind: 'done';
      effect?: string;
      verify?: boolean;
      tell?: readonly Told[];
      ruleVersion?: string;
      hashBefore?: string;
      hashAfter?: string;
    }
  /** Duplicate, stale, not ours. */
  | { kind: 'skipped'; reason: Reason }
  /**
   * Throttled, conflict, not readable yet: again after a delay, and one attempt is counted. The bus sets `crowd` when a batch of that size
   * failed as a whole: then no attempt is counted, and the keys come back in batches of half the size until the culprit is alone.
   */
  | { kind: 'retry'; reason: Reason; afterMs?: number; crowd?: number }
  /** A platform is away: again after a delay, and no attempt is counted. */
  | { kind: 'deferred'; reason: Reason }
  /** Another key owns what would be written; `facts` say why it has to look, beside those of the work itself. */
  | { kind: 'redirect'; key: NoticeKey; facts?: readonly Fact[] }
  /** Will never work as it is. */
  | { kind: 'park'; reason: Reason };

/** A key that has to be looked at, and what was seen of it. */
export interface Told {
  key: NoticeKey;
  facts: readonly Fact[];
}

/** What may be said of finished work beside its effect. */
export type DoneDetails = Omit<Extract<Outcome, { kind: 'done' }>, 'kind' | 'effect'>;

export const done = (effect?: string, { verify = false, ...details }: DoneDetails = {}): Outcome => ({
  kind: 'done',
  effect,
  ...details,
  ...(verify ? { verify } : {}),
});
export const skipped = (reason: Reason): Outcome => ({ kind: 'skipped', reason });
export const retry = (reason: Reason, afterMs?: number): Outcome => ({ kind: 'retry', reason, afterMs });
/** For a batch of `crowd` keys that failed as a whole: see `retry`. */
export const retryTogether = (reason: Reason, crowd: number): Outcome => ({ kind: 'retry', reason, crowd });
export const deferred = (reason: Reason): Outcome => ({ kind: 'deferred', reason });
export const redirect = (key: NoticeKey, facts?: readonly Fact[]): Outcome => ({ kind: 'redirect', key, ...(facts ? { facts } : {}) });
export const park = (reason: Reason): Outcome => ({ kind: 'park', reason });

/** By key text, `{tenant}/{market}/{id}`. A key left out is a fault of the handler and is tried again. */
export type Outcomes = ReadonlyMap<string, Outcome>;

/** The same answer for every key. */
export function forAll(work: readonly { text: string }[], outcome: Outcome): Outcomes {
  return new Map(work.map(({ text }) => [text, outcome]));
}
