import type { OmniumOrder, SitooOrder } from '@connector/contracts';
import { readParked } from '@connector/event-bus';
import { account, Scene, until } from './scene';

const omniumToken = 'demo-omnium-token-of-the-twins';
const webOrderFlow = 'order-sync.omnium-order';
/** Longer than the longest delay before a second look, and than a call may wait for its turn at Sitoo. */
const quietMs = 5_000;

let scene: Scene;
// Ids that no earlier run on the same broker has used.
let nextId = Date.now();

beforeAll(async () => {
  scene = await Scene.start();
});
afterAll(() => scene?.stop());
afterEach(async () => {
  const { violations } = await scene.omnium<{ violations: object[] }>('GET', '/violations');
  expect({ sitoo: await scene.sitoo<object[]>('GET', '/violations'), omnium: violations }).toEqual({ sitoo: [], omnium: [] });
});

const lines = [
  { code: 'shirt', quantity: 2, placedPrice: 199.5 },
  { code: 'socks', quantity: 1, placedPrice: 49 },
];
const customer = { name: 'Kari Nordmann', email: 'kari@example.com', phone: '+4740000000' };

/** Places an order in Omnium's web shop: its workflow hands it to the gateway, and an event announces it. */
async function place(where: { pickUpIn: string } | { shipFrom: string; address?: object }): Promise<string> {
  nextId += 1;
  const id = `WEB-${nextId}`;
  await scene.omnium('POST', '/webshop/orders', { id, ...where, lines, customer });
  return id;
}

/** What Sitoo has for an Omnium order: under its id, or one made anew. */
async function exported(id: string): Promise<SitooOrder[]> {
  const orders = await scene.sitoo<SitooOrder[]>('GET', `/orders/${account}`);
  return orders.filter(({ externalid }) => externalid === id || externalid?.startsWith(`${id}_`));
}

async function exportedOnce(id: string): Promise<SitooOrder> {
  await until(`${id} in Sitoo`, async () => (await exported(id)).length > 0);
  const orders = await exported(id);
  expect(orders).toHaveLength(1);
  return orders[0]!;
}

const till = (action: string, body: object) => scene.sitoo<{ orderids: number[] }>('POST', `/accounts/${account}/till/${action}`, body);
const omniumOrder = (id: string) => scene.omnium<OmniumOrder>('GET', `/orders/${id}`);
const parked = async (id: string) =>
  (await readParked({ brokers: scene.brokers, groups: [webOrderFlow] })).find(({ key }) => key === `DevShop/NOR/${id}`);

/** Both directions have looked at everything, and nothing is on its way: no outcome, no event that Sitoo still holds, no write. */
async function quiet(): Promise<void> {
  let [seen, since] = ['', Date.now()];
  await until('quiet', async () => {
    const { events } = await scene.sitooState();
    const now = JSON.stringify([(await scene.outcomes()).length, events.acknowledged, await writes()]);
    if (now !== seen || events.pending > 0) [seen, since] = [now, Date.now()];
    return Date.now() - since > quietMs;
  });
}

/** Writes to orders at Sitoo and Omnium so far. */
async function writes(): Promise<{ sitoo: number; omnium: number }> {
  const { calls } = await scene.sitooState();
  const sitoo = Object.entries(calls).filter(([operation]) => /^(add|update|delete)/i.test(operation));
  return { sitoo: sitoo.reduce((sum, [, count]) => sum + count, 0), omnium: (await scene.omniumState()).calls.writeTotal };
}

/** The writes when they have come to an end: none between two times of quiet. A second look may be on a delay topic when it is quiet first. */
async function lastWrites(): Promise<{ sitoo: number; omnium: number }> {
  let last = await writes();
  await until('the last write', async () => {
    await quiet();
    const [before, now] = [last, await writes()];
    last = now;
    return now.sitoo === before.sitoo && now.omnium === before.omnium;
  });
  return last;
}

