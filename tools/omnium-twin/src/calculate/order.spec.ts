import fc from 'fast-check';
import type { Order, OrderLine } from '../documents';
import { fixture, orderFixture } from '../testing/fixture';
import { line, order, payment, withLines } from '../testing/order';
import type { CalculationContext } from './context';
import { decimal, sum } from './money';
import { calculateOrder } from './order';

const norway: CalculationContext = { recalculates: true, defaultTaxRate: 25, isTaxExcluded: false };
const calculate = (document: Order, change: Partial<CalculationContext> = {}) => calculateOrder(document, { ...norway, ...change });
const lines = (...items: OrderLine[]) => withLines(order('o'), items, 0);

describe('lines', () => {
  it('gives the published sample: a tenth off an order of two pieces of 500', () => {
    const base = lines(line('1', { quantity: 2, placedPrice: 500, discounted: 0 }));
    const discounts = [{ discountType: 'Order', rewardType: 'Percentage', discountValue: 10 }];
    const { orderForm } = calculate({ ...base, orderForm: { ...base.orderForm, discounts } });
    expect(orderForm?.lineItems?.[0]).toMatchObject(fixture('order.price-calculation.line') as object);
  });

  it('takes the line discount off the whole line, not off each unit', () => {
    const [first] = calculate(lines(line('1', { quantity: 2, placedPrice: 299, discounted: 50 }))).orderForm?.lineItems ?? [];
    expect(first).toMatchObject({
      discountedPrice: 548,
      extendedPrice: 548,
      extendedPriceExclTax: 438.4,
      taxTotal: 109.6,
      placedPriceExclTax: 239.2,
    });
  });

  it('takes cancelled units and their part of the discount out of the line', () => {
    const [first] =
      calculate(lines(line('1', { quantity: 4, canceledQuantity: 1, placedPrice: 100, discounted: 40 }))).orderForm?.lineItems ?? [];
    expect(first?.discountedPrice).toBe(270);
  });

  it('multiplies weights in decimals and rounds half a cent up', () => {
    const [first] = calculate(lines(line('1', { quantity: 0.345, placedPrice: 19.9, discounted: 0.0005 }))).orderForm?.lineItems ?? [];
    expect(first?.extendedPrice).toBe(6.87);
    const [second] = calculate(lines(line('1', { quantity: 0.5, placedPrice: 2.01, discounted: 0 }))).orderForm?.lineItems ?? [];
    expect(second?.extendedPrice).toBe(1.01);
  });

  it('uses the market rate for a line without its own, and none where the market excludes tax', () => {
    const base = lines(line('1', { taxRate: null, placedPrice: 100, quantity: 1, discounted: 0 }));
    expect(calculate(base, { defaultTaxRate: 12 }).orderForm?.lineItems?.[0]).toMatchObject({ taxRate: 12, taxTotal: 10.71 });
    expect(calculate(base, { isTaxExcluded: true }).orderForm).toMatchObject({ taxTotal: 0, total: 100, totalExclTax: 100 });
  });
});

