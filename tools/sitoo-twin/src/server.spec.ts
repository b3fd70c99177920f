import { startSitooTwin, type SitooTwin, type SitooTwinOptions } from './index';
import { anOrder, basic, KEY_ONE, KEY_TWO, SEED } from './testing/samples';
import { eventually } from './testing/eventually';
import { startReceiver } from './testing/receiver';

let twin: SitooTwin;
const start = async (options: SitooTwinOptions = {}) => {
  twin = await startSitooTwin({ seed: SEED, ...options, settings: { latencyMs: 0, ...options.settings } });
};
afterEach(() => twin.stop());

interface ApiBody {
  totalcount: number;
  items: { orderid: number }[];
}
async function get(path: string, authorization = KEY_ONE) {
  const response = await fetch(`${twin.url}/v2/accounts/1500${path}`, { headers: { authorization } });
  const body: ApiBody = JSON.parse(await response.text());
  return { status: response.status, headers: response.headers, body };
}
const ids = async (query: string) => {
  const { body } = await get(`/orders.json?${query}`);
  return body.items.map((order) => order.orderid);
};

describe('login', () => {
  beforeEach(() => start());

  it.each([
    ['no header', ''],
    ['a wrong password', basic('1500-1', 'second')],
    ['the key of another account', basic('1600-1', 'other')],
    ['a bearer token', 'Bearer abc'],
  ])('refuses %s with 401', async (_, authorization) => {
    expect(await get('/orders.json', authorization)).toMatchObject({ status: 401, body: { statuscode: 401 } });
    expect(twin.admin.state()).toMatchObject({ authFailures: 1, violations: 0, limitHits: 0 });
  });

  it('lets every key of the account in', async () => {
    expect([(await get('/orders.json', KEY_ONE)).status, (await get('/orders.json', KEY_TWO)).status]).toEqual([200, 200]);
    expect(twin.admin.state().callsByKey).toEqual({ '1500-1': 1, '1500-2': 1 });
  });
});

describe('limits', () => {
  const together = async (keys: string[]) => {
    const answers = await Promise.all(keys.map((key) => get('/orders.json', key)));
    return answers.toSorted((a, b) => a.status - b.status);
  };

  it('answers a second call at the same time with "Too many connections"', async () => {
    await start({ settings: { latencyMs: 50 } });
    const [first, second] = await together([KEY_ONE, KEY_ONE]);
    expect(first?.status).toBe(200);
    expect(second).toMatchObject({ status: 429, body: { statuscode: 429, errortext: 'Too many connections' } });
    expect(twin.admin.state().limitHits).toBe(1);
    expect(twin.admin.violations()).toMatchObject([
      { kind: 'concurrency', account: 1500, key: '1500-1', request: 'GET /v2/accounts/1500/orders.json' },
    ]);
  });

  it('lets two keys call at the same time, unless the account is the scope', async () => {
    await start({ settings: { latencyMs: 50 } });
    expect((await together([KEY_ONE, KEY_TWO])).map(({ status }) => status)).toEqual([200, 200]);
    twin.admin.changeSettings({ concurrencyScope: 'account' });
    expect((await together([KEY_ONE, KEY_TWO])).map(({ status }) => status)).toEqual([200, 429]);
  });

  it('never refuses a caller that waits for each answer', async () => {
    await start();
    for (let call = 0; call < 100; call += 1) await get('/orders.json');
    expect(twin.admin.state()).toMatchObject({ limitHits: 0, calls: { getAllOrders: 100 } });
  });

  it('names the end of the slot when the calls per second are used up', async () => {
    await start({ settings: { ratePerSecond: 1 }, clock: { now: () => 5_400, sleep: async () => undefined } });
    await get('/orders.json');
    const { status, headers } = await get('/orders.json');
    expect([status, headers.get('x-rate-limit-reset'), headers.get('retry-after')]).toEqual([429, '6', '1']);
  });
});

