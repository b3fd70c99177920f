import { sitooEventUnrecognised, type OmniumOrder, type SitooOrder } from '@connector/contracts';
import { connectKafka, readWholeTopic } from '@connector/event-bus';
import { generateTradingDay, saleMix, type LabelledReceipt } from '@connector/testing';
import { account, orderFlow, Scene, until } from './scene';

const plantedToken = 'Zanzibarplanted';
let scene: Scene;
// Ids that no earlier run on the same broker has used.
let nextOrderId = 1_000_001 + (Math.floor(Date.now() / 1000) % 1_000_000) * 1_000;

beforeAll(async () => {
  // The shortest session a broker allows: a killed member's partitions are free after 6 s instead of 30 s.
  scene = await Scene.start({ SESSION_TIMEOUT_MS: '6000' });
});
afterAll(() => scene?.stop());
afterEach(async () => {
  await scene.sitoo('PUT', '/settings', { repeat: 1, shuffle: false, unreadableFirstReads: 0 });
  const { violations } = await scene.omniumState();
  expect({ sitoo: (await scene.sitooState()).violations, omnium: violations }).toEqual({ sitoo: 0, omnium: 0 });
});

function day(count: number, seed: number, options: { onlySales?: boolean } = {}): LabelledReceipt[] {
  const receipts = generateTradingDay({
    seed,
    count,
    firstOrderId: nextOrderId,
    plantedToken,
    ...(options.onlySales ? { mix: saleMix } : {}),
  });
  nextOrderId += count + 100;
  return receipts;
}
const ordersOf = (receipts: readonly LabelledReceipt[]): SitooOrder[] => receipts.map(({ order }) => order);
const idOf = ({ order }: LabelledReceipt): number => order.orderid ?? 0;

/** The refund that a return form tells of. */
function formOf({ externalIds }: { externalIds?: readonly { providerName?: string | null; id?: string | null }[] | null }): number {
  return Number(externalIds?.find(({ providerName }) => providerName === 'SitooOrderId')?.id);
}

/** Every refund of a sale is a return form on that sale's order. */
async function returned(receipts: readonly LabelledReceipt[]): Promise<void> {
  const wanted = receipts.filter(({ expect: fate }) => fate === 'merged').map(idOf);
  await until(`${wanted.length} returns in Omnium`, async () => {
    const orders = [...(await scene.orders()).values()];
    const told = new Set(orders.flatMap((order) => (order.returnOrderForms ?? []).map(formOf)));
    return wanted.every((id) => told.has(id));
  });
}

async function arrived(receipts: readonly LabelledReceipt[]): Promise<void> {
  const wanted = receipts.filter(({ expect: fate }) => fate === 'order').map((receipt) => scene.omniumId(idOf(receipt)));
  await until(`${wanted.length} orders in Omnium`, async () => {
    const ids = new Set(await scene.omnium<string[]>('GET', '/orders?ids=only'));
    return wanted.every((id) => ids.has(id));
  });
}

async function omniumOrder(sitooOrderId: number): Promise<OmniumOrder | undefined> {
  return (await scene.orders()).get(scene.omniumId(sitooOrderId));
}

/** All work for these receipts is finished; nothing is on its way any more. */
async function settled(receipts: readonly LabelledReceipt[], times = 1): Promise<void> {
  const keys = new Set(receipts.map((receipt) => `DevShop/NOR/${idOf(receipt)}`));
  await until('everything settled', async () => {
    const counts = new Map<string, number>();
    for (const { key, notices, outcome } of await scene.outcomes()) {
      if (keys.has(key) && ['done', 'parked', 'skipped', 'redirect'].includes(outcome)) counts.set(key, (counts.get(key) ?? 0) + notices);
    }
    return counts.size === keys.size && [...counts.values()].every((count) => count >= times);
  });
}

