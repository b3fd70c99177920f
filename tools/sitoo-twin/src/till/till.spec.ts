import { startTwin, type TwinInTest } from '../testing/api';

let test: TwinInTest;
/** Unix seconds. */
let now = 0;
beforeEach(async () => {
  now = 1_772_450_000;
  test = await startTwin({ clock: { now: () => now * 1000, sleep: async () => undefined } });
});
afterEach(() => test.stop());

const row = (sku: string, quantity: number, moneyrowprice: string, over: object = {}) => ({
  productname: sku,
  sku,
  quantity,
  moneyrowprice,
  vatvalue: 25,
  ...over,
});
const order = (...orderitems: object[]) => ({ orderitems });
const shirts = () => test.till.sell({ order: order(row('shirt', 3, '100.00'), row('sock', 1, '50.00', { moneyrowdiscount: '10.00' })) });
const list = async (query: string) => (await test.call('GET', `/orders.json?${query}&sort=orderid&fields=orderid`)).body;
const registers = () => test.twin.admin.registers(1500).map(({ registerid }) => registerid);

describe('a sale', () => {
  it('is closed, paid, delivered and numbered, with the store of its register', async () => {
    expect(shirts()).toEqual({ orderids: [1] });
    expect(test.order(1)).toMatchObject({
      orderstateid: 10,
      paymentstateid: 20,
      registerid: registers()[0],
      warehouseid: 2,
      eshopid: 1,
      moneytotal_gross_all: '140.00',
      checkouttypename: 'Sitoo POS - Card',
      payments: [{ name: 'Card', moneyamount: '140.00', externalid: 'CARD' }],
      additionaldata: {
        'store-externalid': 'OSLO',
        'store-name': 'Oslo',
        'pos-receiptid': 'SII000000020000110001',
        'pos-timezone': 'Europe/Oslo',
      },
    });
    expect((await test.events()).map(({ event_type, data }) => [event_type, data])).toEqual([
      ['order', expect.objectContaining({ order_event_type: 'add' })],
      ['order-delivery', expect.objectContaining({ order_delivery_event_type: 'add', order_delivery_state_changed: 'delivered' })],
    ]);
    expect(await list('receiptid=SII000000020000110001')).toEqual({ totalcount: 1, items: [{ orderid: 1 }] });
  });

  it('fits the contract', () => {
    shirts();
    expect(() => test.twin.admin.pushOrders(1500, test.twin.admin.orders(1500), { events: false })).not.toThrow();
  });

  it('numbers its receipts per register', () => {
    const [first, second] = registers();
    for (const registerid of [first, second, first]) test.till.sell({ registerid, order: order(row('a', 1, '1.00')) });
    const receipts = test.twin.admin.orders(1500).map(({ additionaldata }) => Object(additionaldata)['pos-receiptid']);
    expect(receipts).toEqual(['SII000000020000110001', 'SII000000020000210001', 'SII000000020000110002']);
  });

  it('stays open and reserved when the goods come from elsewhere', () => {
    test.till.sell({
      isHandedOver: false,
      order: {
        ...order(row('sofa', 1, '2990.00')),
        delivery_address: 'Storgatan 1',
        reservedpayments: [{ id: 'r1', name: 'Card', moneyreserved: '2990.00' }],
      },
    });
    expect(test.order(1)).toMatchObject({ orderstateid: 0, paymentstateid: 15, payments: [], delivery_address: 'Storgatan 1' });
    expect(test.till.deliver({ orderid: 1, orderdeliveryref: 'T1', state: 'in-transit' })).toEqual({ orderids: [1], orderdeliveryid: 1 });
  });

  it('with negative rows is a return without a receipt', () => {
    test.till.sell({ order: order(row('shirt', -1, '-40.00')) });
    expect(test.order(1)).toMatchObject({ creditorderid: null, moneytotal_gross_all: '-40.00', payments: [{ moneyamount: '-40.00' }] });
  });
});

