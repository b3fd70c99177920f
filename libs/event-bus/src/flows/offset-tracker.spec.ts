import fc from 'fast-check';
import { OffsetTracker } from './offset-tracker';

/** Ascending offsets with gaps, as a compacted or transactional topic has them. */
const offsets = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 60 }).map((steps) => {
  let offset = 99;
  return steps.map((step) => (offset += step));
});

test('the watermark never passes an unfinished record, whatever the order of finishing', () => {
  fc.assert(
    fc.property(offsets, fc.infiniteStream(fc.nat()), (taken, random) => {
      const tracker = new OffsetTracker();
      for (const offset of taken) tracker.take(offset);
      const open = [...taken];
      while (open.length > 0) {
        const [finished] = open.splice(random.next().value % open.length, 1);
        tracker.finish(finished!);
        expect(tracker.watermark).toBe(open.length > 0 ? Math.min(...open) : taken.at(-1)! + 1);
        expect(tracker.unfinished).toBe(open.length);
      }
    }),
  );
});

test('the watermark never goes back, also when records finish twice', () => {
  fc.assert(
    fc.property(offsets, fc.array(fc.nat(), { maxLength: 200 }), (taken, picks) => {
      const tracker = new OffsetTracker();
      for (const offset of taken) tracker.take(offset);
      let last = tracker.watermark!;
      for (const pick of picks) {
        tracker.finish(taken[pick % taken.length]!);
        expect(tracker.watermark).toBeGreaterThanOrEqual(last);
        last = tracker.watermark!;
      }
    }),
  );
});

test('nothing is due for commit before a record was taken, nor twice for the same place', () => {
  const tracker = new OffsetTracker();
  expect(tracker.uncommitted).toBeUndefined();
  tracker.take(5);
  tracker.finish(5);
  expect(tracker.uncommitted).toBe(6);
  tracker.markCommitted(6);
  expect(tracker.uncommitted).toBeUndefined();
});

test('records that need no handler move the end', () => {
  const tracker = new OffsetTracker();
  tracker.take(5);
  tracker.skipTo(9);
  tracker.finish(5);
  expect(tracker.watermark).toBe(9);
});

test('a record handed over twice under one assignment is a fault', () => {
  const tracker = new OffsetTracker();
  tracker.take(5);
  expect(() => tracker.take(5)).toThrow(RangeError);
});

test('a long run stays small: what is finished is forgotten', () => {
  const tracker = new OffsetTracker();
  for (let offset = 0; offset < 100_000; offset += 1) {
    tracker.take(offset);
    tracker.finish(offset);
  }
  expect(tracker.watermark).toBe(100_000);
  expect(JSON.stringify(tracker).length).toBeLessThan(20_000);
});
