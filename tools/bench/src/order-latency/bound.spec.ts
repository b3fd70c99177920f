import { boundOf, poissonQuantile } from './bound';

test.each([
  [1, 0.99, 4],
  [2, 0.99, 6],
  [5, 0.5, 5],
])('a Poisson number of mean %d stays below its %d quantile', (mean, share, number) => {
  expect(poissonQuantile(mean, share)).toBe(number);
});

test('two calls a second in all carry twenty receipts a second in batches of about thirty', () => {
  const { cycleSeconds, keysPerBatch, p99Seconds } = boundOf({ perSecond: 20, callsPerSecond: 2 });
  expect(cycleSeconds).toBeCloseTo(1.345, 2);
  expect(keysPerBatch).toBeCloseTo(29, 0);
  // Eight lists and six delivery reads at 1.89 calls a second, and two seconds of other work.
  expect(p99Seconds).toBeCloseTo(14 / (2 / 1.06) + 2, 2);
});

test('three keys of two calls a second each are far from the limit', () => {
  const bound = boundOf({ perSecond: 20, callsPerSecond: 6 });
  expect(bound.p99Seconds).toBeLessThan(5);
  expect(bound.cycleSeconds).toBeLessThan(0.5);
});

test('a budget that the deliveries alone use up carries nothing', () => {
  expect(() => boundOf({ perSecond: 100, callsPerSecond: 2 })).toThrow('do not suffice');
});
