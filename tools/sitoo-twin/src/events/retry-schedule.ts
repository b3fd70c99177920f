/**
 * Seconds to wait after the 1st, 2nd, … failed attempt. Sitoo says: up to 10 attempts in the first hour, then one per hour for 23
 * hours, then the events are dropped. The spacing inside the first hour is not published; this one starts at 10 s and ends at 15 min.
 */
const FIRST_HOUR = [10, 20, 30, 60, 120, 240, 420, 600, 900];
const HOURLY = 3600;
const WINDOW = 24 * 3600;

/**
 * Seconds until the next attempt, unscaled; `undefined` when it would fall outside the window and the batch is dropped.
 * @param failed failed attempts so far, at least 1
 * @param elapsed seconds since the first attempt, unscaled
 */
export function retryDelay(failed: number, elapsed: number): number | undefined {
  const delay = FIRST_HOUR[failed - 1] ?? HOURLY;
  return elapsed + delay <= WINDOW ? delay : undefined;
}