describe('the order list', () => {
  beforeEach(async () => {
    await start();
    twin.admin.pushOrders(1500, [
      anOrder(1),
      anOrder(2, { externalid: 'WEB-1', orderstateid: 0, paymentstateid: 15, email: 'liv@example.com' }),
      anOrder(3, { creditorderid: 1, warehouseid: 7 }),
      anOrder(4, { ordertypeid: 100, eshopid: 2, paymentstateid: 0 }),
    ]);
  });

  it.each([
    ['', [4, 3, 2, 1]],
    ['sort=orderid', [1, 2, 3, 4]],
    ['sort=-orderid', [4, 3, 2, 1]],
    ['orderid=1,3,99', [3, 1]],
    ['eshopid=2', [4]],
    ['externalid=WEB-1,WEB-2', [2]],
    ['receiptid=SII000000150000113', [3]],
    ['receiptid=SII000000150000113&orderid=1', [3]],
    ['creditorderid=1', [3]],
    ['creditorderid=1&orderid=2', [3]],
    ['orderidfrom=2&orderidto=4', [3, 2]],
    ['orderdatefrom=1770000002&orderdateto=1770000004', [3, 2]],
    ['orderstate=0', [2]],
    ['orderstate=0,10', [4, 3, 2, 1]],
    ['paymentstate=15,0', [4, 2]],
    ['ordertype=100', [4]],
    ['warehouseid=7', [3]],
    ['email=liv@example.com', [2]],
    ['sort=orderid&start=1&num=2', [2, 3]],
  ])('with "%s" lists %j', async (query, expected) => {
    expect(await ids(query)).toEqual(expected);
    expect(twin.admin.state().violations).toBe(0);
  });

  it('returns ten rows unless told otherwise, and counts all matches', async () => {
    twin.admin.pushOrders(
      1500,
      Array.from({ length: 20 }, (_, index) => anOrder(index + 1)),
    );
    const { body } = await get('/orders.json');
    expect([body.totalcount, body.items.length]).toEqual([20, 10]);
    expect((await get('/orders.json?num=1000')).body.items).toHaveLength(20);
  });

  it('leaves out by default what Sitoo leaves out', async () => {
    const order = { ...(await get('/orders.json?orderid=3')).body.items[0] };
    expect(order).toMatchObject({ orderid: 3, eshopid: 1, additionaldata: {}, payments: [{}] });
    expect(Object.keys(order)).not.toEqual(expect.arrayContaining(['creditorderid']));
    expect(Object.keys(order)).not.toEqual(expect.arrayContaining(['externalid']));
  });

  it('returns exactly the fields asked for', async () => {
    expect((await get('/orders.json?orderid=3&fields=orderid,creditorderid')).body.items).toEqual([{ orderid: 3, creditorderid: 1 }]);
  });

  it('of one site is limited to the site', async () => {
    expect((await get('/sites/1/orders.json')).body.totalcount).toBe(3);
  });
});

describe('other reads', () => {
  beforeEach(() => start());

  it('answers one order with all its fields, on its own site only', async () => {
    twin.admin.pushOrders(1500, [anOrder(3, { creditorderid: 1 })]);
    expect((await get('/sites/1/orders/3.json')).body).toEqual(anOrder(3, { creditorderid: 1 }));
    expect((await get('/sites/2/orders/3.json')).status).toBe(404);
    expect((await get('/sites/1/orders/4.json')).status).toBe(404);
    expect((await get('/sites/9/stores.json')).status).toBe(404);
  });

  it('answers stores and warehouses with all fields', async () => {
    const [account] = SEED.accounts;
    expect((await get('/sites/1/stores.json')).body).toEqual({ totalcount: 1, items: account?.stores });
    expect((await get('/sites/1/stores/3.json')).body).toEqual(account?.stores?.[0]);
    expect((await get('/sites/1/warehouses.json?fields=warehouseid,storeid')).body.items).toEqual([{ warehouseid: 2, storeid: 3 }]);
    expect((await get('/sites/1/warehouses/2.json')).body).toEqual(account?.warehouses?.[0]);
    expect((await get('/sites/1/warehouses/9.json')).status).toBe(404);
  });

  it('answers users with their default fields, filtered', async () => {
    const anna = { userid: '{106BCAF2-7731-26CB-1FC6-7F0182FC31C7}', email: 'anna.wilson@example.com' };
    expect((await get('/sites/1/users.json?email=anna.wilson@example.com')).body).toEqual({ totalcount: 1, items: [anna] });
    expect((await get(`/sites/1/users.json?userid=${encodeURIComponent(anna.userid)}`)).body.items).toEqual([anna]);
    expect((await get(`/sites/1/users/${encodeURIComponent(anna.userid)}.json`)).body).toMatchObject({ ...anna, city: 'Oslo' });
  });
});

