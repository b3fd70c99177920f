import type { ScheduledTask } from '@connector/connector-config';

/**
 * How late a firing may be and still count as in time, ms: a killed leader is replaced within 15 s. Not more than a minute, or two firings of
 * `* * * * *` would be in time at once.
 */
export const graceMs = 60_000;

/** What is to be done about a task of a market now. `minute`: ms since the epoch. */
export type Step = { kind: 'wait' } | { kind: 'fire'; minute: number } | { kind: 'pass'; minute: number };

const wait: Step = { kind: 'wait' };

/**
 * Only the newest minute that has come due counts, so that what came due while nobody led or while a run was going collapses into one firing.
 * Pure.
 *
 * @param until up to when firings were dealt with, ms since the epoch
 * @param isHeldBack whether a run is going that is not this minute's own
 */
export function plan(
  { schedule, catchUp }: Pick<ScheduledTask, 'schedule' | 'catchUp'>,
  { until, isHeldBack }: { until: number; isHeldBack: (minute: number) => boolean },
  now: number,
): Step {
  const minute = schedule.latest(until, now);
  if (minute === undefined) return wait;
  if (catchUp === 'skip' && now - minute >= graceMs) return { kind: 'pass', minute };
  return isHeldBack(minute) ? wait : { kind: 'fire', minute };
}
