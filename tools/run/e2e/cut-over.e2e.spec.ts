import type { OmniumOrder, SitooOrder } from '@connector/contracts';
import { generateTradingDay, pluginOrder, saleMix, type LabelledReceipt } from '@connector/testing';
import { account, Scene, until } from './scene';

/**
 * A retailer that Omnium's built-in plugin served before. Receipts in the order in which they were sold:
 *
 *     0 ………… start ………………… handOver ………… end
 *     imported by the plugin             │ sold after it was switched off
 *              │ StartAtOrderId: the connector is asked for all of these
 */
const first = 1_800_000_001 + (Math.floor(Date.now() / 1000) % 1_000_000) * 100;
const mix = { ...saleMix, return: 100, exchange: 30, mixed: 10, 'endless-aisle': 10 };
const receipts = generateTradingDay({ seed: 23, count: 170, firstOrderId: first, mix });
const isInOmnium = ({ expect: fate }: LabelledReceipt) => fate === 'order' || fate === 'merged';
const refunds = receipts.flatMap(({ expect: fate }, index) => (fate === 'merged' ? [index] : []));
/** The first order that the connector is asked for is a refund: its sale is older. The plugin never imported it. */
const start = refunds[1] ?? 0;
/** The first receipt that the plugin did not see is a refund of a sale that it did import. */
const handOver = refunds[5] ?? 0;
const byPlugin = new Map(
  receipts.flatMap((receipt, index) =>
    index < handOver && index !== start && isInOmnium(receipt) ? [[receipt.order.orderid, index + 1]] : [],
  ),
);

let scene: Scene;
beforeAll(async () => {
  const settings = { StartAtOrderId: String(first + start), CutOverLookUpUntil: '2026-03-10T00:00:00+01:00' };
  scene = await Scene.start({}, settings);
  // The history is older than the lag of Omnium's search.
  await scene.omnium('PUT', '/settings', { searchLagMs: 0 });
  const imported = receipts.flatMap(({ order }) => {
    const number = byPlugin.get(order.orderid);
    return number === undefined ? [] : [pluginOrder(order, number)];
  });
  await scene.omnium('POST', '/plugin/orders', imported);
});
afterAll(() => scene?.stop());
afterEach(async () => {
  const { violations } = await scene.omniumState();
  expect({ sitoo: (await scene.sitooState()).violations, omnium: violations }).toEqual({ sitoo: 0, omnium: 0 });
});

const originalOf = ({ creditorderid, additionaldata }: SitooOrder): number =>
  creditorderid ?? Number(additionaldata?.['pos-originalsales-orderid']);

/** The orders of Omnium that tell of a receipt. */
function homesOf(orderId: number, orders: ReadonlyMap<string, OmniumOrder>): string[] {
  const names = ({ externalIds }: Pick<OmniumOrder, 'externalIds'>) =>
    (externalIds ?? []).some(({ providerName, id }) => providerName === 'SitooOrderId' && id === String(orderId));
  const ofConnector = [...orders].filter(([, order]) => names(order) || (order.returnOrderForms ?? []).some(names)).map(([id]) => id);
  const number = byPlugin.get(orderId);
  return [...(number === undefined ? [] : [`ORDR${number}`]), ...ofConnector].filter((id) => orders.has(id));
}

/** Where a receipt belongs. */
function homeOf(receipt: LabelledReceipt): string {
  const { orderid } = receipt.order;
  const number = byPlugin.get(orderid);
  if (number !== undefined) return `ORDR${number}`;
  if (receipt.expect !== 'merged') return scene.omniumId(orderid);
  const original = originalOf(receipt.order);
  return homeOf(receipts.find(({ order }) => order.orderid === original)!);
}

