import type { CallGate } from '@connector/platform';
import type { Answer, SeenRequest } from './scripted-server.fixture';
import { closeScenes, failure, queryOf, scene } from './scene.fixture';

afterEach(closeScenes);

function askedIds(request: SeenRequest): string[] {
  return queryOf(request).getAll('ids');
}

function writtenIds(request: SeenRequest): string[] {
  return (JSON.parse(request.body) as { id: string }[]).map(({ id }) => id);
}

function numbered(count: number): { id: string }[] {
  return Array.from({ length: count }, (_, index) => ({ id: `o${index}` }));
}

/** A server that refuses every batch with one of these orders in it. */
function refusing(...bad: string[]) {
  return (request: SeenRequest): Answer =>
    writtenIds(request).some((id) => bad.includes(id)) ? { status: 400, body: 'no' } : { status: 204 };
}

const how = { runWorkflow: false } as const;

describe('reading orders by id', () => {
  it('asks with one parameter per id and returns what exists', async () => {
    const { client, calls } = await scene(() => ({
      status: 200,
      body: { orders: [{ id: 'a', status: 'Completed' }], missingIds: ['b b'] },
    }));
    const found = await client.orders.byIds(['a', 'b b', 'a']);
    expect([...found]).toEqual([['a', { id: 'a', status: 'Completed' }]]);
    expect(calls.map(({ url }) => url)).toEqual(['/api/Orders/GetOrders/ByIds?ids=a&ids=b%20b']);
  });

  it('asks for at most a hundred ids a call', async () => {
    const { client, calls } = await scene((request) => ({ status: 200, body: { orders: askedIds(request).map((id) => ({ id })) } }));
    expect((await client.orders.byIds(numbered(201).map(({ id }) => id))).size).toBe(201);
    expect(calls.map((request) => askedIds(request).length).sort()).toEqual([1, 100, 100]);
  });

  it('fails when an order comes back that was not asked for', async () => {
    const { client } = await scene(() => ({ status: 200, body: { orders: [{ id: 'x' }], missingIds: ['a'] } }));
    expect(await failure(client.orders.byIds(['a']))).toMatchObject({ code: 'OMNIUM_BAD_ANSWER' });
  });

  it.each([
    ['fails when an order that exists does not come back', ['a'], 'OMNIUM_BAD_ANSWER'],
    ['takes an order for absent that neither comes back nor exists', [], 'absent'],
  ])('%s', async (_, existing, expected) => {
    const { client } = await scene((request) => ({
      status: 200,
      body: request.url.includes('ExistMany') ? existing : { orders: [], missingIds: null },
    }));
    const outcome = client.orders.byIds(['a']);
    if (expected === 'absent') expect((await outcome).size).toBe(0);
    else expect(await failure(outcome)).toMatchObject({ code: expected });
  });

  it('does not ask for an order without id', async () => {
    const { client, calls } = await scene(() => ({ status: 200, body: {} }));
    await expect(client.orders.byIds([''])).rejects.toThrow(RangeError);
    expect(calls).toHaveLength(0);
  });
});

describe('asking which orders exist', () => {
  it('sends the ids as a list and returns those found', async () => {
    const { client, calls } = await scene(() => ({ status: 200, body: ['b'] }));
    expect([...(await client.orders.exist(['a', 'b']))]).toEqual(['b']);
    expect(calls[0]).toMatchObject({ method: 'POST', url: '/api/Orders/ExistMany', body: '["a","b"]' });
  });

  it('is a read: nothing is unclear when it fails', async () => {
    const { client } = await scene(() => 'reset');
    expect(await failure(client.orders.exist(['a']))).toMatchObject({ code: 'OMNIUM_UNREACHABLE', outcomeUnknown: false });
  });

  it('fails on an id that was not asked for', async () => {
    const { client } = await scene(() => ({ status: 200, body: ['x'] }));
    expect(await failure(client.orders.exist(['a']))).toMatchObject({ code: 'OMNIUM_BAD_ANSWER' });
  });
});

