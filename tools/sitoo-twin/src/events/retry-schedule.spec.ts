import { retryDelay } from './retry-schedule';

/** Times of all attempts in seconds after the first, when every one fails at once. */
function attempts(): number[] {
  const times = [0];
  for (let delay = retryDelay(1, 0); delay !== undefined; delay = retryDelay(times.length, times.at(-1) ?? 0)) {
    times.push((times.at(-1) ?? 0) + delay);
  }
  return times;
}

describe('the retry schedule', () => {
  it('makes ten attempts in the first hour, 10 s to 15 min apart', () => {
    const firstHour = attempts().filter((time) => time < 3600);
    const gaps = firstHour.slice(1).map((time, index) => time - (firstHour[index] ?? 0));
    expect(firstHour).toHaveLength(10);
    expect([Math.min(...gaps), Math.max(...gaps)]).toEqual([10, 900]);
  });

  it('goes on once per hour and makes 30 attempts or more', () => {
    const all = attempts();
    const later = all.slice(9);
    expect(later.slice(1).every((time, index) => time - (later[index] ?? 0) === 3600)).toBe(true);
    expect(all.length).toBeGreaterThanOrEqual(30);
  });

  it('never tries after 24 hours', () => {
    expect(Math.max(...attempts())).toBeLessThanOrEqual(24 * 3600);
    expect(retryDelay(40, 24 * 3600 - 3599)).toBeUndefined();
  });
});
