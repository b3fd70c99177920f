import fc from 'fast-check';
import { amount, toCents, toJsonNumber, upToCent } from './amount';

/** An amount of up to ten digits before the point. */
const decimals = (places: number) =>
  fc
    .tuple(fc.integer({ min: -9_999_999_999, max: 9_999_999_999 }), fc.integer({ min: 0, max: 10 ** places - 1 }))
    .map(([whole, fraction]) => {
      return `${whole}.${String(fraction).padStart(places, '0')}`;
    });

describe('amounts', () => {
  it.each([2, 5])('come back unchanged from a JSON document with %i decimals', (places) => {
    fc.assert(
      fc.property(decimals(places), (text) => {
        const { value } = JSON.parse(JSON.stringify({ value: toJsonNumber(amount(text)) })) as { value: number };
        return amount(value).eq(amount(text));
      }),
      { numRuns: 5_000 },
    );
  });

  it('never become a negative zero', () => {
    expect(Object.is(toJsonNumber(amount('-0.00')), 0)).toBe(true);
  });

  it.each([
    ['0.005', '0.01'],
    ['-0.005', '-0.01'],
    ['1.0049', '1'],
    ['-2.675', '-2.68'],
  ])('round %s half away from zero to %s', (value, rounded) => {
    expect(toCents(amount(value)).toString()).toBe(rounded);
  });

  it('round up to the next cent', () => {
    expect(upToCent(amount('33.3301')).toString()).toBe('33.34');
    expect(upToCent(amount('33.33')).toString()).toBe('33.33');
  });
});