describe('totals', () => {
  it('gives every price of the published order sample', () => {
    const sample = orderFixture('order.get.response');
    const { lineItems, shipments, ...totals } = sample.orderForm ?? {};
    const calculated = calculate(sample);
    const figures = ['total', 'totalExclTax', 'subTotal', 'subTotalExclTax', 'taxTotal', 'discountAmount', 'shippingTotal'] as const;
    for (const figure of figures) expect([figure, calculated.orderForm?.[figure]]).toEqual([figure, totals[figure]]);
    expect(calculated.orderForm?.lineItems?.[0]).toMatchObject(lineItems?.[0] ?? {});
    expect(calculated.orderForm?.shipments?.[0]).toMatchObject({ ...shipments?.[0], lineItems: [lineItems?.[0]] });
    expect(calculated).toMatchObject({ netTotal: 49.5, netTotalExclTax: 39.6, remainingPayment: 0 });
  });

  it('adds cash rounding to the total without tax', () => {
    const base = lines(line('1', { quantity: 1, placedPrice: 99.6, discounted: 0 }));
    const { orderForm, netTotal } = calculate({ ...base, orderForm: { ...base.orderForm, grossRoundoff: 0.4 } });
    expect(orderForm).toMatchObject({ subTotal: 99.6, total: 100, taxTotal: 19.92, totalExclTax: 80.08 });
    expect(netTotal).toBe(100);
  });

  it('adds freight less its discount, with its own tax rate', () => {
    const base = lines(line('1', { quantity: 1, placedPrice: 100, discounted: 0 }));
    const freight = {
      shippingSubTotal: 50,
      shipmentTaxRate: 0,
      discounts: [{ discountType: 'Shipping', rewardType: 'Money', discountValue: 20 }],
    };
    const shipments = (base.orderForm?.shipments ?? []).map((shipment) => ({ ...shipment, ...freight }));
    const { orderForm } = calculate({ ...base, orderForm: { ...base.orderForm, shipments } });
    expect(orderForm).toMatchObject({ shippingSubTotal: 50, shippingDiscountTotal: 20, shippingTotal: 30, taxTotal: 20, total: 130 });
    expect(orderForm?.shipments?.[0]).toMatchObject({ subTotal: 100, total: 130, shippingTax: 0 });
  });

  it('takes returns off the net total', () => {
    const calculated = calculate(orderFixture('pos-order.with-return.request'));
    expect(calculated.orderForm?.total).toBe(1347);
    expect(calculated.returnOrderForms?.[0]?.total).toBe(274);
    expect(calculated).toMatchObject({ netTotal: 1073, remainingPayment: 0 });
  });

  it('turns the net total negative for a return without a sale', () => {
    expect(calculate(orderFixture('pos-order.unreferenced-return.request'))).toMatchObject({ netTotal: -299, remainingPayment: 0 });
  });

  it('counts money taken and paid back, but nothing that failed', () => {
    const base = lines(line('1', { quantity: 1, placedPrice: 100, discounted: 0 }));
    const payments = [payment('a', 60), payment('b', 40, { status: 'Failed' }), payment('c', 30, { transactionType: 'Capture' })];
    const { orderForm, remainingPayment } = calculate({ ...base, orderForm: { ...base.orderForm, payments } });
    expect(remainingPayment).toBe(40);
    expect(orderForm).toMatchObject({ authorizedPaymentTotal: 60, capturedPaymentTotal: 90, creditPaymentTotal: 0 });
  });
});

describe('recalculation', () => {
  const wrong = withLines(order('o'), [line('1', { extendedPrice: 1, discountedPrice: 1 })], 548);

  it('overwrites sent totals, so that a wrong map shows', () => {
    const { orderForm } = calculate({ ...wrong, orderForm: { ...wrong.orderForm, total: 1 } });
    expect(orderForm).toMatchObject({ total: 548, lineItems: [{ extendedPrice: 548 }] });
  });

  it('keeps what was sent and calculates the rest when the tenant has it off', () => {
    const { orderForm, netTotal } = calculate({ ...wrong, orderForm: { ...wrong.orderForm, total: 7 } }, { recalculates: false });
    expect(orderForm).toMatchObject({ total: 7, subTotal: 1, lineItems: [{ extendedPrice: 1, extendedPriceExclTax: 0.8 }] });
    expect(netTotal).toBe(7);
  });
});

describe('laws', () => {
  const cents = fc.integer({ min: 0, max: 500_000 }).map((amount) => amount / 100);
  const anyLine = fc.record({ quantity: fc.integer({ min: 1, max: 9 }), placedPrice: cents, taxRate: fc.constantFrom(0, 12, 15, 25) });

  it('order discounts are spread over the lines to the cent, and totals are the sum of the lines', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { minLength: 1, maxLength: 12 }), cents, (items, off) => {
        const base = lines(...items.map((item, index) => line(String(index), { ...item, discounted: 0 })));
        const discounts = [{ discountType: 'Order', rewardType: 'Money', discountValue: off }];
        const { orderForm } = calculate({ ...base, orderForm: { ...base.orderForm, discounts } });
        const all = orderForm?.lineItems ?? [];
        const extended = sum(all.map((item) => decimal(item.extendedPrice)));
        const full = sum(all.map((item) => decimal(item.discountedPrice)));
        expect(orderForm?.total).toBe(extended.toNumber());
        expect(extended.toNumber()).toBe(full.lt(off) ? 0 : full.minus(off).toNumber());
        expect(orderForm?.shipments?.[0]?.subTotal).toBe(orderForm?.total);
      }),
    );
  });

  it('calculating twice changes nothing', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 6 }), (items) => {
        const once = calculate(lines(...items.map((item, index) => line(String(index), { ...item, discounted: 0 }))));
        expect(calculate(once)).toEqual(once);
      }),
    );
  });
});
