import { generateTraffic } from './traffic';

const arrivals = generateTraffic({ seed: 1, count: 6_000, firstOrderId: 20_001 });
const later = arrivals.slice(1_000);
const share = (kind: string) => later.filter((one) => one.kind === kind).length / later.length;

test('nine in ten are closed sales, eight in a hundred returns, two in a hundred open orders', () => {
  expect([share('sale'), share('return'), share('open')].map((one) => Math.round(one * 100))).toEqual([90, 8, 2]);
  for (const { kind, receipt } of arrivals) expect(receipt.order.orderstateid).toBe(kind === 'open' ? 0 : 10);
});

test('every return credits a sale of its own that is half a minute old', () => {
  const placeOf = new Map(arrivals.map(({ receipt }, at) => [receipt.order.orderid, at]));
  const returns = arrivals.filter(({ kind }) => kind === 'return').map(({ receipt: { order } }) => order);
  const credited = returns.map(({ creditorderid }) => creditorderid ?? 0);
  expect(new Set(credited).size).toBe(returns.length);
  for (const { orderid, creditorderid } of returns)
    expect(placeOf.get(orderid)! - (placeOf.get(creditorderid ?? 0) ?? orderid)).toBeGreaterThanOrEqual(600);
});

test('the same seed gives the same receipts', () => {
  const [one, again] = [1, 2].map(() => JSON.stringify(generateTraffic({ seed: 4, count: 300, firstOrderId: 1 })));
  expect(one).toBe(again);
});
