import type { OmniumOrder } from '@connector/contracts';
import { saleMix } from '@connector/testing';
import { UsageError } from '@connector/platform';
import { readCommand } from './arguments';
import { describeReport } from './describe';
import { connectorId, Scene } from './shadow.fixture';

const now = new Date('2026-11-25T12:00:00Z');
const mix = { ...saleMix, return: 80 };

describe('a command', () => {
  it('names orders, or times of sale', () => {
    expect(readCommand(['--market', 'NOR', '--orders', '7, 8'], now)).toEqual({
      tenant: undefined,
      market: 'NOR',
      what: { orderIds: [7, 8] },
      json: false,
    });
    const day = ['--market', 'NOR', '--from', '2026-11-24T00:00:00+01:00', '--json', '--tenant', 'DevShop'];
    expect(readCommand(day, now)).toMatchObject({
      what: { from: new Date('2026-11-23T23:00:00Z'), to: now },
      json: true,
      tenant: 'DevShop',
    });
  });

  it.each([
    [[]],
    [['--market', 'NOR']],
    [['--market', 'NOR', '--orders', 'R-7']],
    [['--market', 'NOR', '--orders', '7', '--from', '2026-11-24T00:00:00Z']],
    [['--market', 'NOR', '--from', '2026-11-24']],
    [['--market', 'NOR', '--from', '2026-11-26T00:00:00Z']],
    [['--market', 'NOR', '--orders', '7', '--write']],
  ])('%j is refused with a sentence', (args) => {
    expect(() => readCommand(args, now)).toThrow(UsageError);
  });
});

describe('receipts that the built-in plugin imported', () => {
  it('agree, and it is said by what they are found', async () => {
    const scene = new Scene(saleMix);
    scene.importByPlugin();
    const report = await scene.compare();
    expect(report).toMatchObject({
      groups: [],
      documents: { own: 0, imported: 40, missing: 0 },
      foundBy: { 'ExternalId:SitooPlugin': 32, OrderNumber: 8 },
      receipts: { compared: 40, agreeing: 40 },
    });
    expect(report.fields.agreeing).toBe(report.fields.compared);
  });

  it.each<[string, (order: OmniumOrder) => OmniumOrder, string]>([
    ['sales channel', (order) => ({ ...order, salesChannel: 'Shop' }), 'salesChannel'],
    ['VAT rate', (order) => mapLines(order, (line) => ({ ...line, taxRate: (line.taxRate ?? 0) + 1 })), 'orderForm.lineItems[].taxRate'],
  ])('with a fault seeded in their %s differ in that alone, as one group with examples', async (_, fault, field) => {
    const scene = new Scene(saleMix);
    scene.importByPlugin(scene.receipts, fault);
    const { groups, receipts } = await scene.compare();
    expect(groups).toHaveLength(1);
    expect(groups[0]).toMatchObject({ paths: [field], kind: 'different', receipts: receipts.compared - receipts.agreeing });
    expect(groups[0]?.examples).toHaveLength(3);
    expect(
      groups[0]?.examples.every((example) => scene.receipts.some(({ order }) => order.additionaldata?.['pos-receiptid'] === example)),
    ).toBe(true);
  });

  it('may be orders by themselves where they are refunds: then they are left out, and their sales agree', async () => {
    const scene = new Scene(mix);
    scene.importByPlugin();
    const refunds = scene.receipts.filter(({ expect: fate }) => fate === 'merged').length;
    expect(refunds).toBeGreaterThan(1);
    const report = await scene.compare();
    expect(report.groups).toEqual([]);
    expect(report.notCompared).toMatchObject([{ code: 'RETURN_IS_AN_ORDER', count: refunds }]);
    expect(report.receipts.compared).toBe(40 - refunds);
  });

  it('are unclear when two orders carry their numbers', async () => {
    const scene = new Scene(saleMix, { count: 3 });
    scene.importByPlugin();
    scene.orders.set('COPY', { ...scene.orders.get('ORDR1')!, id: 'COPY' });
    expect((await scene.compare()).notCompared).toMatchObject([{ code: 'IMPORTED_TWICE', count: 1 }]);
  });
});

