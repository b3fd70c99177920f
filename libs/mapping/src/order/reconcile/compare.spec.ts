import { sameValue } from './compare';

describe('comparing what Omnium has with what is wanted', () => {
  it.each<[unknown, unknown]>([
    [299, 299.0],
    ['2026-03-02T14:11:09Z', '2026-03-02T14:11:09.000Z'],
    ['2026-03-02T14:11:09Z', '2026-03-02T14:11:09'],
    ['2026-03-02T14:11:09Z', '2026-03-02T15:11:09+01:00'],
    ['2026-03-02T14:11:09Z', '2026-03-02T14:11:09.0000000Z'],
    ['0001-01-01T00:00:00', null],
    ['', undefined],
    [[], null],
    [
      { b: 1, a: 2 },
      { a: 2, b: 1.0 },
    ],
  ])('takes %p and %p for the same', (left, right) => {
    expect(sameValue(left, right)).toBe(true);
  });

  it.each<[unknown, unknown]>([
    [299, 299.01],
    ['2026-03-02T14:11:09Z', '2026-03-02T14:11:10Z'],
    ['2026-03-02T14:11:09Z', '2026-03-02T14:11:09+01:00'],
    [0, null],
    [false, null],
    ['25', 25],
    ['Completed', 'completed'],
    [
      [1, 2],
      [2, 1],
    ],
    [{ a: 1 }, { a: 1, b: 2 }],
  ])('tells %p from %p', (left, right) => {
    expect(sameValue(left, right)).toBe(false);
  });
});