describe('upserting orders', () => {
  it('writes without a workflow, at most 250 orders a call', async () => {
    const { client, calls } = await scene(() => ({ status: 204 }));
    const result = await client.orders.upsertMany(numbered(501), how);
    expect(result).toMatchObject({ refused: [], unknown: [], unsent: [] });
    expect(result.written).toEqual(numbered(501).map(({ id }) => id));
    expect(calls.map((request) => writtenIds(request).length)).toEqual([250, 250, 1]);
    expect(new Set(calls.map(({ method, url }) => `${method} ${url}`))).toEqual(new Set(['POST /api/Orders/UpdateMany?runWorkflow=false']));
  });

  it('accepts an answer with any body', async () => {
    const { client } = await scene(() => ({ status: 200, body: 'OK' }));
    expect((await client.orders.upsertMany(numbered(1), how)).written).toEqual(['o0']);
  });

  it('halves a refused batch down to the bad orders and writes all others', async () => {
    const { client } = await scene(refusing('o3', 'o77'));
    const result = await client.orders.upsertMany(numbered(100), how);
    expect(result.refused.map(({ id, error }) => [id, error.code])).toEqual([
      ['o3', 'OMNIUM_REJECTED'],
      ['o77', 'OMNIUM_REJECTED'],
    ]);
    expect(result.written).toHaveLength(98);
    expect([...result.written, 'o3', 'o77'].sort()).toEqual(
      numbered(100)
        .map(({ id }) => id)
        .sort(),
    );
  });

  it('finds one bad order among 250 in at most 17 calls', async () => {
    const { client, calls } = await scene(refusing('o249'));
    await client.orders.upsertMany(numbered(250), how);
    expect(calls.length).toBeLessThanOrEqual(17);
  });

  it('finds the order another writer holds', async () => {
    const { client } = await scene((request) => (writtenIds(request).includes('o1') ? { status: 409 } : { status: 204 }));
    const result = await client.orders.upsertMany(numbered(3), how);
    expect(result.refused).toMatchObject([{ id: 'o1', error: { code: 'OMNIUM_CONFLICT', retryable: true } }]);
    expect(result.written).toEqual(['o0', 'o2']);
  });

  it.each<[string, Answer]>([
    ['a broken connection', 'reset'],
    ['a server error', { status: 500 }],
  ])('reports a batch as unknown after %s and sends nothing more', async (_, answer) => {
    const { client, calls } = await scene((__, index) => (index === 0 ? { status: 204 } : answer));
    const result = await client.orders.upsertMany(numbered(600), how);
    expect([result.written.length, result.unknown.length, result.unsent.length]).toEqual([250, 250, 100]);
    expect(result.unknown[0]?.error.outcomeUnknown).toBe(true);
    expect(calls).toHaveLength(2);
  });

  it.each([429, 403, 404])('reports orders as unsent after a %i', async (status) => {
    const { client, calls } = await scene(() => ({ status }));
    const result = await client.orders.upsertMany(numbered(2), how);
    expect(result.unsent.map(({ id }) => id)).toEqual(['o0', 'o1']);
    expect(result).toMatchObject({ written: [], refused: [], unknown: [] });
    expect(calls).toHaveLength(1);
  });

  it('passes the batch gate and not the general one', async () => {
    const passed: string[] = [];
    const gateNamed = (name: string): CallGate => ({
      enter: async () => {
        passed.push(name);
        return { key: 0, waitedMs: 0, leave: async () => undefined };
      },
    });
    const gates = { gate: gateNamed('general'), batchGate: gateNamed('batch') };
    const { client } = await scene(({ url }) => (url.includes('UpdateMany') ? { status: 204 } : { status: 200, body: [] }), gates);
    await client.orders.upsertMany(numbered(251), how);
    await client.orders.exist(['a']);
    expect(passed).toEqual(['batch', 'batch', 'general']);
  });

  it('refuses an order without an id of its own', async () => {
    const { client, calls } = await scene(() => ({ status: 204 }));
    await expect(client.orders.upsertMany([{ id: '' }], how)).rejects.toThrow(RangeError);
    expect(calls).toHaveLength(0);
  });
});

describe('patching an order', () => {
  const counters = { totalCount: 1, updatedCount: 0, unchangedCount: 0, notFoundCount: 0, errorCount: 0, isModified: false };

  it('sends the fields and says whether anything changed', async () => {
    const { client, calls } = await scene((_, index) => ({ status: 200, body: { ...counters, isModified: index === 0 } }));
    await expect(client.orders.patch('a/b', { status: 'Completed' })).resolves.toEqual({ modified: true });
    await expect(client.orders.patch('a/b', { status: 'Completed' })).resolves.toEqual({ modified: false });
    expect(calls[0]).toMatchObject({ method: 'PATCH', url: '/api/Orders/a%2Fb/PatchOrder', body: '{"status":"Completed"}' });
  });

  it('fails when Omnium counts an error although it answers 200', async () => {
    const { client } = await scene(() => ({ status: 200, body: { ...counters, errorCount: 1, errorMessage: 'No such status' } }));
    const error = await failure(client.orders.patch('a', {}));
    expect(error).toMatchObject({ code: 'OMNIUM_REJECTED' });
    expect(error.answerText()).toBe('No such status');
  });

  it('says not found when Omnium counts the order as missing', async () => {
    const { client } = await scene(() => ({ status: 200, body: { ...counters, notFoundCount: 1 } }));
    expect(await failure(client.orders.patch('a', {}))).toMatchObject({ code: 'OMNIUM_NOT_FOUND' });
  });
});

describe('reference data', () => {
  it.each([
    ['stores', '/api/Stores', { result: [{ id: 's' }], totalHits: 1 }, [{ id: 's' }]],
    ['markets', '/api/Markets', [{ marketId: 'nor' }], [{ marketId: 'nor' }]],
    ['order types', '/api/Settings/OrderTypes', [{ name: 'PosSitoo' }], [{ name: 'PosSitoo' }]],
    ['shipment options', '/api/ShipmentOptions/nor%20x/ShipmentOptions', [{ name: 'PickUp' }], [{ name: 'PickUp' }]],
  ])('reads %s', async (what, url, body, expected) => {
    const { client, calls } = await scene(() => ({ status: 200, body }));
    const read = {
      stores: () => client.stores.all(),
      markets: () => client.markets.all(),
      'order types': () => client.settings.orderTypes(),
      'shipment options': () => client.shipmentOptions('nor x'),
    }[what];
    expect(await read?.()).toEqual(expected);
    expect(calls[0]?.url).toBe(url);
  });

  it('fails when not all stores came', async () => {
    const { client } = await scene(() => ({ status: 200, body: { result: [{ id: 's' }], totalHits: 2 } }));
    expect(await failure(client.stores.all())).toMatchObject({ code: 'OMNIUM_BAD_ANSWER' });
  });

  it('fails on a market without id', async () => {
    const { client } = await scene(() => ({ status: 200, body: [{}] }));
    expect(await failure(client.markets.all())).toMatchObject({ code: 'OMNIUM_BAD_ANSWER' });
  });
});
