import { CallError, createOpenGate } from '@connector/platform';
import { createSitooClient, type SitooClientOptions } from './client';
import { startScriptedServer, type Answer, type SeenRequest } from './scripted-server.fixture';

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

interface Call {
  method: string;
  path: string;
  query: Record<string, string>;
  body: unknown;
}

async function scene(answer: (call: Call, index: number) => Answer, options: Partial<SitooClientOptions> = {}) {
  const calls: Call[] = [];
  const server = await startScriptedServer((request, index) => answer(calls[calls.push(readCall(request)) - 1]!, index));
  const client = createSitooClient({
    baseUrl: `${server.url}/v2`,
    accountNumber: 1500,
    apiKeys: ['1500-1:secret'],
    timeoutMs: 200,
    retries: { maxAttempts: 3, baseMs: 1, maxMs: 1 },
    circuit: false,
    gate: createOpenGate(),
    ...options,
  });
  open.push(server.close, () => client.close());
  return { client, calls };
}

function readCall({ method, url, body }: SeenRequest): Call {
  const { pathname, searchParams } = new URL(url, 'http://sitoo');
  return {
    method,
    path: pathname.replace('/v2/accounts/1500', ''),
    query: Object.fromEntries(searchParams),
    body: body === '' ? undefined : JSON.parse(body),
  };
}

function list(rows: object[], totalcount = rows.length): Answer {
  return { status: 200, body: { totalcount, items: rows.map((row) => ({ eshopid: 1, ...row })) } };
}

async function failure(call: Promise<unknown>): Promise<CallError> {
  const error: unknown = await call.then(
    () => new Error('the call succeeded'),
    (reason: unknown) => reason,
  );
  if (error instanceof CallError) return error;
  throw error;
}

async function all<T>(pages: AsyncIterable<Map<number, T>>): Promise<number[]> {
  const ids: number[] = [];
  for await (const page of pages) ids.push(...page.keys());
  return ids;
}

describe('finding refunds', () => {
  it('asks per order and returns every order that credits one of them', async () => {
    const { client, calls } = await scene(({ query }) =>
      list([{ orderid: Number(query['creditorderid']) + 100, creditorderid: Number(query['creditorderid']) }]),
    );
    expect([...(await client.orders.refundsOf([5, 7, 5])).keys()]).toEqual([105, 107]);
    expect(calls.map(({ query }) => query['creditorderid'])).toEqual(['5', '7']);
    expect(calls[0]?.query).toMatchObject({ num: '500', sort: 'orderid', start: '0', fields: expect.stringContaining('creditorderid') });
  });

  it('asks for the link even when the caller does not', async () => {
    const { client, calls } = await scene(() => list([]));
    await client.orders.refundsOf([5], ['externalid']);
    expect(calls[0]?.query['fields']).toBe('orderid,creditorderid,externalid');
  });

  it('fails when an order comes back that credits another one, since the filter may have been ignored', async () => {
    const { client } = await scene(() => list([{ orderid: 9, creditorderid: null }]));
    expect(await failure(client.orders.refundsOf([5]))).toMatchObject({ code: 'SITOO_BAD_ANSWER' });
  });
});

describe('finding orders by other ids', () => {
  it('finds them by our own id in one call', async () => {
    const { client, calls } = await scene(() => list([{ orderid: 9, externalid: 'web-2' }]));
    expect([...(await client.orders.byExternalIds(['web-1', 'web-2']))].map(([id]) => id)).toEqual(['web-2']);
    expect(calls[0]?.query).toMatchObject({ externalid: 'web-1,web-2', num: '2' });
  });

  it.each([[{ orderid: 9 }], [{ orderid: 9, externalid: 'other' }]])('fails on %j, which nobody asked for', async (row) => {
    const { client } = await scene(() => list([row]));
    expect(await failure(client.orders.byExternalIds(['web-1', 'web-2']))).toMatchObject({ code: 'SITOO_BAD_ANSWER' });
  });

  it.each(['', 'a,b', 'ü', 'x'.repeat(41)])('does not ask for %j, which no order can have', async (id) => {
    const { client, calls } = await scene(() => list([]));
    await expect(client.orders.byExternalIds([id])).rejects.toThrow(RangeError);
    expect(calls).toHaveLength(0);
  });

  it('finds them by the number on the receipt', async () => {
    const { client, calls } = await scene(() => list([{ orderid: 9, additionaldata: { 'pos-receiptid': 'SII1' } }]));
    expect([...(await client.orders.byReceiptId('SII1')).keys()]).toEqual([9]);
    expect(calls[0]?.query).toMatchObject({ receiptid: 'SII1' });
  });

  it('fails when another receipt comes back', async () => {
    const { client } = await scene(() => list([{ orderid: 9, additionaldata: { 'pos-receiptid': 'SII2' } }]));
    expect(await failure(client.orders.byReceiptId('SII1'))).toMatchObject({ code: 'SITOO_BAD_ANSWER' });
  });
});

