import { CallError, createOpenGate, type CallEvent } from '@connector/platform';
import { createSitooClient, type SitooClient, type SitooClientOptions } from './client';
import { startScriptedServer, type Answer, type SeenRequest } from './scripted-server.fixture';

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function scene(
  answer: (query: URLSearchParams, index: number, request: SeenRequest) => Answer,
  options: Partial<SitooClientOptions> = {},
) {
  const server = await startScriptedServer((request, index) => answer(queryOf(request), index, request));
  const client: SitooClient = createSitooClient({
    baseUrl: `${server.url}/v2/`,
    accountNumber: 1500,
    apiKeys: ['1500-1:secret'],
    timeoutMs: 5_000,
    retries: false,
    gate: createOpenGate(),
    ...options,
  });
  open.push(server.close, () => client.close());
  return { client, server };
}

function queryOf(request: SeenRequest): URLSearchParams {
  return new URL(request.url, 'http://sitoo').searchParams;
}

function orders(ids: number[], totalcount = ids.length): Answer {
  return { status: 200, body: { totalcount, items: ids.map((orderid) => ({ orderid, eshopid: 1, externalid: `e${orderid}` })) } };
}

function askedIds(query: URLSearchParams): number[] {
  return (query.get('orderid') ?? '').split(',').map(Number);
}

async function codeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'no error',
    (error: unknown) => (error instanceof CallError ? error.code : String(error)),
  );
}

describe('reading orders by id', () => {
  it('asks once for all, with number, order and every field named', async () => {
    const { client, server } = await scene((query) => orders(askedIds(query)));
    const found = await client.orders.byIds([7, 5, 7]);
    expect([...found.keys()]).toEqual([7, 5]);
    expect(found.get(5)).toEqual({ orderid: 5, eshopid: 1, externalid: 'e5' });
    expect(server.seen).toHaveLength(1);
    const [request] = server.seen;
    expect(request?.url).toMatch(
      /^\/v2\/accounts\/1500\/orders\.json\?orderid=7,5&num=2&|^\/v2\/accounts\/1500\/orders\.json\?num=2&orderid=7,5&/,
    );
    const query = new URL(request?.url ?? '', 'http://sitoo').searchParams;
    expect(query.get('sort')).toBe('orderid');
    expect(query.get('fields')?.split(',')).toEqual(
      expect.arrayContaining([
        'orderid',
        'externalid',
        'creditorderid',
        'delivery_address',
        'reservedpayments',
        'orderlogitems',
        'comment',
        'commentinternal',
      ]),
    );
    expect(request?.headers.authorization).toBe(`Basic ${Buffer.from('1500-1:secret').toString('base64')}`);
  });

  it('makes no call without ids', async () => {
    const { client, server } = await scene(() => orders([]));
    expect((await client.orders.byIds([])).size).toBe(0);
    expect(server.seen).toHaveLength(0);
  });

  it('asks for at most a hundred ids a call and keeps addresses below 4 KB', async () => {
    const { client, server } = await scene((query) => orders(askedIds(query)));
    const ids = Array.from({ length: 250 }, (_, index) => 9_000_000_000_000_000 + index);
    expect((await client.orders.byIds(ids)).size).toBe(250);
    expect(server.seen.map((request) => askedIds(queryOf(request)).length)).toEqual([100, 100, 50]);
    expect(Math.max(...server.seen.map((request) => request.url.length))).toBeLessThan(4_000);
  });

  it('leaves ids out that did not come back', async () => {
    const { client } = await scene(() => orders([2]));
    expect([...(await client.orders.byIds([1, 2, 3])).keys()]).toEqual([2]);
  });

  it('reads on when Sitoo returns fewer rows than match', async () => {
    const { client, server } = await scene((query) => orders(query.get('start') === '0' ? [1, 2] : [3], 3));
    expect([...(await client.orders.byIds([1, 2, 3])).keys()]).toEqual([1, 2, 3]);
    expect(server.seen).toHaveLength(2);
  });

  it('fails when an order comes back that was not asked for', async () => {
    const { client } = await scene(() => orders([1, 99], 2));
    expect(await codeOf(client.orders.byIds([1, 2]))).toBe('SITOO_BAD_ANSWER');
  });

  it('fails after one call when more orders match than were asked for', async () => {
    const { client, server } = await scene(() => orders([1], 1514));
    expect(await codeOf(client.orders.byIds([1]))).toBe('SITOO_BAD_ANSWER');
    expect(server.seen).toHaveLength(1);
  });

  it.each([
    ['no envelope', []],
    ['no total', { items: [] }],
    ['a row without id', { totalcount: 1, items: [{ externalid: 'x' }] }],
  ])('fails on %s', async (_, body) => {
    const { client } = await scene(() => ({ status: 200, body }));
    expect(await codeOf(client.orders.byIds([1]))).toBe('SITOO_BAD_ANSWER');
  });

  it('does not turn a broken id into a filter that matches everything', async () => {
    const { client, server } = await scene(() => orders([]));
    await expect(client.orders.byIds([Number.NaN])).rejects.toThrow(RangeError);
    expect(server.seen).toHaveLength(0);
  });
});