test('a pick-up is one open, paid Sitoo order without delivery address, however often its step runs, and the till finishes it', async () => {
  const id = await place({ pickUpIn: 'oslo-downtown' });
  const order = await exportedOnce(id);
  expect(order).toMatchObject({
    ordertypeid: 10,
    orderstateid: 0,
    paymentstateid: 20,
    moneytotal_gross_all: '448.00',
    warehouseid: expect.any(Number),
  });
  expect([order.delivery_address, order.delivery_zip, order.delivery_city]).toEqual(['', '', '']);
  await scene.omnium('POST', `/orders/${id}/status`, { status: 'New' });
  await quiet();
  expect((await exported(id)).map(({ orderid }) => orderid)).toEqual([order.orderid]);

  await till('readyForPickup', { orderid: order.orderid });
  await until('ready in Omnium', async () => (await omniumOrder(id)).status === 'ReadyForPickup');
  await till('deliver', { orderid: order.orderid });
  await till('close', { orderid: order.orderid });
  await until('collected in Omnium', async () => (await omniumOrder(id)).status === 'Completed');
  const written = await lastWrites();
  // The order itself, and at most one write for each thing that the till did.
  expect(written.sitoo).toBe(1);
  expect(written.omnium).toBeLessThanOrEqual(3);
  expect((await exported(id)).map(({ orderid, orderstateid }) => [orderid, orderstateid])).toEqual([[order.orderid, 10]]);
  const ofOmnium = [...(await scene.orders()).values()].filter(({ id: one }) => one === id || one?.includes(`-${order.orderid}`));
  expect(ofOmnium.map(({ id: one }) => one)).toEqual([id]);
});

test('a delivery from a store is one Sitoo order with the address, and the store sends it', async () => {
  const id = await place({ shipFrom: 'bergen-harbour' });
  const order = await exportedOnce(id);
  expect(order).toMatchObject({
    orderstateid: 0,
    paymentstateid: 20,
    delivery_address: 'Storgata 1',
    delivery_zip: '0155',
    delivery_city: 'Oslo',
  });
  await till('deliver', { orderid: order.orderid });
  await till('close', { orderid: order.orderid });
  await until('sent in Omnium', async () => (await omniumOrder(id)).status === 'Completed');
  await quiet();
  expect(await exported(id)).toHaveLength(1);
});

test('an order that the customer cancels is cancelled in the store', async () => {
  const id = await place({ pickUpIn: 'oslo-downtown' });
  await exportedOnce(id);
  await scene.omnium('POST', `/webshop/orders/${id}/cancel`);
  await until('cancelled in Sitoo', async () => (await exported(id)).every(({ orderstateid }) => orderstateid === 20));
  await quiet();
  expect(await exported(id)).toHaveLength(1);
  expect((await omniumOrder(id)).status).toBe('OrderCanceled');
});

test('an order without an address is told on the order in Omnium, and goes through with nothing left of that once the address is there', async () => {
  const id = await place({ shipFrom: 'oslo-downtown', address: { line1: '' } });
  await until('parked', async () => (await parked(id)) !== undefined);
  await until('told', async () => ((await omniumOrder(id)).errors ?? []).length > 0);
  expect(await omniumOrder(id)).toMatchObject({
    errors: [{ key: 'sitoo-order-export', details: expect.stringContaining('ADDRESS_MISSING') }],
  });
  expect(await exported(id)).toEqual([]);
  const address = { line1: 'Strandgaten 5', postalCode: '5013', city: 'Bergen', countryCode: 'NO' };
  await scene.omnium('PATCH', `/webshop/orders/${id}`, { orderForm: { shipments: [{ shipmentId: '1', address }] } });
  expect(await exportedOnce(id)).toMatchObject({ delivery_address: 'Strandgaten 5' });
  await until('taken off', async () => ((await omniumOrder(id)).errors ?? []).length === 0);
  await until('no longer parked', async () => (await parked(id)) === undefined);
  await quiet();
});

test('orders placed while the gateway was away and whose events are lost are found by the reconciliation, once', async () => {
  const { webhooks: before } = await scene.omnium<{ webhooks: { lost: number } }>('GET', '/state');
  await scene.omnium('PUT', '/settings', { timeScale: 0.01 });
  await scene.app('webhook-gateway').stop();
  const ids = [await place({ pickUpIn: 'oslo-downtown' }), await place({ shipFrom: 'oslo-downtown' })];
  await until('the events are given up', async () => {
    const { webhooks } = await scene.omnium<{ webhooks: { lost: number; pending: number } }>('GET', '/state');
    return webhooks.pending === 0 && webhooks.lost > before.lost;
  });
  await scene.omnium('PUT', '/settings', { timeScale: 1 });
  await scene.app('webhook-gateway').start();
  expect((await Promise.all(ids.map(exported))).flat()).toEqual([]);
  // What Omnium's address cannot read asks for the task, as a schedule or a person would.
  expect(await scene.post('no event', { path: '/api/omniumwebhook/DevShop/NOR', token: omniumToken })).toBe(200);
  for (const id of ids) await exportedOnce(id);
  await quiet();
  for (const id of ids) expect(await exported(id)).toHaveLength(1);
});
