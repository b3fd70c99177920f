import fc from 'fast-check';
import { amount } from '../money/amount';
import { netOf, rateBehind, vatByRate } from './vat';

describe('VAT', () => {
  it.each([
    ['15.00', 6, '14.15'],
    ['200.00', 25, '160'],
    ['49.90', 15, '43.39'],
    ['249.00', 0, '249'],
  ])('takes the net of %s at %i percent as %s', (gross, rate, net) => {
    expect(netOf(amount(gross), amount(rate)).toString()).toBe(net);
  });

  it('finds the rate behind a fee among the candidates', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 1_000_000 }), fc.constantFrom(25, 15, 12, 6, 0), (cents, rate) => {
        const gross = amount(cents).div(100);
        const net = netOf(gross, amount(rate));
        const found = rateBehind(net, gross.minus(net), [25, 15, 12, 6, 0].map(amount));
        expect(found && netOf(gross, found).eq(net)).toBe(true);
      }),
    );
  });

  it('takes the first candidate that fits and calculates a rate when none does', () => {
    expect(rateBehind(amount('80.00'), amount('20.00'), [amount(15), amount(25)])?.toString()).toBe('25');
    expect(rateBehind(amount('100.00'), amount('24.00'), [amount(25)])?.toString()).toBe('24');
    expect(rateBehind(amount('1000.00'), amount('255.00'), [amount(25)])?.toString()).toBe('25.5');
  });

  it('has no rate for VAT on nothing', () => {
    expect(rateBehind(amount('0.00'), amount('5.00'), [amount(25)])).toBeUndefined();
  });

  it('adds up per rate', () => {
    const parts = [
      { rate: amount(25), vat: amount('59.80') },
      { rate: amount(15), vat: amount('6.51') },
      { rate: amount('25.0'), vat: amount('0.20') },
    ];
    expect([...vatByRate(parts)].map(([rate, vat]) => [rate, vat.toString()])).toEqual([
      ['25', '60'],
      ['15', '6.51'],
    ]);
  });
});
