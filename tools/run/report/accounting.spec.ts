import { account, durations, percentile, reasons } from './accounting.mjs';

const receipt = (orderid: number, moneytotal_gross_all = '99.90') => ({ order: { orderid, moneytotal_gross_all }, sentAt: 1000 });
const order = (id: number, total = 99.9) => ({ externalIds: [{ providerName: 'SitooOrderId', id: String(id) }], orderForm: { total } });
const nothing = { orders: [], outcomes: [], parked: [] };
const outcome = (id: number, name: string, doneAt = 2000) => ({
  key: `DevShop/NOR/${id}`,
  outcome: name,
  reason: { code: 'CART', message: 'a cart' },
  doneAt,
});

describe('the account of a trading day', () => {
  it('finds the receipt whose order is in Omnium with the same total', () => {
    expect(account({ ...nothing, receipts: [receipt(1)], orders: [order(1)] })).toMatchObject([{ id: '1', state: 'order' }]);
  });

  it('does not accept another total, even by a cent', () => {
    expect(account({ ...nothing, receipts: [receipt(1)], orders: [order(1, 99.91)] })).toMatchObject([
      { state: 'wrong', reason: '99.90 in Sitoo, 99.91 in Omnium' },
    ]);
  });

  it('finds a return on the order of its sale, and subtracts what came back on the receipt itself', () => {
    const form = (id: number, total: number) => ({ externalIds: [{ providerName: 'SitooOrderId', id: String(id) }], total });
    const sale = { ...order(1), returnOrderForms: [form(5, 40)] };
    const mixed = { ...order(6, 100), returnOrderForms: [form(6, 30)] };
    expect(account({ ...nothing, receipts: [receipt(5, '-40.00'), receipt(6, '70.00')], orders: [sale, mixed] })).toMatchObject([
      { id: '5', state: 'merged' },
      { id: '6', state: 'order' },
    ]);
    expect(account({ ...nothing, receipts: [receipt(5, '-40.01')], orders: [sale] })).toMatchObject([{ state: 'wrong' }]);
  });

  it('tells the reason of a parked receipt', () => {
    const parked = [{ key: 'DevShop/NOR/2', reason: { code: 'RETURN_NOT_SUPPORTED', message: 'not yet supported' } }];
    expect(account({ ...nothing, receipts: [receipt(2)], parked })).toMatchObject([{ state: 'parked', reason: 'RETURN_NOT_SUPPORTED' }]);
  });

  it('tells the reason of a skipped receipt', () => {
    expect(account({ ...nothing, receipts: [receipt(3)], outcomes: [outcome(3, 'skipped')] })).toMatchObject([
      { state: 'skipped', reason: 'CART' },
    ]);
  });

  it('leaves open what only has a retry behind it, and says why', () => {
    expect(account({ ...nothing, receipts: [receipt(4)], outcomes: [outcome(4, 'retry')] })).toMatchObject([
      { state: 'open', reason: 'retry CART' },
    ]);
  });

  it('counts reasons, the most frequent first', () => {
    const places = ['A', 'B', 'B'].map((reason) => ({ state: 'parked', reason, message: reason.toLowerCase() }));
    expect(reasons(places, 'parked')).toEqual([
      ['B', 'b', 2],
      ['A', 'a', 1],
    ]);
  });
});

describe('the time from event to order', () => {
  it('runs from the sending of the receipt to the first finish', () => {
    expect(durations([receipt(1), receipt(2)], [outcome(1, 'retry', 1500), outcome(1, 'done', 2200), outcome(1, 'done', 9000)])).toEqual([
      1200,
    ]);
  });

  it('is told as percentiles by nearest rank', () => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect([percentile(values, 0.5), percentile(values, 0.99), percentile([7], 0.5), percentile([], 0.5)]).toEqual([50, 99, 7, undefined]);
  });
});
