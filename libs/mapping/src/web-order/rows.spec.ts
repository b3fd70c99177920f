import type { OmniumOrderLine } from '@connector/contracts';
import fc from 'fast-check';
import { amount, CENT, sum, toCents, toJsonNumber } from '../money/amount';
import { netOfGross, sitooRows, wholeCents } from './rows';

/** Lines as Omnium computes them (api-guide 7.4), an order discount spread over them included. */
const lines = fc
  .record({
    items: fc.array(
      fc.record({
        priceCents: fc.integer({ min: 0, max: 1_000_000 }),
        quantity: fc.integer({ min: 1, max: 20 }),
        canceled: fc.integer({ min: 0, max: 5 }),
        discountPart: fc.integer({ min: 0, max: 100 }),
        rate: fc.constantFrom(25, 15, 12, 6, 0),
      }),
      { minLength: 1, maxLength: 8 },
    ),
    orderDiscountPart: fc.integer({ min: 0, max: 100 }),
  })
  .map(({ items, orderDiscountPart }) => {
    const discountedPrices = items.map(({ priceCents, quantity, canceled, discountPart }) => {
      const left = Math.max(0, quantity - canceled);
      const placed = amount(priceCents).div(100);
      const discounted = toCents(placed.times(quantity).times(discountPart).div(100));
      return { left, placed, discounted, price: placed.times(left).minus(discounted.div(quantity).times(left)) };
    });
    const total = sum(discountedPrices.map(({ price }) => price));
    const wanted = toCents(total.times(orderDiscountPart).div(100));
    const orderDiscount = wanted.gt(total) ? total : wanted;
    return items.map(({ quantity, rate }, index): OmniumOrderLine => {
      const { left, placed, discounted, price } = discountedPrices[index]!;
      const extended = total.eq(0) ? price : price.minus(price.div(total).times(orderDiscount));
      return {
        lineItemId: String(index + 1),
        code: `SKU-${index}`,
        quantity,
        canceledQuantity: quantity - left,
        placedPrice: toJsonNumber(placed),
        discounted: toJsonNumber(discounted),
        taxRate: rate,
        extendedPrice: toJsonNumber(extended.round(5)),
        extendedPriceExclTax: toJsonNumber(extended.div(1 + rate / 100).round(5)),
      };
    });
  });

describe('rows of a web order', () => {
  it("give back Omnium's figures to the cent when Sitoo computes them", () => {
    fc.assert(
      fc.property(lines, (given) => {
        const open = given.filter(({ quantity = 0, canceledQuantity = 0 }) => quantity > canceledQuantity);
        fc.pre(open.length > 0);
        const step = sitooRows(given, undefined, 'lines');
        if (!step.ok) throw new Error(step.rejection.code);
        const grosses = step.value.map(({ moneyrowprice = '', moneyrowdiscount = '0' }) => amount(moneyrowprice).minus(moneyrowdiscount));
        const extended = open.map(({ extendedPrice = 0 }) => amount(extendedPrice));
        expect(sum(grosses).toString()).toBe(toCents(sum(extended)).toString());
        grosses.forEach((gross, index) => {
          const line = open[index]!;
          expect(gross.minus(extended[index]!).abs().lte(CENT)).toBe(true);
          const net = netOfGross(gross, amount(line.taxRate ?? 0));
          expect(
            net
              .minus(line.extendedPriceExclTax ?? 0)
              .abs()
              .lte(CENT.times(2)),
          ).toBe(true);
        });
      }),
      { numRuns: 2_000 },
    );
  });

  it('have prices and discounts that are never negative', () => {
    fc.assert(
      fc.property(lines, (given) => {
        const step = sitooRows(given, undefined, 'lines');
        if (!step.ok) return;
        for (const { moneyrowprice = '', moneyrowdiscount = '0' } of step.value) {
          expect(amount(moneyrowprice).gte(moneyrowdiscount)).toBe(true);
          expect(`${moneyrowprice}${moneyrowdiscount}`).not.toContain('-');
        }
      }),
    );
  });

  it('never lose or gain a cent in rounding', () => {
    const third = amount(100).div(3);
    expect(wholeCents([third, third, third]).map(String)).toEqual(['33.33', '33.34', '33.33']);
  });

  const line: OmniumOrderLine = {
    lineItemId: '10',
    code: 'A',
    displayName: 'Shirt',
    quantity: 2,
    placedPrice: 125,
    extendedPrice: 200,
    taxRate: 25,
  };

  it('carry the price before discount, the discount and our own line id', () => {
    expect(sitooRows([line], undefined, 'lines')).toEqual({
      ok: true,
      value: [
        {
          productname: 'Shirt',
          sku: 'A',
          quantity: 2,
          vatvalue: 25,
          moneyrowprice: '250.00',
          moneyrowdiscount: '50.00',
          additionaldata: { 'web-itemid': '10' },
        },
      ],
    });
  });

  it('of measured goods are one unit of that size', () => {
    const step = sitooRows([{ ...line, quantity: 1.25, unit: 'kg' }], undefined, 'lines');
    expect(step).toMatchObject({ value: [{ quantity: 1, decimalunitquantity: '1.250', unitlabel: 'kg' }] });
  });

  it('leave out what was cancelled', () => {
    const step = sitooRows(
      [
        { ...line, canceledQuantity: 2, extendedPrice: 0 },
        { ...line, lineItemId: '11' },
      ],
      undefined,
      'lines',
    );
    expect(step).toMatchObject({ value: [{ additionaldata: { 'web-itemid': '11' } }] });
  });

  it.each([
    [{ lineItemId: null }, 'LINE_WITHOUT_ID', 'lines[0].lineItemId'],
    [{ code: '' }, 'LINE_WITHOUT_SKU', 'lines[0].code'],
    [{ extendedPrice: undefined }, 'LINE_WITHOUT_AMOUNT', 'lines[0].extendedPrice'],
    [{ extendedPrice: -1 }, 'LINE_NEGATIVE', 'lines[0]'],
    [{ quantity: -1 }, 'LINE_NEGATIVE', 'lines[0]'],
    [{ quantity: 1.2345 }, 'LINE_QUANTITY', 'lines[0].quantity'],
    [{ taxRate: null }, 'VAT_RATE_MISSING', 'lines[0].taxRate'],
    [{ extendedPriceExclTax: 200 }, 'VAT_DOES_NOT_FIT_RATE', 'lines[0].taxRate'],
    [{ canceledQuantity: 2 }, 'NO_LINES', 'lines'],
  ])('are refused for %j as %s', (change, code, path) => {
    expect(sitooRows([{ ...line, ...change }], undefined, 'lines')).toMatchObject({ ok: false, rejection: { code, path } });
  });

  it('take the rate of the market when the line has none', () => {
    expect(sitooRows([{ ...line, taxRate: null }], 12, 'lines')).toMatchObject({ value: [{ vatvalue: 12 }] });
  });
});
