import fc from 'fast-check';
import { decide } from './decision';
import { deferred, done, park, redirect, retry, retryTogether, skipped } from './outcome';

const why = { code: 'WHY', message: 'because' };
const budget = { attempts: 6 };

test('done and skipped finish the work and clear what was parked for it', () => {
  expect(decide(done('created'), { attempt: 3, deferrals: 1 }, budget)).toMatchObject({ kind: 'finish', outcome: 'done' });
  expect(decide(skipped(why), { attempt: 0, deferrals: 0 }, budget)).toMatchObject({ kind: 'finish', outcome: 'skipped', reason: why });
});

test('a retry counts one attempt and waits longer as they add up', () => {
  const delays = [0, 1, 2, 3, 4].map((attempt) => {
    const decision = decide(retry(why), { attempt, deferrals: 0 }, budget);
    return decision.kind === 'delay' ? decision.rung.name : decision.kind;
  });
  expect(delays).toEqual(['10s', '10s', '1m', '1m', '1m']);
});

test('used-up attempts end as parked work that names the number of tries', () => {
  expect(decide(retry(why), { attempt: 5, deferrals: 0 }, budget)).toEqual({
    kind: 'park',
    reason: { code: 'WHY', message: 'because (given up after 6 attempts)' },
  });
});

test('an outage never counts an attempt and never parks', () => {
  fc.assert(
    fc.property(fc.nat(1_000), fc.nat(1_000), (attempt, deferrals) => {
      const decision = decide(deferred(why), { attempt, deferrals }, budget);
      expect(decision).toMatchObject({ kind: 'delay', outcome: 'deferred', attempt });
      if (decision.kind === 'delay') expect(decision.rung.delayMs).toBeLessThanOrEqual(600_000);
    }),
  );
});

test('what a handler asks for is the least it waits', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3_600_000 }), (afterMs) => {
      const decision = decide(retry(why, afterMs), { attempt: 0, deferrals: 0 }, budget);
      expect(decision.kind === 'delay' && decision.rung.delayMs).toBeGreaterThanOrEqual(afterMs);
    }),
  );
});

test('keys that point at each other end as parked work', () => {
  const key = { tenant: 'a', market: 'b', id: '1' };
  let attempt = 0;
  for (let hops = 0; hops < 10; hops += 1) {
    const decision = decide(redirect(key), { attempt, deferrals: 0 }, budget);
    if (decision.kind === 'park') return expect(decision.reason.code).toBe('REDIRECT_LOOP');
    if (decision.kind === 'redirect') attempt = decision.attempt;
  }
  throw new Error('the loop never ended');
});

test('parked work keeps the reason of the handler', () => {
  expect(decide(park(why), { attempt: 0, deferrals: 0 }, budget)).toEqual({ kind: 'park', reason: why });
});

test('a batch that failed as a whole is halved until the culprit is alone, and only then attempts are counted', () => {
  let crowd = 250;
  let rounds = 0;
  for (; crowd > 1; rounds += 1) {
    const decision = decide(retryTogether(why, crowd), { attempt: 0, deferrals: 0 }, budget);
    if (decision.kind !== 'delay') throw new Error(decision.kind);
    expect(decision.attempt).toBe(0);
    crowd = decision.batchLimit ?? 0;
  }
  expect([crowd, rounds]).toEqual([1, 7]);
  expect(decide(retryTogether(why, 1), { attempt: 0, deferrals: 0 }, budget)).toMatchObject({ kind: 'delay', attempt: 1 });
});