describe('reading one order', () => {
  it('reads it below its site', async () => {
    const { client, server } = await scene(() => ({ status: 200, body: { orderid: 5 } }), { siteId: 3 });
    await expect(client.orders.one(5)).resolves.toEqual({ orderid: 5 });
    expect(server.seen[0]?.url).toBe('/v2/accounts/1500/sites/3/orders/5.json');
  });

  it.each<[string, Answer]>([
    ['404', { status: 404 }],
    ['400 with the words for an unknown id', { status: 400, body: { statuscode: 400, errortext: 'Invalid orderid (5)' } }],
  ])('says not found for %s', async (_, answer) => {
    const { client } = await scene(() => answer);
    expect(await codeOf(client.orders.one(5))).toBe('SITOO_NOT_FOUND');
  });

  it('says rejected for any other 400', async () => {
    const { client } = await scene(() => ({ status: 400, body: { statuscode: 400, errortext: 'Invalid field' } }));
    expect(await codeOf(client.orders.one(5))).toBe('SITOO_REJECTED');
  });

  it('does not accept another order', async () => {
    const { client } = await scene(() => ({ status: 200, body: { orderid: 6 } }));
    expect(await codeOf(client.orders.one(5))).toBe('SITOO_BAD_ANSWER');
  });
});

describe('reading orders page by page', () => {
  it('goes up by id and says where the next page starts', async () => {
    const { client, server } = await scene(() => orders([10, 12, 15], 7));
    const page = await client.orders.fromId(10, { num: 3 }, { class: 'catalogue' });
    expect([...page.orders.keys()]).toEqual([10, 12, 15]);
    expect(page.nextFromId).toBe(16);
    const query = server.seen[0] ? queryOf(server.seen[0]) : new URLSearchParams();
    expect(Object.fromEntries(query)).toMatchObject({ orderidfrom: '10', sort: 'orderid', num: '3', eshopid: '1' });
  });

  it('ends when everything that matches has come', async () => {
    const { client } = await scene(() => orders([10, 12]));
    expect((await client.orders.fromId(10, { num: 100 })).nextFromId).toBeUndefined();
  });

  it.each([
    ['below the start', [9, 10]],
    ['descending', [12, 11]],
  ])('fails when ids come %s', async (_, ids) => {
    const { client } = await scene(() => orders(ids));
    expect(await codeOf(client.orders.fromId(10, { num: 100 }))).toBe('SITOO_BAD_ANSWER');
  });

  it('fails when an order of another site comes', async () => {
    const { client } = await scene(() => orders([10]), { siteId: 2 });
    expect(await codeOf(client.orders.fromId(10, { num: 100 }))).toBe('SITOO_BAD_ANSWER');
  });
});