test('a trading day arrives: every receipt is an order or a return on its sale, to the cent, or parked or skipped with a reason', async () => {
  const receipts = day(150, 7);
  await scene.sell(ordersOf(receipts));
  await settled(receipts);
  await returned(receipts);
  const orders = await scene.orders();
  const keys = new Set(receipts.map((receipt) => `DevShop/NOR/${idOf(receipt)}`));
  const parked = new Map((await scene.parked()).filter(({ key }) => keys.has(key)).map(({ key, reason }) => [key, reason.code]));
  const forms = new Map(
    [...orders.values()].flatMap((order) => (order.returnOrderForms ?? []).map((form) => [formOf(form), form.total ?? 0])),
  );
  for (const receipt of receipts) {
    const id = idOf(receipt);
    const order = orders.get(scene.omniumId(id));
    const isWritten = receipt.expect === 'order' || receipt.expect === 'merged';
    expect([receipt.kind, order !== undefined]).toEqual([receipt.kind, receipt.expect === 'order']);
    expect([receipt.kind, parked.has(`DevShop/NOR/${id}`)]).toEqual([receipt.kind, receipt.expect === 'parked']);
    if (!isWritten) continue;
    const total = (order?.orderForm?.total ?? 0) - (forms.get(id) ?? 0);
    expect([receipt.kind, total.toFixed(2)]).toEqual([receipt.kind, receipt.order.moneytotal_gross_all]);
  }
  expect([...parked.values()].filter((code) => code !== 'STORE_UNKNOWN')).toEqual([]);
});

test('every event three times and shuffled changes nothing: one write per receipt, no extra lines or payments', async () => {
  const receipts = day(80, 8, { onlySales: true });
  await scene.sitoo('PUT', '/settings', { repeat: 3, shuffle: true });
  await scene.sell(ordersOf(receipts));
  await arrived(receipts);
  await settled(receipts, 3);
  for (const receipt of receipts) {
    const order = await scene.order(idOf(receipt));
    expect((await scene.history(idOf(receipt))).map(({ kind }) => kind)).toEqual(['created']);
    expect(order.orderForm?.total?.toFixed(2)).toBe(receipt.order.moneytotal_gross_all);
  }
});

test('what Omnium staff added survives a replay and a correction', async () => {
  const [receipt] = day(1, 9, { onlySales: true });
  const id = idOf(receipt!);
  await scene.sell([receipt!.order]);
  await arrived([receipt!]);
  await scene.omnium('POST', `/orders/${scene.omniumId(id)}/staff-note`, { note: 'called the customer' });
  const noted = await scene.order(id);

  await scene.sendEvents([event(id, 'replayed')]);
  await settled([receipt!], 2);
  expect(await scene.order(id)).toEqual(noted);

  await scene.sell([{ ...receipt!.order, additionaldata: { ...receipt!.order.additionaldata, 'pos-receiptid': 'CORRECTED-1' } }]);
  await until('the correction', async () => JSON.stringify(await scene.order(id)).includes('CORRECTED-1'));
  const corrected = await scene.order(id);
  expect(corrected.tags).toEqual(expect.arrayContaining(noted.tags ?? []));
  expect(JSON.stringify(corrected)).toContain('called the customer');
  expect(corrected.orderForm?.total).toBe(noted.orderForm?.total);
});

test('an order that cannot be read yet is tried again and arrives', async () => {
  const receipts = day(5, 10, { onlySales: true });
  await scene.sitoo('PUT', '/settings', { unreadableFirstReads: 2 });
  await scene.sell(ordersOf(receipts));
  await arrived(receipts);
});

test('an order id that does not exist is tried again, then parked, and its neighbours go through', async () => {
  const [neighbour] = day(1, 11, { onlySales: true });
  await scene.sell([neighbour!.order], { silently: true });
  await scene.sendEvents([event(999_999_999, 'ghost'), event(idOf(neighbour!), 'neighbour')]);
  await arrived([neighbour!]);
  const find = async () => (await scene.parked()).find(({ key }) => key === 'DevShop/NOR/999999999');
  await until('the ghost is parked', async () => (await find()) !== undefined);
  expect(await find()).toMatchObject({ reason: { code: 'ORDER_NOT_READABLE' }, attempts: 7, facts: [{ id: 'ghost' }] });
});

