import { placeOf } from './feed';

const many = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));

describe('a feed', () => {
  it('takes its keys in turn, each always on the same partition', () => {
    const places = many(60, (n) => placeOf({ partitions: 6, keys: 10, hotKey: false }, n));
    expect(new Set(places.map(({ id }) => id)).size).toBe(10);
    expect(places.every(({ partition, id }) => id.startsWith(`${partition}-`))).toBe(true);
  });

  it('never repeats a fresh key, and spreads evenly', () => {
    const places = many(60, (n) => placeOf({ partitions: 6, keys: 'fresh', hotKey: false }, n));
    expect(new Set(places.map(({ id }) => id)).size).toBe(60);
    expect(many(6, (p) => places.filter(({ partition }) => partition === p).length)).toEqual([10, 10, 10, 10, 10, 10]);
  });

  it('can give partition 0 a single key', () => {
    const places = many(60, (n) => placeOf({ partitions: 6, keys: 'fresh', hotKey: true }, n));
    expect(new Set(places.filter(({ partition }) => partition === 0).map(({ id }) => id))).toEqual(new Set(['0-hot']));
    expect(new Set(places.map(({ id }) => id)).size).toBe(51);
  });
});