describe('sweeping orders', () => {
  it('reads every open order, page by page upwards, so that new orders shift nothing', async () => {
    const rows = [3, 8, 9].map((orderid) => ({ orderid, orderstateid: 0 }));
    const { client, calls } = await scene(({ query }) => {
      const rest = rows.filter(({ orderid }) => orderid >= Number(query['orderidfrom']));
      return list(rest.slice(0, 2), rest.length);
    });
    expect(await all(client.orders.open({ num: 2 }))).toEqual([3, 8, 9]);
    expect(calls.map(({ query }) => [query['orderstate'], query['orderidfrom'], query['num']])).toEqual([
      ['0', '1', '2'],
      ['0', '9', '2'],
    ]);
  });

  it('fails when a closed order comes back among the open ones', async () => {
    const { client } = await scene(() => list([{ orderid: 3, orderstateid: 10 }]));
    expect(await failure(all(client.orders.open()))).toMatchObject({ code: 'SITOO_BAD_ANSWER' });
  });

  it('fails when rows are counted and none come, which would end a sweep too early', async () => {
    const { client } = await scene(() => list([], 4));
    expect(await failure(all(client.orders.open()))).toMatchObject({ code: 'SITOO_BAD_ANSWER' });
  });

  it('reads a period in whole seconds', async () => {
    const { client, calls } = await scene(() => list([{ orderid: 3, orderdate: 1_700_000_000 }]));
    expect(await all(client.orders.byDate(new Date(1_700_000_000_900), new Date(1_700_086_400_000)))).toEqual([3]);
    expect(calls[0]?.query).toMatchObject({ orderdatefrom: '1700000000', orderdateto: '1700086400', sort: 'orderid' });
  });

  it('goes on from an id where it is told to', async () => {
    const { client, calls } = await scene(() => list([{ orderid: 30, orderdate: 1_700_000_000 }]));
    const period = [new Date(1_700_000_000_000), new Date(1_700_086_400_000)] as const;
    expect(await all(client.orders.byDate(...period, { fromId: 21 }))).toEqual([30]);
    expect(calls[0]?.query).toMatchObject({ orderidfrom: '21' });
  });

  it('reads the highest id of its site, or none', async () => {
    const { client, calls } = await scene(() => list([{ orderid: 30 }]));
    await expect(client.orders.newestId()).resolves.toBe(30);
    expect(calls[0]?.query).toMatchObject({ eshopid: '1', sort: '-orderid', num: '1' });
    const empty = await scene(() => list([]));
    await expect(empty.client.orders.newestId()).resolves.toBeUndefined();
  });

  it('fails when an order of another day comes back', async () => {
    const { client } = await scene(() => list([{ orderid: 3, orderdate: 1 }]));
    expect(await failure(all(client.orders.byDate(new Date(1_700_000_000_000), new Date(1_700_086_400_000))))).toMatchObject({
      code: 'SITOO_BAD_ANSWER',
    });
  });
});