/** Every receipt has been worked on, and its sale once more for every refund that was handed on to it. */
async function settledSince(time: number): Promise<void> {
  const keyOf = (id: number) => `DevShop/NOR/${id}`;
  const final = ['done', 'parked', 'skipped', 'redirect'];
  await until('everything settled', async () => {
    const outcomes = (await scene.outcomes()).filter(({ doneAt, outcome }) => doneAt >= time && final.includes(outcome));
    const finished = new Map<string, number>();
    for (const { key, notices } of outcomes) finished.set(key, (finished.get(key) ?? 0) + notices);
    const expected = new Map(receipts.map(({ order }) => [keyOf(order.orderid), 1]));
    for (const { order } of receipts) {
      const handedOn = outcomes.filter(({ key, outcome }) => outcome === 'redirect' && key === keyOf(order.orderid)).length;
      const sale = keyOf(originalOf(order));
      if (handedOn > 0) expected.set(sale, (expected.get(sale) ?? 0) + handedOn);
    }
    return [...expected].every(([key, count]) => (finished.get(key) ?? 0) >= count);
  });
}

/** Every receipt of the history is in exactly one order, the right one, and no order is there that is no receipt's. */
async function expectNoDuplicates(): Promise<void> {
  const orders = await scene.orders();
  const wanted = receipts.filter((receipt, index) => isInOmnium(receipt) && (index >= start || byPlugin.has(receipt.order.orderid)));
  for (const receipt of wanted) {
    const { orderid } = receipt.order;
    expect([receipt.kind, orderid, homesOf(orderid, orders)]).toEqual([receipt.kind, orderid, [homeOf(receipt)]]);
  }
  expect([...orders.keys()].sort()).toEqual([...new Set(wanted.map(homeOf))].sort());
}

test('the history has what makes it hard: returns of imported sales on both sides of the take-over', () => {
  const saleOf = (index: number) => originalOf(receipts[index]!.order) - first;
  expect([saleOf(start) < start, saleOf(handOver) >= start, saleOf(handOver) < handOver]).toEqual([true, true, true]);
  expect(refunds.filter((index) => index > start && index < handOver).length).toBeGreaterThan(1);
});

test('a history that the built-in plugin imported, replayed completely, leads to no duplicate', async () => {
  const since = Date.now();
  await scene.sell(receipts.map(({ order }) => order));
  await settledSince(since);
  await expectNoDuplicates();
  expect((await scene.parked()).filter(({ key }) => receipts.some(({ order }) => key.endsWith(`/${order.orderid}`)))).toEqual([]);
});

test('what came from the plugin was written only where goods came back', async () => {
  const orders = await scene.orders();
  const linked = new Set(receipts.filter(({ order }) => !byPlugin.has(order.orderid)).map((receipt) => homeOf(receipt)));
  for (const number of byPlugin.values()) {
    const id = `ORDR${number}`;
    const writes = await scene.omnium<{ call: string }[]>('GET', `/history/${id}`);
    expect([id, writes.length > 1]).toEqual([id, linked.has(id)]);
  }
  const sale = orders.get(homeOf(receipts[handOver]!));
  expect(sale?.returnOrderForms).toHaveLength(1);
  expect(sale?.status).toMatch(/Returned$/);
});

test('the same once more, with Redis emptied in between: nothing is written', async () => {
  const writes = async () => JSON.stringify((await scene.omniumState()).orderWrites);
  const before = [await writes(), JSON.stringify([...(await scene.orders()).keys()].sort())];
  await scene.flushRedis();
  const since = Date.now();
  const ids = receipts.map(({ order }) => order.orderid);
  for (let from = 0; from < ids.length; from += 10) {
    const events = ids.slice(from, from + 10).map((id) => ({
      event_id: `again-${id}`,
      event_type: 'order',
      event_date: Math.floor(since / 1000),
      account_id: account,
      data: { eshop_id: 1, order_id: id, order_event_type: 'add' },
    }));
    await scene.sendEvents(events);
    if (from === 80) await scene.flushRedis();
  }
  await settledSince(since);
  expect([await writes(), JSON.stringify([...(await scene.orders()).keys()].sort())]).toEqual(before);
  await expectNoDuplicates();
});
