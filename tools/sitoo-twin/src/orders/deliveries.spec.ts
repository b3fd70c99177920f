import { startTwin, type TwinInTest } from '../testing/api';

let test: TwinInTest;
beforeEach(async () => {
  test = await startTwin({ clock: { now: () => 1_550_669_772_000, sleep: async () => undefined } });
  const row = { productname: 'Shirt', sku: '1', moneyrowprice: '100.00', vatvalue: 25 };
  await test.call('POST', '/sites/1/orders.json', {
    ordertypeid: 10,
    warehouseid: 2,
    orderitems: [
      { ...row, quantity: 2 },
      { ...row, quantity: 1 },
    ],
  });
});
afterEach(() => test.stop());

const path = '/sites/1/orders/1/orderdeliveries.json';
const deliver = (...items: [orderitemid: number, quantity: number][]) =>
  test.call('POST', path, {
    warehouseid: 2,
    orderdeliveryref: 'D1',
    orderdeliveryitems: items.map(([orderitemid, quantity]) => ({ orderitemid, quantity })),
  });
const log = async () => (await test.call('GET', '/sites/1/orders/1/orderlogitems.json')).body;
const addLog = (body: object) => test.call('POST', '/sites/1/orders/1/orderlogitems.json', body);
const deliveryEvents = async () => (await test.events()).filter(({ event_type }) => event_type === 'order-delivery');

it('adds deliveries, lists them and logs them', async () => {
  expect(await deliver([0, 1])).toEqual({ status: 200, body: 1 });
  expect(await deliver([0, 1], [1, 1])).toEqual({ status: 200, body: 2 });
  const shared = { orderid: 1, warehouseid: 2, orderdeliveryref: 'D1', datedelivery: 1_550_669_772, datecancelled: null, pluginname: '' };
  expect((await test.call('GET', path)).body).toEqual({
    totalcount: 2,
    items: [
      { ...shared, orderdeliveryid: 1, orderdeliveryitems: [{ orderdeliveryitemid: 1, orderdeliveryid: 1, orderitemid: 0, quantity: 1 }] },
      {
        ...shared,
        orderdeliveryid: 2,
        orderdeliveryitems: [
          { orderdeliveryitemid: 2, orderdeliveryid: 2, orderitemid: 0, quantity: 1 },
          { orderdeliveryitemid: 3, orderdeliveryid: 2, orderitemid: 1, quantity: 1 },
        ],
      },
    ],
  });
  expect(await log()).toMatchObject({
    totalcount: 3,
    items: [{ orderlogtypeid: 0 }, { orderlogtypeid: 70, fvalue: 1 }, { orderlogtypeid: 70, fvalue: 2 }],
  });
});

it('refuses more than is ordered and not delivered, also within one delivery', async () => {
  expect((await deliver([0, 3])).status).toBe(400);
  expect((await deliver([0, 1], [0, 2])).status).toBe(400);
  await deliver([0, 2]);
  expect((await deliver([0, 1])).status).toBe(400);
  expect((await deliver([7, 1])).status).toBe(400);
  expect(test.twin.admin.state()).toMatchObject({ violations: 0, refusals: { addOrderDelivery: 4 } });
});

it('gives the units of a cancelled delivery back', async () => {
  await deliver([0, 2]);
  test.till.moveDelivery({ orderid: 1, orderdeliveryid: 1, state: 'cancelled' });
  expect((await test.call('GET', path)).body).toMatchObject({ items: [{ datecancelled: 1_550_669_772 }] });
  expect((await deliver([0, 2])).status).toBe(200);
});

it.each([
  ['no rows', [], 'a delivery needs rows'],
  ['nothing of a row', [[0, 0]], 'quantity of row 0 must be positive'],
])('puts a delivery with %s on record', async (_, items, message) => {
  expect((await deliver(...items.map(([row = 0, quantity = 0]): [number, number] => [row, quantity]))).status).toBe(400);
  expect(test.twin.admin.violations()).toMatchObject([{ message: `body: ${message}` }]);
});

it('tells every state of a delivery by events', async () => {
  await deliver([0, 2]);
  for (const state of ['ready-to-ship', 'in-transit', 'arrived', 'ready-for-pickup', 'delivered'] as const) {
    test.till.moveDelivery({ orderid: 1, orderdeliveryid: 1, state });
  }
  const data = { eshop_id: 1, order_id: 1, order_delivery_id: 1, warehouse_id: 2 };
  const told = (await deliveryEvents()).map((event) => event.data);
  expect(told[0]).toEqual({ ...data, order_delivery_state_changed: 'new', order_delivery_event_type: 'add' });
  expect(told[5]).toEqual({ ...data, order_delivery_state_changed: 'delivered', order_delivery_event_type: 'update' });
  expect(told).toHaveLength(6);
});

it('leaves an order open that is fully delivered, unless the settings close it', async () => {
  await deliver([0, 2], [1, 1]);
  expect(test.order(1)).toMatchObject({ orderstateid: 0 });
  test.twin.admin.changeSettings({ closesOnFullDelivery: true });
  test.till.moveDelivery({ orderid: 1, orderdeliveryid: 1, state: 'cancelled' });
  await deliver([0, 2]);
  expect(test.order(1)).toMatchObject({ orderstateid: 0 });
  await deliver([1, 1]);
  expect(test.order(1)).toMatchObject({ orderstateid: 10 });
  expect((await test.events()).at(-1)).toMatchObject({ data: { order_event_type: 'update', order_state_changed: 'closed' } });
});

it('refuses to deliver what was cancelled', async () => {
  test.till.cancel({ orderid: 1 });
  expect((await deliver([0, 1])).status).toBe(400);
});

describe('the order log', () => {
  it('takes ready for pick-up and its rejection, each with an event', async () => {
    expect(await addLog({ orderlogtypeid: 900 })).toEqual({ status: 200, body: true });
    expect((await addLog({ orderlogtypeid: 910, strvalue: 'sold out' })).status).toBe(200);
    expect(await log()).toMatchObject({ items: [{}, { orderid: 1, orderlogtypeid: 900 }, { orderlogtypeid: 910, strvalue: 'sold out' }] });
    const types = (await test.events()).map(({ data }) => Object.entries(data).find(([key]) => key === 'order_event_type')?.[1]);
    expect(types).toEqual(['add', 'ready-for-pickup', 'pickup-rejected']);
    expect(test.order(1)).toMatchObject({ orderstateid: 0 });
  });

  it('takes no other type', async () => {
    expect((await addLog({ orderlogtypeid: 70 })).status).toBe(400);
    expect(test.twin.admin.violations()).toMatchObject([{ message: 'body: orderlogtypeid 70 cannot be posted' }]);
  });
});