describe('registers, payment types and reason codes', () => {
  const bare = { registerid: '{R}', registerkey: null, warehouseid: 2 };
  beforeEach(async () => {
    const [account] = SEED.accounts;
    const reasoncodes = [
      { reasoncodeid: 1, type: 10, reasoncode: '101', name: 'Reclaim' },
      { reasoncodeid: 2, type: 20, reasoncode: '201', name: 'Damaged box' },
    ];
    await start({
      seed: {
        accounts: [
          { id: 1600, keys: [] },
          { ...account, id: 1500, keys: account?.keys ?? [], reasoncodes },
        ],
      },
    });
  });

  it('has two registers per shop, as the generated receipts have', async () => {
    const { body } = await get('/sites/1/cashregisters.json');
    expect(body).toMatchObject({ totalcount: 2, items: [{ registerkey: 'SII0000000200001', warehouseid: 2, currencycode: 'NOK' }, {}] });
    const [{ registerid = '' } = {}] = twin.admin.registers(1500);
    expect((await get(`/sites/1/cashregisters/${encodeURIComponent(registerid)}.json`)).body).toMatchObject({ registerid });
    expect((await get('/sites/1/cashregisters/%7BX%7D.json')).status).toBe(404);
  });

  it('lists registers without a key only when asked', async () => {
    await twin.stop();
    await start({ seed: { accounts: [{ id: 1500, keys: SEED.accounts[0]?.keys ?? [], registers: [bare] }] } });
    expect((await get('/sites/1/cashregisters.json')).body.totalcount).toBe(0);
    expect((await get('/sites/1/cashregisters.json?includenotregistered=true')).body.items).toEqual([bare]);
  });

  it('lists payment types as a plain array', async () => {
    const { body } = await get('/sites/1/pospaymenttypes.json?fields=name,externalid');
    expect(body).toContainEqual({ name: 'Cash', externalid: 'CASH' });
    expect((await get('/sites/1/pospaymenttypes/2.json')).body).toMatchObject({ paymenttypeid: 2, paymentmethodid: 100 });
  });

  it('lists reason codes, of the types asked for', async () => {
    expect((await get('/reasoncodes.json')).body.totalcount).toBe(2);
    expect((await get('/reasoncodes.json?type=20')).body.items).toEqual([
      { reasoncodeid: 2, type: 20, reasoncode: '201', name: 'Damaged box' },
    ]);
    expect((await get('/reasoncodes/1.json')).body).toMatchObject({ name: 'Reclaim' });
    expect(twin.admin.state().violations).toBe(0);
  });
});

describe('the contract', () => {
  beforeEach(() => start());

  it('ignores an unknown filter as Sitoo does, and reports it', async () => {
    expect((await get('/orders.json?datelastmodified-from=1')).status).toBe(200);
    expect(twin.admin.violations()).toMatchObject([
      { kind: 'contract', operation: 'getAllOrders', message: "query: unknown parameter 'datelastmodified-from'" },
    ]);
  });

  it('refuses a value of the wrong type with 400', async () => {
    expect(await get('/orders.json?orderid=1,x')).toMatchObject({ status: 400, body: { statuscode: 400 } });
    expect(twin.admin.state().violations).toBe(1);
  });

  it('reports a misspelt field', async () => {
    await get('/orders.json?fields=orderid,creditorder');
    expect(twin.admin.violations()).toMatchObject([{ message: "query: unknown field 'creditorder' in fields" }]);
  });

  it.each([
    ['an unknown path', '/orders', 'route: no such path: /orders'],
    ['an operation the twin does not serve', '/sites/1/settings.json', 'the twin does not serve getSettings'],
  ])('answers %s with 404 and reports it', async (_, path, message) => {
    expect((await get(path)).status).toBe(404);
    expect(twin.admin.violations()).toMatchObject([{ message }]);
    expect(twin.admin.state().violations).toBe(1);
  });
});