describe('a refund', () => {
  beforeEach(() => shirts());

  it('carries every documented link to its original', () => {
    test.till.refund({
      orderid: 1,
      orderitems: [{ orderitemid: 1, reasoncode: '102', warehouseid: 7 }],
      reasoncode: '101',
      comment: 'Torn',
    });
    expect(test.order(2)).toMatchObject({
      creditorderid: 1,
      orderstateid: 10,
      paymentstateid: 20,
      ordertypeid: 10,
      moneytotal_gross_all: '-40.00',
      additionaldata: {
        'pos-originalsales-orderid': '1',
        'refundreasoncode-reasoncode': '101',
        'refundreasoncode-comment': 'Torn',
        'pos-receiptid': 'SII000000020000110002',
      },
      orderitems: [
        {
          orderitemid: 0,
          quantity: -1,
          moneynetpriceperunit: '32.00',
          moneyitemtotal_net: '-32.00',
          moneyitemtotal_vat: '-8.00',
          moneydiscount: '8.00',
          decimalquantitytotal: '-1.000',
          additionaldata: { 'pos-originalsales-orderitemid': '1', 'reasoncode-return': '102', 'return-warehouseid': '7' },
        },
      ],
      payments: [{ name: 'Card', moneyamount: '-40.00', additionaldata: { 'pos-originalsales-payment-index': '0' } }],
    });
  });

  it('in parts adds up to the original to the cent', async () => {
    for (let part = 0; part < 3; part += 1) test.till.refund({ orderid: 1, orderitems: [{ orderitemid: 0, quantity: 1 }] });
    const refunds = [2, 3, 4].map((orderid) => Object(test.order(orderid)));
    expect(refunds.map(({ moneytotal_gross_all }) => moneytotal_gross_all)).toEqual(['-33.33', '-33.33', '-33.34']);
    expect(refunds.map(({ moneytotal_net }) => moneytotal_net)).toEqual(['-26.66', '-26.66', '-26.68']);
    expect(await list('creditorderid=1')).toMatchObject({ totalcount: 3 });
  });

  it('returns what is left when no rows are named, and never more', () => {
    test.till.refund({ orderid: 1, orderitems: [{ orderitemid: 0, quantity: 2 }] });
    expect(() => test.till.refund({ orderid: 1, orderitems: [{ orderitemid: 0, quantity: 2 }] })).toThrow(
      'row 0: 1 can be returned, not 2',
    );
    test.till.refund({ orderid: 1 });
    expect(test.order(3)).toMatchObject({ orderitems: [{ quantity: -1 }, { quantity: -1 }] });
    expect(() => test.till.refund({ orderid: 1 })).toThrow('nothing of order 1 is left to return');
  });
});

describe('an exchange', () => {
  const halves = () => [2, 3].map((orderid) => test.order(orderid));

  it('is two linked orders; the customer pays the difference', () => {
    shirts();
    expect(test.till.exchange({ orderid: 1, orderitems: [{ orderitemid: 1 }], order: order(row('hat', 1, '100.00')) })).toEqual({
      orderids: [2, 3],
    });
    const virtual = { name: 'Exchange', additionaldata: { 'virtual-payment': 'true' } };
    expect(halves()).toMatchObject([
      {
        creditorderid: 1,
        additionaldata: { 'pos-originalsales-orderid': '1', 'pos-refundsales-orderid': '3', 'pos-receiptid': 'SII000000020000110002' },
        payments: [{ ...virtual, moneyamount: '-40.00' }],
      },
      {
        creditorderid: null,
        additionaldata: {
          'pos-refund-orderid': '2',
          'pos-refund-receiptid': 'SII000000020000110002',
          'pos-receiptid': 'SII000000020000110003',
        },
        payments: [
          { ...virtual, moneyamount: '40.00' },
          { name: 'Card', moneyamount: '60.00' },
        ],
      },
    ]);
  });

  it('pays the rest back when the new goods cost less', () => {
    shirts();
    test.till.exchange({ orderid: 1, orderitems: [{ orderitemid: 0 }], order: order(row('hat', 1, '30.00')) });
    expect(halves()).toMatchObject([
      { payments: [{ moneyamount: '-30.00' }, { moneyamount: '-70.00' }] },
      { payments: [{ moneyamount: '30.00' }] },
    ]);
  });
});

