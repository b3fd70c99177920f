import fc from 'fast-check';
import { afterWalk, firstCursor, formatCursor, parseCursor, settledId, startOf, type Cursor } from './cursor';

const minute = 60_000;
const start = 1_772_461_000_000;

/** Walks with pauses of any length, each further than the one before. */
const walks = fc.array(fc.record({ pauseMs: fc.integer({ min: 1, max: 90 * minute }), orders: fc.nat({ max: 2_000 }) }), { maxLength: 40 });

function after(steps: readonly { pauseMs: number; orders: number }[]): {
  cursor: Cursor;
  now: number;
  history: { at: number; id: number }[];
} {
  let cursor = firstCursor(1);
  let now = start;
  const history = [{ at: 0, id: 0 }];
  for (const { pauseMs, orders } of steps) {
    now += pauseMs;
    cursor = afterWalk(cursor, cursor.last + orders, now, 1);
    history.push({ at: now, id: cursor.last });
  }
  return { cursor, now, history };
}

test('the next walk begins before the last 500 ids and before everything of the last 30 minutes', () => {
  fc.assert(
    fc.property(walks, fc.nat({ max: 60 * minute }), (steps, pauseMs) => {
      const { cursor, now, history } = after(steps);
      const from = startOf(cursor, now + pauseMs, 1);
      const before = history.filter(({ at }) => at <= now + pauseMs - 30 * minute).at(-1);
      expect(from).toBeLessThanOrEqual(Math.max(1, cursor.last - 499));
      expect(from).toBeLessThanOrEqual((before?.id ?? 0) + 1);
      expect(from).toBeGreaterThanOrEqual(1);
    }),
  );
});

test('what counts as settled was visible 45 s ago, and two minutes after a walk all of it is', () => {
  fc.assert(
    fc.property(walks, fc.nat({ max: 60 * minute }), (steps, pauseMs) => {
      const { cursor, now, history } = after(steps);
      const visible = history.filter(({ at }) => at <= now + pauseMs - 45_000).at(-1);
      expect(settledId(cursor, now + pauseMs, 1)).toBeLessThanOrEqual(visible?.id ?? 0);
      expect(settledId(cursor, now + 2 * minute, 1)).toBe(cursor.last);
    }),
  );
});

test('it stays small however often it is walked', () => {
  const { cursor } = after(Array.from({ length: 2_000 }, () => ({ pauseMs: 1_000, orders: 1 })));
  expect(cursor.marks.length).toBeLessThanOrEqual(33);
});

test('a walk under way goes on where it was', () => {
  expect(startOf({ ...firstCursor(1), last: 90_000, next: 70_001 }, start, 1)).toBe(70_001);
});

test('it is read back as it was written', () => {
  fc.assert(
    fc.property(walks, fc.option(fc.nat(), { nil: undefined }), (steps, next) => {
      const cursor = { ...after(steps).cursor, ...(next === undefined ? {} : { next }) };
      expect(parseCursor(formatCursor(cursor))).toEqual(cursor);
    }),
  );
});

test.each(['', 'garbage', '{}', '{"floor":1,"last":2,"marks":[{"at":"x","id":1}]}', '[]'])('%j is no cursor', (text) => {
  expect(parseCursor(text)).toBeUndefined();
});