describe('faults', () => {
  beforeEach(() => start());

  it('answers a storm of 429 for as many calls as told, without counting them as limit hits', async () => {
    twin.admin.addFault({ kind: '429storm', calls: 2, retryAfterSeconds: 3 });
    const answers = [await get('/orders.json'), await get('/orders.json'), await get('/orders.json')];
    expect(answers.map(({ status }) => status)).toEqual([429, 429, 200]);
    expect(answers[0]?.headers.get('retry-after')).toBe('3');
    expect(twin.admin.state()).toMatchObject({ limitHits: 0, faultsServed: 2, faultsWaiting: [] });
  });

  it('answers 5xx with the status told', async () => {
    twin.admin.addFault({ kind: '5xx', calls: 1, status: 503 });
    expect((await get('/orders.json')).status).toBe(503);
  });

  it('cuts the connection on reset', async () => {
    twin.admin.addFault({ kind: 'reset', calls: 1 });
    await expect(get('/orders.json')).rejects.toThrow('fetch failed');
    expect((await get('/orders.json')).status).toBe(200);
  });

  it('holds a hung call until the caller gives up, and its place with it', async () => {
    twin.admin.addFault({ kind: 'hang', calls: 1 });
    const caller = new AbortController();
    const hung = fetch(`${twin.url}/v2/accounts/1500/orders.json`, { headers: { authorization: KEY_ONE }, signal: caller.signal });
    await eventually(() => twin.admin.state().faultsServed === 1);
    expect((await get('/orders.json')).status).toBe(429);
    caller.abort();
    await expect(hung).rejects.toThrow('abort');
    await eventually(() => twin.admin.state().limitHits === 1);
    let status = 429;
    while (status === 429) status = (await get('/orders.json')).status;
    expect(status).toBe(200);
  });

  it('answers a stale read with the order before its last write, or without it', async () => {
    twin.admin.pushOrders(1500, [anOrder(1, { orderstateid: 0 }), anOrder(2)]);
    twin.admin.pushOrders(1500, [anOrder(1, { orderstateid: 10 })]);
    twin.admin.addFault({ kind: 'staleRead', calls: 2, account: 1500 });
    expect((await get('/orders.json?fields=orderid,orderstateid')).body).toEqual({
      totalcount: 1,
      items: [{ orderid: 1, orderstateid: 0 }],
    });
    expect((await get('/sites/1/orders/2.json')).status).toBe(404);
    expect((await get('/sites/1/orders/2.json')).status).toBe(200);
  });

  it('keeps a pushed order from its first reads when told so', async () => {
    twin.admin.changeSettings({ unreadableFirstReads: 1 });
    twin.admin.pushOrders(1500, [anOrder(1), anOrder(2)]);
    expect((await get('/sites/1/orders/1.json')).status).toBe(404);
    expect((await get('/sites/1/orders/1.json')).status).toBe(200);
    expect(await ids('orderid=1,2')).toEqual([1]);
    expect(await ids('orderid=1,2')).toEqual([2, 1]);
  });
});

describe('events of orders', () => {
  it('reach the subscriber with the published shape, once per order', async () => {
    const receiver = await startReceiver((call) => (call === 1 ? 503 : 200));
    await start({ settings: { timeScale: 0.001, responseDeadlineSeconds: 15_000 } });
    await twin.admin.setSubscriptions(1500, {
      event_subscriptions: [{ base_url: `${receiver.url}/api/sitoowebhook/shop/nor/`, api_token: 'dG9rZW4=', event_types: ['order'] }],
    });
    twin.admin.pushOrders(1500, [anOrder(1, { orderstateid: 0 }), anOrder(2, { ordertypeid: 100 })]);
    await eventually(() => twin.admin.state().events.acknowledged === 1);
    twin.admin.pushOrders(1500, [anOrder(1)]);
    twin.admin.pushOrders(1500, [anOrder(3)], { events: false });
    await eventually(() => twin.admin.state().events.acknowledged === 2);
    twin.admin.pushOrders(1500, [anOrder(1, { email: 'late@example.com' })]);
    await eventually(() => twin.admin.state().events.acknowledged === 3);
    await receiver.stop();

    const added = {
      event_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      event_type: 'order',
      event_date: expect.any(Number),
      account_id: 1500,
    };
    const data = { eshop_id: 1, order_id: 1, warehouse_id: 2 };
    const batch = { path: '/api/sitoowebhook/shop/nor//events', authorization: 'Basic dG9rZW4=' };
    const first = { ...batch, events: [{ ...added, data: { ...data, order_event_type: 'add' } }] };
    const second = { ...batch, events: [{ ...added, data: { ...data, order_event_type: 'update', order_state_changed: 'closed' } }] };
    const third = { ...batch, events: [{ ...added, data: { ...data, order_event_type: 'update' } }] };
    expect(receiver.batches).toEqual([first, first, second, third]);
    expect(twin.admin.state().events).toMatchObject({ enqueued: 3, retried: 1, dropped: 0, pending: 0, unsubscribed: 1 });
  });

  it('are sent again when no answer comes within the deadline, and not before', async () => {
    const receiver = await startReceiver((call) => (call === 1 ? undefined : 200));
    await start({ settings: { timeScale: 0.001, responseDeadlineSeconds: 60 } });
    await twin.admin.setSubscriptions(1500, [{ base_url: receiver.url }]);
    twin.admin.sendEvents(1500, [{ event_type: 'surprise', event_date: 1 }]);
    await eventually(() => receiver.batches.length === 1);
    twin.admin.sendEvents(1500, [{ event_type: 'surprise', event_date: 2 }]);
    await eventually(() => twin.admin.state().events.acknowledged === 2);
    await receiver.stop();
    expect(receiver.batches.map(({ events }) => events)).toEqual([1, 1, 2].map((event_date) => [{ event_type: 'surprise', event_date }]));
  });
});