describe('stores and warehouses', () => {
  const pages = (rows: object[], size: number) => (query: URLSearchParams) => {
    const start = Number(query.get('start'));
    return { status: 200, body: { totalcount: rows.length, items: rows.slice(start, start + size) } };
  };

  it('reads all stores over as many pages as Sitoo makes', async () => {
    const rows = [1, 2, 3].map((storeid) => ({ storeid, name: `Store ${storeid}`, externalid: storeid === 3 ? null : `S${storeid}` }));
    const { client, server } = await scene(pages(rows, 2));
    await expect(client.stores.all()).resolves.toEqual(rows);
    expect(server.seen.map((request) => request.url)).toEqual([
      '/v2/accounts/1500/sites/1/stores.json?num=1000&start=0',
      '/v2/accounts/1500/sites/1/stores.json?num=1000&start=2',
    ]);
  });

  it('reads all warehouses', async () => {
    const rows = [
      { warehouseid: 1, name: 'Warehouse 1', storeid: 1, externalid: null, sellable: true },
      { warehouseid: 2, name: 'Warehouse 2', storeid: null },
    ];
    const { client } = await scene(pages(rows, 1_000));
    await expect(client.warehouses.all()).resolves.toEqual(rows);
  });

  it('fails when rows are skipped or repeated between pages', async () => {
    const { client } = await scene(() => ({ status: 200, body: { totalcount: 2, items: [{ storeid: 1, name: 'Store 1' }] } }));
    expect(await codeOf(client.stores.all())).toBe('SITOO_BAD_ANSWER');
  });

  it('fails on a store without an id', async () => {
    const { client } = await scene(() => ({ status: 200, body: { totalcount: 1, items: [{ name: 'Store' }] } }));
    expect(await codeOf(client.stores.all())).toBe('SITOO_BAD_ANSWER');
  });
});

describe('the client', () => {
  it('takes keys as a pair or encoded, and uses the one the gate names', async () => {
    const keys = ['1500-1:one', Buffer.from('1500-2:two').toString('base64')];
    let turn = 0;
    const gate = { enter: async () => ({ key: turn++ % 2, waitedMs: 0, leave: async () => undefined }) };
    const { client, server } = await scene((query) => orders(askedIds(query)), { apiKeys: keys, gate });
    await client.orders.byIds([1]);
    await client.orders.byIds([2]);
    const sent = server.seen.map(({ headers }) => Buffer.from(String(headers.authorization).replace('Basic ', ''), 'base64').toString());
    expect(sent).toEqual(['1500-1:one', '1500-2:two']);
  });

  it.each(['no-colon', Buffer.from('no-colon').toString('base64'), ':password', 'id:', '', '***'])(
    'refuses the key %j without quoting it',
    async (key) => {
      const create = () =>
        createSitooClient({ baseUrl: 'http://sitoo', accountNumber: 1, apiKeys: [key], timeoutMs: 1, gate: createOpenGate() });
      expect(create).toThrow('an API key must be "API ID:password" or the base64 of it');
    },
  );

  it('refuses to work without a key', () => {
    expect(() =>
      createSitooClient({ baseUrl: 'http://sitoo', accountNumber: 1, apiKeys: [], timeoutMs: 1, gate: createOpenGate() }),
    ).toThrow(expect.objectContaining({ code: 'SITOO_BAD_SETTING' }));
  });

  it('sends custom headers, reports its calls and repeats by the standard policy', async () => {
    const events: CallEvent[] = [];
    const { client, server } = await scene((query, index) => (index === 0 ? { status: 503 } : orders(askedIds(query))), {
      customHeaders: { 'X-Tenant': 'shop' },
      retries: { maxAttempts: 2, baseMs: 1, maxMs: 1 },
      onCall: (event) => events.push(event),
    });
    await client.orders.byIds([1], ['externalid'], { class: 'till' });
    expect(server.seen[1]?.headers['x-tenant']).toBe('shop');
    expect(server.seen[1] && queryOf(server.seen[1]).get('fields')).toBe('orderid,externalid');
    expect(events.map(({ operation, class: urgency, statusClass }) => [operation, urgency, statusClass])).toEqual([
      ['orders.byIds', 'till', '5xx'],
      ['orders.byIds', 'till', '2xx'],
    ]);
  });
});