test('input of every wrong kind is answered, kept and visible, and its neighbours go through', async () => {
  const [neighbour] = day(1, 12, { onlySales: true });
  await scene.sell([neighbour!.order], { silently: true });
  const elements = [
    17,
    { event_type: 'order' },
    { ...event(1, 'x'), event_type: 'gift-card' },
    { ...event(2, 'y'), account_id: 1 },
    event(idOf(neighbour!), 'z'),
  ];
  expect(await scene.post(JSON.stringify(elements))).toBe(200);
  expect(await scene.post('this is not JSON')).toBe(200);
  expect(await scene.post(Buffer.alloc(1024 * 1024, 'x'))).toBe(200);
  expect(await scene.post('[]', { token: 'wrong' })).toBe(503);
  expect(await scene.post('[]', { path: '/api/sitoowebhook/DevShop/DEN/events' })).toBe(503);
  await arrived([neighbour!]);
  const kafka = connectKafka({ brokers: scene.brokers, clientId: 'spec', report: () => undefined });
  const records = await readWholeTopic(kafka, sitooEventUnrecognised.topic);
  const kept = records.filter(({ timestamp }) => timestamp >= scene.since).map(({ value }) => JSON.parse(String(value)).reason.code);
  expect(kept.sort()).toEqual(
    [
      'BODY_NOT_EVENTS',
      'BODY_TOO_LARGE',
      'EVENT_ACCOUNT_UNKNOWN',
      'EVENT_DATE_MALFORMED',
      'EVENT_NOT_AN_OBJECT',
      'EVENT_TYPE_UNKNOWN',
    ].sort(),
  );
});

test('a consumer that is killed in the middle of a load loses nothing and books nothing twice', async () => {
  const receipts = day(300, 13, { onlySales: true });
  await scene.sell(ordersOf(receipts));
  await until('some orders', async () => (await scene.orders()).has(scene.omniumId(idOf(receipts[20]!))));
  await scene.app('order-sync').kill();
  await scene.app('order-sync').start();
  await arrived(receipts);
  const writes = await Promise.all(receipts.map((receipt) => scene.history(idOf(receipt))));
  expect(writes.filter((one) => one.filter(({ kind }) => kind === 'created').length !== 1)).toEqual([]);
  expect(writes.flat().filter(({ kind }) => kind !== 'created' && kind !== 'unchanged')).toEqual([]);
});

test('replaying everything parked, twice, while live receipts flow, changes nothing', async () => {
  const parkable = generateTradingDay({ seed: 15, count: 40, firstOrderId: nextOrderId, mix: { ...saleMix, 'unknown-store': 60 } });
  nextOrderId += 200;
  await scene.sell(ordersOf(parkable));
  await settled(parkable);
  const before = [new Set((await scene.parked()).map(({ key }) => key)), await scene.orders()] as const;
  const live = day(200, 16, { onlySales: true });
  await scene.sell(ordersOf(live));
  await scene.parkedTool('replay', '--group', orderFlow, '--yes', '--per-second', '200');
  await scene.parkedTool('replay', '--group', orderFlow, '--yes', '--per-second', '200');
  await arrived(live);
  await until('the replays are through', async () => {
    const parkedAgain = new Map<string, number>();
    for (const { key, outcome, notices } of await scene.outcomes())
      if (outcome === 'parked') parkedAgain.set(key, (parkedAgain.get(key) ?? 0) + notices);
    return parkable
      .filter(({ expect: fate }) => fate === 'parked')
      .every((receipt) => (parkedAgain.get(`DevShop/NOR/${idOf(receipt)}`) ?? 0) >= 3);
  });
  expect(new Set((await scene.parked()).map(({ key }) => key))).toEqual(before[0]);
  const after = await scene.orders();
  for (const [id, order] of before[1]) expect(after.get(id)).toEqual(order);
  const writes = await Promise.all(live.map((receipt) => scene.history(idOf(receipt))));
  expect(writes.every((one) => one.length === 1)).toBe(true);
});

