import { startTwin, type TwinInTest } from '../testing/api';
import { fixture } from '../testing/fixture';
import { anOrder, SEED } from '../testing/samples';

let test: TwinInTest;
beforeEach(async () => {
  test = await startTwin({ clock: { now: () => 1_550_669_772_000, sleep: async () => undefined } });
});
afterEach(() => test.stop());

const webOrder = (over: object = {}) => ({
  externalid: 'WEB-1',
  ordertypeid: 10,
  paymentstateid: 20,
  warehouseid: 2,
  additionaldata: { weborder: 'true' },
  orderitems: [
    { productname: 'Shirt', sku: '14785-5', quantity: 2, moneyrowprice: '798.00', vatvalue: 25, additionaldata: { 'web-itemid': '10' } },
  ],
  ...over,
});
const post = (over?: object) => test.call('POST', '/sites/1/orders.json', webOrder(over));
const put = (orderid: number, body: object) => test.call('PUT', `/sites/1/orders/${orderid}.json`, body);
const read = async (orderid: number) => (await test.call('GET', `/sites/1/orders/${orderid}.json`)).body;
const violations = () => test.twin.admin.violations().map(({ message }) => message);

describe('adding an order', () => {
  it('gives what Sitoo publishes for its own sample, but for products the twin does not have', async () => {
    test.twin.admin.pushOrders(1500, [anOrder(11_513)], { events: false });
    expect(await test.call('POST', '/sites/1/orders.json', fixture('order-write-basic'))).toEqual({ status: 200, body: 11_514 });
    const published = fixture('order-read-api-created-discount');
    const orderitems = published.orderitems.map((row: object) => ({ ...row, productid: null }));
    expect(await read(11_514)).toEqual({ ...published, orderitems, reservedpayments: [] });
    expect(violations()).toEqual([]);
  });

  it('gets an id above those that the seed keeps for others', async () => {
    await test.stop();
    const [account] = SEED.accounts;
    test = await startTwin({ seed: { accounts: [{ ...account!, lastorderid: 5_000 }] } });
    test.twin.admin.pushOrders(1500, [anOrder(11)], { events: false });
    expect(await post()).toEqual({ status: 200, body: 5_001 });
  });

  it('rounds a row as the published sale: 15.00 at 6 percent', async () => {
    await post({ orderitems: [{ productname: 'Book', quantity: 1, moneyrowprice: '15.00', vatvalue: 6 }] });
    expect(await read(1)).toMatchObject({ moneyfinal_net: '14.15', moneyfinal_vat: '0.85', moneytotal_gross_all: '15.00' });
  });

  it('keeps what is written, fills in the rest, and gives rising ids', async () => {
    expect([(await post()).body, (await post({ externalid: 'WEB-2' })).body]).toEqual([1, 2]);
    expect(await read(1)).toMatchObject({
      externalid: 'WEB-1',
      orderstateid: 0,
      paymentstateid: 20,
      warehouseid: 2,
      registerid: null,
      currencycode: 'NOK',
      orderdate: 1_550_669_772,
      additionaldata: { weborder: 'true' },
      orderitems: [{ orderitemid: 0, additionaldata: { 'web-itemid': '10' }, moneyitemtotal_net: '638.40', moneyitemtotal_vat: '159.60' }],
    });
  });

  it('prices measured goods per unit of measure', async () => {
    await post({
      orderitems: [{ productname: 'Cheese', quantity: 2, decimalunitquantity: '0.500', moneyrowprice: '115.00', vatvalue: 15 }],
    });
    expect(await read(1)).toMatchObject({
      orderitems: [
        { decimalquantitytotal: '1.000', moneynetpriceperunit: '100.00', moneynetpriceperquantity: '50.00', moneyitemtotal_net: '100.00' },
      ],
    });
  });

  it('raises add, and update when it is changed, with the state it moved to', async () => {
    await post();
    await put(1, { comment: 'Ring the bell' });
    await put(1, { orderstateid: 20 });
    const data = { eshop_id: 1, order_id: 1, warehouse_id: 2 };
    expect(await test.events()).toEqual([
      { event_type: 'order', data: { ...data, order_event_type: 'add' } },
      { event_type: 'order', data: { ...data, order_event_type: 'update' } },
      { event_type: 'order', data: { ...data, order_event_type: 'update', order_state_changed: 'cancelled' } },
    ]);
  });

  it('raises nothing for writes of the API when the settings say so', async () => {
    test.twin.admin.changeSettings({ echoesApiWrites: false });
    await post();
    expect(await test.events()).toEqual([]);
  });

  it('refuses an external id that is in use, which is no breach of the contract', async () => {
    await post();
    expect(await post()).toEqual({ status: 400, body: { statuscode: 400, errortext: 'externalid is already in use' } });
    expect(test.twin.admin.state()).toMatchObject({ orders: 1, violations: 0, refusals: { addOrder: 1 } });
  });

  it.each([
    ['externalid', { externalid: 'WEB 1' }, 'body: /externalid must match pattern'],

    ['a read-only field', { orderid: 7 }, "body: Invalid field 'orderid' provided in request body"],
    [
      'a read-only field of a row',
      { orderitems: [{ productname: 'S', quantity: 1, moneyitemtotal_net: '1.00' }] },
      "body: Invalid field 'moneyitemtotal_net'",
    ],
    ['an unknown field of a payment', { payments: [{ name: 'Card', moneyamount: '1.00', amount: 1 }] }, "body: Invalid field 'amount'"],
    [
      'money as a number',
      { orderitems: [{ productname: 'S', quantity: 1, moneyrowprice: 1 }] },
      'body: /orderitems/0/moneyrowprice must be string',
    ],
    ['a row without a name', { orderitems: [{ quantity: 1 }] }, "body: /orderitems/0 must have required property 'productname'"],
    ['an unknown warehouse', { warehouseid: 99 }, 'body: there is no warehouse 99'],
    ['a return of nothing known', { orderitems: [{ productname: 'S', quantity: -1 }] }, 'body: a negative quantity needs creditorderid'],
    [
      'a return with a positive price',
      { creditorderid: 1, orderitems: [{ productname: 'S', quantity: -1, moneyrowprice: '10.00' }] },
      'body: moneyrowprice has another sign',
    ],
  ])('refuses %s and puts it on record', async (_, over, message) => {
    expect((await post(over)).status).toBe(400);
    expect(violations()).toEqual([expect.stringContaining(message)]);
    expect(test.twin.admin.state().orders).toBe(0);
  });

  it('takes an external id of 40 characters and refuses 41', async () => {
    expect((await post({ externalid: 'W'.repeat(40) })).status).toBe(200);
    expect((await post({ externalid: 'W'.repeat(41) })).status).toBe(400);
    expect(violations()).toContainEqual('body: /externalid must NOT have more than 40 characters');
  });

  it('takes a return of a known order', async () => {
    await post();
    await post({
      externalid: 'RET-1',
      creditorderid: 1,
      orderitems: [{ productname: 'Shirt', quantity: -1, moneyrowprice: '-399.00', vatvalue: 25 }],
    });
    expect(await read(2)).toMatchObject({
      creditorderid: 1,
      moneytotal_gross_all: '-399.00',
      orderitems: [{ quantity: -1, moneynetpriceperunit: '319.20', moneyitemtotal_net: '-319.20' }],
    });
  });

  it('happens although the caller never hears of it when the connection is cut', async () => {
    test.twin.admin.addFault({ kind: 'reset', calls: 1, operation: 'addOrder' });
    await test.call('GET', '/orders.json');
    await expect(post()).rejects.toThrow('fetch failed');
    expect((await test.call('GET', '/orders.json?externalid=WEB-1&fields=orderid')).body).toEqual({
      totalcount: 1,
      items: [{ orderid: 1 }],
    });
    expect((await post()).status).toBe(400);
  });
});

