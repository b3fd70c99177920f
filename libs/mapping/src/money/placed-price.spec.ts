import fc from 'fast-check';
import { amount, CENT, toCents } from './amount';
import { placedPriceOf } from './placed-price';

const cents = fc.integer({ min: 0, max: 50_000_000 }).map((value) => amount(value).div(100));
const quantity = fc.oneof(
  fc.integer({ min: 1, max: 500 }).map(amount),
  fc.integer({ min: 1, max: 250_000 }).map((value) => amount(value).div(1000)),
);

describe('unit price and line discount', () => {
  it('give the row total to the cent, with a unit price in whole cents and a discount that is never negative', () => {
    fc.assert(
      fc.property(cents, cents, quantity, (gross, discount, units) => {
        const { placedPrice, discounted } = placedPriceOf(gross, discount, units);
        expect(placedPrice.times(units).minus(discounted).eq(gross)).toBe(true);
        expect(toCents(placedPrice).eq(placedPrice)).toBe(true);
        expect(discounted.gte(0)).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });

  it('stay within a cent per unit of the discount that was given', () => {
    fc.assert(
      fc.property(cents, cents, quantity, (gross, discount, units) => {
        const { discounted } = placedPriceOf(gross, discount, units);
        expect(discounted.minus(discount).abs().lte(CENT.times(units))).toBe(true);
      }),
    );
  });

  it('leave a price that divides evenly alone', () => {
    const { placedPrice, discounted, unitPriceRounding } = placedPriceOf(amount('897.00'), amount(0), amount(3));
    expect([placedPrice, discounted, unitPriceRounding].map(String)).toEqual(['299', '0', '0']);
  });

  it('find the shelf price although Sitoo rounds the discount per unit without tax', () => {
    // 3 at 39.90, 100.00 to pay: net 31.92 less 5.25 per unit, so the discount reads 19.69 and not 19.70.
    const { placedPrice, discounted, unitPriceRounding } = placedPriceOf(amount('100.00'), amount('19.6875'), amount(3));
    expect([placedPrice, discounted, unitPriceRounding].map(String)).toEqual(['39.9', '19.7', '0']);
  });

  it('say which part of the discount nobody gave', () => {
    const { placedPrice, discounted, unitPriceRounding } = placedPriceOf(amount('100.00'), amount(0), amount(3));
    expect([placedPrice, discounted, unitPriceRounding].map(String)).toEqual(['33.34', '0.02', '0.02']);
  });
});
