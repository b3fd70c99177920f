import fc from 'fast-check';
import { jain, median, quantile, random } from './stats';

describe('statistics', () => {
  it('take quantiles of unsorted values', () => {
    expect(median([5, 1, 3])).toBe(3);
    expect(quantile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.99)).toBe(10);
    expect(median([])).toBeNaN();
  });

  it('call equal shares fair and a single winner unfair', () => {
    expect(jain([7, 7, 7, 7])).toBe(1);
    expect(jain([9, 0, 0, 0])).toBe(0.25);
    fc.assert(fc.property(fc.array(fc.nat(1000), { minLength: 1 }), (shares) => jain(shares) <= 1 + 1e-9));
  });

  it('repeat random numbers for the same seed', () => {
    const [a, b] = [random(7), random(7)];
    const list = Array.from({ length: 50 }, () => a());
    expect(Array.from({ length: 50 }, () => b())).toEqual(list);
    expect(new Set(list).size).toBe(50);
    expect(list.every((value) => value >= 0 && value < 1)).toBe(true);
  });
});