describe('a booking', () => {
  it('holds goods without money, and its purchase names it', async () => {
    test.till.book({ order: { ...order(row('sofa', 1, '125.00')), email: 'liv@example.com' } });
    expect(test.order(1)).toMatchObject({
      ordertypeid: 100,
      orderstateid: 0,
      paymentstateid: 0,
      payments: [],
      datereserved: 1_772_450_000 + 14 * 86_400,
    });
    expect(test.order(1)).not.toHaveProperty(['additionaldata', 'pos-receiptid']);
    test.till.sellBooking({ orderid: 1 });
    expect(test.order(1)).toMatchObject({ orderstateid: 10 });
    expect(test.order(2)).toMatchObject({
      ordertypeid: 10,
      orderstateid: 10,
      email: 'liv@example.com',
      additionaldata: { 'pos-sourceorderid': '1' },
    });
    expect((await test.events()).map(({ event_type }) => event_type)).toEqual(['booking', 'order', 'order-delivery', 'booking']);
  });

  it('is cancelled by its purchase when the settings say so', () => {
    test.twin.admin.changeSettings({ soldBookingState: 20 });
    test.till.book({ ordertypeid: 110, order: order(row('sofa', 1, '125.00')) });
    test.till.sellBooking({ orderid: 1 });
    expect(test.order(1)).toMatchObject({ ordertypeid: 110, orderstateid: 20 });
  });
});

it('collects a web order: ready, delivered, closed', async () => {
  await test.call('POST', '/sites/1/orders.json', { ordertypeid: 10, warehouseid: 2, orderitems: [row('shirt', 1, '100.00')] });
  test.till.readyForPickup({ orderid: 1 });
  test.till.deliver({ orderid: 1 });
  test.till.close({ orderid: 1 });
  const told = (await test.events()).map(
    ({ data }) => Object(data).order_state_changed ?? Object(data).order_event_type ?? Object(data).order_delivery_state_changed,
  );
  expect(told).toEqual(['add', 'ready-for-pickup', 'delivered', 'closed']);
  expect(test.order(1)).toMatchObject({
    orderlogitems: [{ orderlogtypeid: 0 }, { orderlogtypeid: 900 }, { orderlogtypeid: 70 }, { orderlogtypeid: 21, strvalue: 'Staff' }],
  });
});

describe('an offline register', () => {
  it('uploads later: new ids, old dates, its own receipt numbers', async () => {
    const [registerid = '', other] = registers();
    test.till.goOffline({ registerid });
    expect(test.till.sell({ registerid, order: order(row('a', 1, '1.00')) })).toEqual({
      orderids: [],
      waiting: 1,
    });
    expect(test.till.sell({ registerid: other, order: order(row('b', 1, '1.00')) })).toEqual({ orderids: [1] });
    expect((await test.events()).filter(({ event_type }) => event_type === 'order')).toHaveLength(1);
    now += 3_600;
    expect(test.till.goOnline({ registerid })).toEqual({ orderids: [2] });
    expect(test.order(2)).toMatchObject({ orderdate: 1_772_450_000, additionaldata: { 'pos-receiptid': 'SII000000020000110001' } });
    expect((await test.events()).filter(({ event_type }) => event_type === 'order')).toHaveLength(2);
  });
});

describe('over HTTP', () => {
  const act = async (action: string, body: object) => {
    const response = await fetch(`${test.twin.url}/_twin/accounts/1500/till/${action}`, { method: 'POST', body: JSON.stringify(body) });
    return { status: response.status, body: JSON.parse(await response.text()) };
  };

  it('does the same', async () => {
    expect(await act('sell', { order: order(row('a', 2, '20.00')) })).toEqual({ status: 200, body: { orderids: [1] } });
    expect(await act('refund', { orderid: 1 })).toEqual({ status: 200, body: { orderids: [2] } });
  });

  it.each([
    ['refund', { orderid: 9 }, 'Not found'],
    ['refund', { order: 9 }, "refund: data must have required property 'orderid', data must NOT have additional properties"],
    ['juggle', {}, 'the till has no action juggle'],
    ['sell', { order: { orderitems: [{ quantity: 1 }] } }, "OrderWrite: /orderitems/0 must have required property 'productname'"],
    ['sell', { registerid: '{X}', order: {} }, 'there is no register {X}'],
  ])('answers %s %j with what is wrong', async (action, body, error) => {
    expect(await act(action, body)).toEqual({ status: 400, body: { error } });
  });
});
