import type { TwinSettings } from '../settings';

/** What Sitoo does with a batch after an answer. */
export type Verdict = 'accepted' | 'retry' | 'drop';

/** HTTP status of the receiver, or why there was none within the deadline. */
export type Answer = number | 'timeout' | 'connection';

/** `current` text of the Events page: only these are tried again; any other code removes the batch. */
const RETRIED = [429, 503, 504];

/**
 * Sitoo published two tables that disagree about 5xx, 2xx and 3xx. `legacy`: "200 or 4XX except 429" removes the batch, all
 * other codes are tried again. `current`: 429, 503, 504 are tried again, any other code removes it. No answer is always tried again.
 */
export function verdict(answer: Answer, mode: TwinSettings['statusMode']): Verdict {
  if (answer === 200) return 'accepted';
  if (typeof answer === 'string') return 'retry';
  if (mode === 'current') return RETRIED.includes(answer) ? 'retry' : 'drop';
  return answer >= 400 && answer < 500 && answer !== 429 ? 'drop' : 'retry';
}
