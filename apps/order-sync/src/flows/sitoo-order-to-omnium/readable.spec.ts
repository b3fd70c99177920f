import type { Fact } from '@connector/contracts';
import { contradicts } from './readable';

const now = 1_700_000_000_000;
const [open, closed, cancelled] = [0, 10, 20];
const lagMs = 600_000;

const fact = (overrides: Partial<Fact> = {}): Fact => ({ id: 'e', kind: 'order', at: now - 1_000, state: 'closed', ...overrides });

test('an order that was announced as closed and reads as open has not reached the read side', () => {
  expect(contradicts(open, [fact()], now)).toBe(true);
  expect(contradicts(open, [fact({ state: 'cancelled' })], now)).toBe(true);
});

test('an order that reads as announced is fine', () => {
  expect(contradicts(closed, [fact()], now)).toBe(false);
  expect(contradicts(open, [fact({ state: 'open' })], now)).toBe(false);
});

test('an order that reads as further on than announced is simply newer', () => {
  expect(contradicts(cancelled, [fact()], now)).toBe(false);
  expect(contradicts(closed, [fact({ state: 'open' })], now)).toBe(false);
});

test('after ten minutes the read counts', () => {
  expect(contradicts(open, [fact({ at: now - lagMs })], now)).toBe(true);
  expect(contradicts(open, [fact({ at: now - lagMs - 1 })], now)).toBe(false);
});

test('only the newest fact about a state counts', () => {
  const older = fact({ id: 'a', at: now - 2_000 });
  expect(contradicts(open, [older, fact({ id: 'b', state: 'open' })], now)).toBe(false);
  expect(contradicts(open, [older, fact({ id: 'b', state: undefined })], now)).toBe(true);
});

test('a booking has the same states as an order', () => {
  expect(contradicts(open, [fact({ kind: 'booking' })], now)).toBe(true);
});

test("a delivery's state says nothing about the order's", () => {
  expect(contradicts(open, [fact({ kind: 'order-delivery' })], now)).toBe(false);
});

test('a state nobody knows, or no fact at all, contradicts nothing', () => {
  expect(contradicts(open, [fact({ state: 'archived' })], now)).toBe(false);
  expect(contradicts(open, [], now)).toBe(false);
});