describe('the admin interface', () => {
  const admin = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${twin.url}/_twin${path}`, { method, body: JSON.stringify(body) });
    const answer: { faultsWaiting: unknown[] } = JSON.parse(await response.text());
    return { status: response.status, body: answer };
  };
  beforeEach(() => start());

  it('takes orders, subscriptions, events, faults and settings over HTTP', async () => {
    expect(await admin('PUT', '/accounts/1500/subscriptions', [])).toEqual({ status: 200, body: { subscriptions: 0 } });
    expect((await admin('POST', '/accounts/1500/orders', [anOrder(1)])).body).toEqual({ stored: 1, events: 1 });
    expect((await admin('POST', '/accounts/1500/orders?events=false', [anOrder(2)])).body).toEqual({ stored: 1, events: 0 });
    expect((await admin('POST', '/accounts/1500/events', [{ event_type: 'z-report' }])).body).toEqual({ events: 1 });
    expect((await admin('POST', '/faults', { kind: 'hang', calls: 3 })).body.faultsWaiting).toHaveLength(1);
    expect((await admin('DELETE', '/faults')).body).toEqual({ faultsWaiting: [] });
    expect((await admin('PUT', '/settings', { latencyMs: 7 })).body).toMatchObject({ latencyMs: 7, concurrencyScope: 'key' });
    expect((await admin('GET', '/orders/1500?fields=orderid')).body).toEqual([{ orderid: 1 }, { orderid: 2 }]);
    expect((await admin('GET', '/state')).body).toMatchObject({ orders: 2, violations: 0, limitHits: 0, events: { unsubscribed: 2 } });
  });

  it.each([
    ['POST', '/accounts/1500/orders', [{ orderid: 1, moneyfinal_net: 5 }], 'OrderRead[0]: /moneyfinal_net must be string'],
    ['POST', '/accounts/9/orders', [], 'no account 9'],
    ['PUT', '/accounts/1500/subscriptions', [{}], "subscriptions: data/0 must have required property 'base_url'"],
    ['POST', '/faults', { kind: 'fire', calls: 1 }, 'fault: data/kind must be equal to one of the allowed values'],
    ['PUT', '/settings', { latency: 1 }, 'settings: / must NOT have additional properties'],
  ])('answers %s %s with what is wrong', async (method, path, body, error) => {
    expect(await admin(method, path, body)).toEqual({ status: 400, body: { error } });
  });

  it('goes back to the seed on reset', async () => {
    twin.admin.pushOrders(1500, [anOrder(1)]);
    await get('/orders.json?wrong=1');
    twin.admin.changeSettings({ latencyMs: 9 });
    expect((await admin('POST', '/reset')).body).toMatchObject({
      orders: 0,
      calls: {},
      violations: 0,
      events: { enqueued: 0 },
      settings: { latencyMs: 0 },
    });
    expect((await get('/sites/1/stores.json')).body.totalcount).toBe(1);
  });

  it('answers an unknown path with 404', async () => {
    expect((await admin('GET', '/nothing')).status).toBe(404);
  });
});