describe('receipts of the connector', () => {
  it('agree when nothing would be written, and differ by what would be', async () => {
    const scene = new Scene(saleMix, { count: 5 });
    for (const receipt of scene.receipts) scene.importByConnector(receipt);
    expect(await scene.compare()).toMatchObject({ groups: [], documents: { own: 5, imported: 0, missing: 0 } });
    const id = connectorId(scene.receipts[0]!.order.orderid);
    scene.orders.set(id, { ...scene.orders.get(id)!, storeId: 'elsewhere' });
    const { groups } = await scene.compare();
    expect(groups).toMatchObject([{ paths: ['storeId'], kind: 'different', receipts: 1, before: 'elsewhere' }]);
  });

  it('that Omnium does not have are a difference of their own', async () => {
    const scene = new Scene(saleMix, { count: 5 });
    scene.importByPlugin(scene.receipts.slice(1));
    expect(await scene.compare()).toMatchObject({
      documents: { missing: 1, imported: 4 },
      groups: [{ paths: ['(order)'], kind: 'missing', receipts: 1 }],
      receipts: { compared: 5, agreeing: 4 },
    });
  });

  it('are read with the sale of a refund, and with the refunds of a sale where there are any', async () => {
    const scene = new Scene(mix);
    const refund = scene.receipts.find(({ expect: fate }) => fate === 'merged')!;
    for (const receipt of scene.receipts) if (receipt.expect === 'order') scene.importByConnector(receipt);
    const { groups, documents } = await scene.compare([refund.order.orderid]);
    expect(documents).toEqual({ own: 1, imported: 0, missing: 0 });
    expect(groups.flatMap(({ paths }) => paths)).toContain('returnOrderForms[]');
    expect(scene.calls.refundsOf).toBe(1);
    await scene.compare(scene.receipts.filter(({ expect: fate }) => fate === 'order').map(({ order }) => order.orderid));
    expect(scene.calls.refundsOf).toBe(1);
  });

  it('are one family when the refund comes on a later page than its sale', async () => {
    const scene = new Scene(mix);
    for (const receipt of scene.receipts) if (receipt.expect === 'order') scene.importByConnector(receipt);
    const all = await scene.compare();
    expect(await scene.compareByDate(7)).toEqual(all);
    expect(all.groups.flatMap(({ paths }) => paths)).toContain('returnOrderForms[]');
  });
});

test('an order that Sitoo does not return is told', async () => {
  const scene = new Scene(saleMix, { count: 1 });
  scene.importByPlugin();
  const { orderid } = scene.receipts[0]!.order;
  expect(await scene.compare([orderid, 999])).toMatchObject({
    receipts: { compared: 1 },
    notCompared: [{ code: 'ORDER_NOT_READABLE', count: 1, examples: ['999'] }],
  });
});

test('what the map refuses or skips takes no part, and is told by its reason', async () => {
  const scene = new Scene({ 'unknown-store': 3, 'parked-cart': 2, 'single-line': 5 }, { count: 12 });
  scene.importByPlugin();
  const { notCompared, receipts } = await scene.compare();
  expect(notCompared.map(({ code }) => code)).toEqual(['PARKED_CART', 'STORE_UNKNOWN']);
  expect(receipts.compared + notCompared.reduce((sum, { count }) => sum + count, 0)).toBe(12);
});

test('a market that cannot map says why', async () => {
  const scene = new Scene(saleMix, { count: 1 });
  scene.reference = { ...scene.reference, problem: { code: 'ORDER_TYPE_UNKNOWN', message: 'no such order type' } };
  await expect(scene.compare()).rejects.toThrow('no such order type');
});

test('the report is a table without a word about a person', async () => {
  const scene = new Scene({ 'known-customer': 1 }, { count: 4 });
  scene.importByPlugin(scene.receipts, (order) => ({ ...order, customerName: 'Somebody Else', salesChannel: 'Shop' }));
  const text = describeReport('NOR', await scene.compare()).join('\n');
  expect(text).toContain('receipts without a difference: 0.00 % (0 of 4)');
  expect(text).toMatch(/4 +different +salesChannel +Shop +POS +SII/);
  expect(text).toMatch(/4 +different +customerName +\(hidden\) +\(hidden\)/);
  const people = scene.receipts.flatMap(({ order: { namefirst, namelast, email, phone } }) => [namefirst, namelast, email, phone]);
  for (const word of ['Somebody', ...people]) if (word) expect(text).not.toContain(word);
});

function mapLines(order: OmniumOrder, change: (line: { taxRate?: number | null }) => object): OmniumOrder {
  return {
    ...order,
    orderForm: { ...order.orderForm, lineItems: order.orderForm?.lineItems?.map((line) => ({ ...line, ...change(line) })) },
  };
}
