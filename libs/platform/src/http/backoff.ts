/**
 * Full jitter: anything from 0 to an exponentially growing ceiling, so that callers who failed together do not return together.
 * Always finite and between 0 and `maxMs`.
 * @param attempt the attempt that just failed, 1 for the first
 * @param random from 0 to 1
 */
export function fullJitter(attempt: number, baseMs: number, maxMs: number, random: number): number {
  return Math.floor(ceilingMs(attempt, baseMs, maxMs) * random);
}

/**
 * Half fixed, half random: for a target that asked for a pause without naming it, where returning at once would be a second offence.
 * Always finite and between 0 and `maxMs`.
 */
export function equalJitter(attempt: number, baseMs: number, maxMs: number, random: number): number {
  const ceiling = ceilingMs(attempt, baseMs, maxMs);
  return Math.floor(ceiling / 2 + (ceiling / 2) * random);
}

function ceilingMs(attempt: number, baseMs: number, maxMs: number): number {
  // 2^30 times any base of 1 ms or more exceeds every sensible maximum; beyond 2^1023 the factor would be Infinity.
  const doublings = Math.min(Math.max(attempt - 1, 0), 30);
  return Math.min(maxMs, baseMs * 2 ** doublings);
}