describe('changing an order', () => {
  beforeEach(() => post());

  it('changes only what is sent', async () => {
    expect(await put(1, { namefirst: 'Adam' })).toEqual({ status: 200, body: true });
    expect(await read(1)).toMatchObject({ namefirst: 'Adam', externalid: 'WEB-1', additionaldata: { weborder: 'true' } });
  });

  it('replaces maps whole, since nobody says that Sitoo merges them', async () => {
    await put(1, { additionaldata: { tag: 'x' } });
    expect(await read(1)).toMatchObject({ additionaldata: { tag: 'x' } });
    expect(await read(1)).not.toHaveProperty(['additionaldata', 'weborder']);
  });

  it('is the previous version to a stale read', async () => {
    await put(1, { namefirst: 'Adam' });
    test.twin.admin.addFault({ kind: 'staleRead', calls: 1 });
    expect(await read(1)).toMatchObject({ namefirst: '' });
  });

  it.each([
    ['rows', { orderitems: [{ productname: 'S', quantity: 1 }] }, "Invalid field 'orderitems'"],
    ['a read-only field', { moneytotal_net: '1.00' }, "Invalid field 'moneytotal_net'"],
    ['nothing', {}, 'must NOT have fewer than 1 properties'],
    ['an unknown state', { orderstateid: 30 }, '/orderstateid must be one of'],
  ])('refuses %s and puts it on record', async (_, body, message) => {
    expect((await put(1, body)).status).toBe(400);
    expect(violations()).toEqual([expect.stringContaining(message)]);
  });

  it('never reopens an order', async () => {
    await put(1, { orderstateid: 10 });
    expect((await put(1, { orderstateid: 0 })).status).toBe(400);
    expect(violations()).toEqual(['body: orderstateid cannot change from 10 to 0']);
    expect((await put(1, { orderstateid: 10 })).status).toBe(200);
  });

  it('knows the order on its own site only', async () => {
    expect((await test.call('PUT', '/sites/2/orders/1.json', { namefirst: 'A' })).status).toBe(404);
    expect((await put(9, { namefirst: 'A' })).status).toBe(404);
    expect(test.twin.admin.state().violations).toBe(0);
  });
});