describe('creating an order', () => {
  const draft = { externalid: 'web-1', ordertypeid: 10 as const };
  const isLookUp = ({ method }: Call) => method === 'GET';
  const there = () => list([{ orderid: 9, externalid: 'web-1' }]);

  it('looks its external id up, adds it and returns its number', async () => {
    const { client, calls } = await scene((call) => (isLookUp(call) ? list([]) : { status: 200, body: 9 }));
    await expect(client.orders.create(draft)).resolves.toEqual({ orderId: 9, created: true });
    expect(calls.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /orders.json', 'POST /sites/1/orders.json']);
    expect(calls[1]?.body).toEqual(draft);
  });

  it('adds nothing when the external id is taken', async () => {
    const { client, calls } = await scene(there);
    await expect(client.orders.create(draft)).resolves.toEqual({ orderId: 9, created: false });
    expect(calls).toHaveLength(1);
  });

  it.each<[string, Answer]>([
    ['a time-out', 'hang'],
    ['a broken connection', 'reset'],
    ['a server error', { status: 502 }],
    ['an answer that is no number', { status: 200, body: { orderid: 9 } }],
  ])('finds the order it made after %s, without a second POST', async (_, answer) => {
    const { client, calls } = await scene((call, index) => (isLookUp(call) ? (index === 0 ? list([]) : there()) : answer));
    await expect(client.orders.create(draft)).resolves.toEqual({ orderId: 9, created: true });
    expect(calls.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET']);
  });

  it.each<[string, Answer]>([
    ['a time-out', 'hang'],
    ['a server error', { status: 502 }],
  ])('leaves it to the next try when the order cannot be seen after %s', async (_, answer) => {
    const { client, calls } = await scene((call) => (isLookUp(call) ? list([]) : answer));
    expect(await failure(client.orders.create(draft))).toMatchObject({ outcomeUnknown: true, retryable: true });
    expect(calls.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it('stays unclear when the second look-up fails too', async () => {
    const { client } = await scene((call, index) => (isLookUp(call) ? (index === 0 ? list([]) : { status: 404 }) : { status: 502 }));
    expect(await failure(client.orders.create(draft))).toMatchObject({ code: 'SITOO_SERVER_ERROR', outcomeUnknown: true });
  });

  it('takes a 400 for a taken external id when the order is there', async () => {
    const { client } = await scene((call, index) => (isLookUp(call) ? (index === 0 ? list([]) : there()) : { status: 400 }));
    await expect(client.orders.create(draft)).resolves.toEqual({ orderId: 9, created: false });
  });

  it('says rejected for a 400 when no such order is there', async () => {
    const { client } = await scene((call) => (isLookUp(call) ? list([]) : { status: 400, body: { errortext: 'Invalid field' } }));
    expect(await failure(client.orders.create(draft))).toMatchObject({ code: 'SITOO_REJECTED', outcomeUnknown: false });
  });

  it('waits out "Too many connections", which did nothing', async () => {
    let refusals = 0;
    const { client, calls } = await scene((call) => {
      if (isLookUp(call)) return list([]);
      refusals += 1;
      return refusals === 1 ? { status: 429, headers: { 'Retry-After': '0' } } : { status: 200, body: 9 };
    });
    await expect(client.orders.create(draft)).resolves.toEqual({ orderId: 9, created: true });
    expect(calls.map(({ method }) => method)).toEqual(['GET', 'POST', 'POST']);
  });
});

describe('changing an order', () => {
  it('sends the fields and repeats after a server error, since twice is the same as once', async () => {
    const { client, calls } = await scene((_, index) => (index === 0 ? { status: 503 } : { status: 200, body: true }));
    await client.orders.change(5, { orderstateid: 20 });
    expect(calls.map(({ method, path, body }) => ({ method, path, body }))).toEqual(
      Array(2).fill({ method: 'PUT', path: '/sites/1/orders/5.json', body: { orderstateid: 20 } }),
    );
  });

  it('never sends rows', async () => {
    const { client, calls } = await scene(() => ({ status: 200, body: true }));
    const body = { orderstateid: 20 as const, orderitems: [] };
    await expect(client.orders.change(5, body)).rejects.toThrow('order rows cannot be changed');
    expect(calls).toHaveLength(0);
  });

  it('says not found for an order that does not exist', async () => {
    const { client } = await scene(() => ({ status: 404 }));
    expect(await failure(client.orders.change(5, { orderstateid: 20 }))).toMatchObject({ code: 'SITOO_NOT_FOUND' });
  });
});

describe('deliveries and log', () => {
  const delivery = { orderdeliveryid: 10, orderid: 5, warehouseid: 1, orderdeliveryitems: [{ orderitemid: 0, quantity: 2 }] };

  it('reads the deliveries of an order', async () => {
    const { client, calls } = await scene(() => list([delivery]));
    await expect(client.orders.deliveries(5)).resolves.toEqual([{ eshopid: 1, ...delivery }]);
    expect(calls[0]).toMatchObject({ path: '/sites/1/orders/5/orderdeliveries.json', query: {} });
  });

  it.each([
    ['of another order', list([{ ...delivery, orderid: 6 }])],
    ['without rows as documented', list([{ ...delivery, orderdeliveryitems: [{ orderitemid: 'x' }] }])],
    ['that are fewer than counted', list([delivery], 2)],
  ])('fails on deliveries %s', async (_, answer) => {
    const { client } = await scene(() => answer);
    expect(await failure(client.orders.deliveries(5))).toMatchObject({ code: 'SITOO_BAD_ANSWER' });
  });

  it('adds a delivery that leaves stock alone, once, whatever the answer', async () => {
    const { client, calls } = await scene(() => ({ status: 500 }));
    const body = { warehouseid: 1, orderdeliveryitems: [{ orderitemid: 0, quantity: 2 }] };
    expect(await failure(client.orders.addDelivery(5, { body, ignoreStock: true }))).toMatchObject({ outcomeUnknown: true });
    expect(calls).toEqual([{ method: 'POST', path: '/sites/1/orders/5/orderdeliveries.json', query: { ignorestock: 'true' }, body }]);
  });

  it('returns the id of a delivery that was added', async () => {
    const { client } = await scene(() => ({ status: 200, body: 10 }));
    await expect(client.orders.addDelivery(5, { body: { warehouseid: 1, orderdeliveryitems: [] } })).resolves.toBe(10);
  });

  it('reads the log and marks an order ready for pick-up', async () => {
    const { client, calls } = await scene(({ method }) => (method === 'GET' ? list([{ orderlogtypeid: 0 }]) : { status: 200, body: true }));
    expect((await client.orders.log(5)).map(({ orderlogtypeid }) => orderlogtypeid)).toEqual([0]);
    await client.orders.addLog(5, 900);
    expect(calls[1]).toEqual({ method: 'POST', path: '/sites/1/orders/5/orderlogitems.json', query: {}, body: { orderlogtypeid: 900 } });
  });
});

describe('tills', () => {
  it('reads the registers', async () => {
    const { client } = await scene(() => list([{ registerid: '{A}' }, { registerid: '{B}' }]));
    expect((await client.registers.all()).map(({ registerid }) => registerid)).toEqual(['{A}', '{B}']);
  });

  it('reads the payment types, which come without an envelope', async () => {
    const { client, calls } = await scene(() => ({ status: 200, body: [{ paymenttypeid: 1, paymentmethodid: 100, name: 'Cash' }] }));
    expect((await client.paymentTypes.all()).map(({ name }) => name)).toEqual(['Cash']);
    expect(calls[0]?.path).toBe('/sites/1/pospaymenttypes.json');
  });

  const report = (zreportid: number, dateadded: number) => ({ registerid: '{A}', zreportid, dateadded, eshopid: 1 });
  const between = [new Date(1_000_000), new Date(2_000_000)] as const;

  it('reads on after a full answer of Z-reports and counts none twice', async () => {
    const full = Array.from({ length: 500 }, (_, index) => report(index, 1_000 + index));
    const { client, calls } = await scene((_, index) => ({ status: 200, body: index === 0 ? full : [full.at(-1), report(500, 1_600)] }));
    expect(await client.zReports.addedBetween(...between)).toHaveLength(501);
    expect(calls.map(({ path, query }) => [path, query['dateaddedfrom'], query['dateaddedto'], query['eshopid']])).toEqual([
      ['/pos-z-reports', '1000', '2000', '1'],
      ['/pos-z-reports', '1499', '2000', '1'],
    ]);
  });

  it('fails rather than read the same full second for ever', async () => {
    const full = Array.from({ length: 500 }, (_, index) => report(index, 1_000));
    const { client } = await scene(() => ({ status: 200, body: full }));
    expect(await failure(client.zReports.addedBetween(...between))).toMatchObject({ code: 'SITOO_BAD_ANSWER' });
  });

  it('fails when a Z-report of another time or site comes back', async () => {
    for (const row of [report(1, 5), { ...report(1, 1_500), eshopid: 2 }]) {
      const { client } = await scene(() => ({ status: 200, body: [row] }));
      expect(await failure(client.zReports.addedBetween(...between))).toMatchObject({ code: 'SITOO_BAD_ANSWER' });
    }
  });
});