test('2,000 receipts as fast as the gateway takes them cost few calls, and every one arrives', async () => {
  const receipts = day(2_000, 14, { onlySales: true });
  const before = { sitoo: await scene.sitooState(), omnium: await scene.omniumState() };
  await scene.sell(ordersOf(receipts));
  await arrived(receipts);
  await settled(receipts);
  const after = { sitoo: await scene.sitooState(), omnium: await scene.omniumState() };
  const sum = (calls: Record<string, number>) => Object.values(calls).reduce((total, count) => total + count, 0);
  const perThousand = {
    sitooReads: (sum(after.sitoo.calls) - sum(before.sitoo.calls)) / 2,
    omniumReads: (after.omnium.calls.readTotal - before.omnium.calls.readTotal) / 2,
    omniumWrites: (after.omnium.calls.writeTotal - before.omnium.calls.writeTotal) / 2,
  };
  expect(perThousand.sitooReads).toBeLessThanOrEqual(20);
  expect(perThousand.omniumReads).toBeLessThanOrEqual(20);
  expect(perThousand.omniumWrites).toBeLessThanOrEqual(10);
  expect([after.sitoo.limitHits - before.sitoo.limitHits, after.omnium.limitHitTotal - before.omnium.limitHitTotal]).toEqual([0, 0]);
});

test("a refund that asks for more than is left is told on the sale's order in Omnium, and that goes when the refund is called off", async () => {
  const till = (action: string, body: object) => scene.sitoo<{ orderids: number[] }>('POST', `/accounts/${account}/till/${action}`, body);
  const order = { orderitems: [{ productname: 'Shirt', sku: 'shirt', quantity: 1, vatvalue: 25, moneyrowprice: '199.00' }] };
  const payments = [{ name: 'Card', moneyamount: '199.00' }];
  const [saleId = 0] = (await till('sell', { order: { ...order, payments } })).orderids;
  const [refundId = 0] = (await till('refund', { orderid: saleId })).orderids;
  await until('the return', async () => ((await omniumOrder(saleId))?.returnOrderForms ?? []).length === 1);
  const refund = (await scene.sitoo<SitooOrder[]>('GET', `/orders/${account}`)).find(({ orderid }) => orderid === refundId);
  const again: SitooOrder = { ...refund!, orderid: refundId + 1 };
  await scene.sell([again]);
  await until('told', async () => ((await omniumOrder(saleId))?.errors ?? []).length === 1);
  expect(await omniumOrder(saleId)).toMatchObject({
    errors: [{ key: `sitoo-order-import-${saleId}`, details: expect.stringContaining('RETURN_EXCEEDS_SOLD') }],
    returnOrderForms: [expect.anything()],
  });
  await scene.sell([{ ...again, orderstateid: 20 }]);
  await until('taken off', async () => ((await omniumOrder(saleId))?.errors ?? []).length === 0);
  await until('no longer parked', async () => (await scene.parked()).every(({ key }) => key !== `DevShop/NOR/${saleId}`));
  const writes = async () => (await scene.omniumState()).calls.writeTotal;
  const before = await writes();
  const seen = (await scene.outcomes()).length;
  await scene.sell([{ ...again, orderstateid: 20 }]);
  await until('looked at again', async () => (await scene.outcomes()).length > seen + 1);
  expect(await writes()).toBe(before);
});

test('every app answers its probes and shows its metrics', async () => {
  for (const app of ['webhook-gateway', 'order-sync'] as const) {
    for (const probe of ['live', 'ready', 'startup'] as const)
      expect([app, probe, (await scene.health(app, probe)).status]).toEqual([app, probe, 200]);
  }
  expect(await scene.metrics('webhook-gateway')).toMatch(/gateway_webhooks_total\{outcome="stored".*\} \d+/);
  expect(await scene.metrics('order-sync')).toMatch(/consumer_processed_total\{.*outcome="done".*\} \d+/);
});

test('no person and no secret is in a log line, a metric, an outcome or a reason', async () => {
  const places = [
    scene.logs(),
    await scene.metrics('webhook-gateway'),
    await scene.metrics('order-sync'),
    JSON.stringify(await scene.outcomes()),
    JSON.stringify(await scene.parked()),
  ];
  for (const place of places) {
    expect(place.length).toBeGreaterThan(1_000);
    for (const planted of [plantedToken, 'demo-password', 'demo-webhook-token', 'devshop-secret', 'example.com']) {
      expect(place.toLowerCase().includes(planted.toLowerCase())).toBe(false);
    }
  }
});

function event(orderId: number, id: string): object {
  return {
    event_id: id,
    event_type: 'order',
    event_date: Math.floor(Date.now() / 1000),
    account_id: account,
    data: { eshop_id: 1, order_id: orderId, order_event_type: 'update' },
  };
}
