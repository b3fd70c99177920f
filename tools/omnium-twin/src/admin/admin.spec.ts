import type { TwinUnderTest } from '../testing/client';
import { startForTest } from '../testing/client';
import { line, order, withLines } from '../testing/order';

let test: TwinUnderTest;
beforeEach(async () => {
  test = await startForTest();
});
afterEach(() => test.twin.stop());

const updateMany = (...orders: unknown[]) => test.call('POST', '/api/Orders/UpdateMany?runWorkflow=false', orders);
const open = { authorization: '' };
const twin = async (method: string, path: string, body?: unknown) => (await test.call(method, `/_twin/${path}`, body, open)).body;

it('tells the whole story without a token', async () => {
  await updateMany(order('a'), order('b'));
  await test.call('GET', '/api/Orders/a');
  await updateMany(order('c', { storeId: 'harstad' }));
  expect(await twin('GET', 'state')).toMatchObject({
    orders: 2,
    tenants: [{ id: 'DevShop', orders: 2, peakRequests: 1, peakBatchWrites: 1 }],
    calls: {
      reads: { TokenPost: 1, OrdersGet: 1 },
      writes: { OrdersUpdateMany: 2 },
      readTotal: 2,
      writeTotal: 2,
      answers: { 200: 2, 204: 1, 400: 1 },
    },
    orderWrites: { created: 2 },
    lastWriteAt: '2026-03-02T15:00:00.000Z',
    batches: { count: 1, orders: 2, largest: 2, sizes: [2] },
    violations: 1,
    violationsByRule: { store: 1 },
    limitHitTotal: 0,
  });
  expect(await twin('GET', 'violations')).toMatchObject({
    violations: [{ rule: 'store', orderId: 'c', operationId: 'OrdersUpdateMany' }],
    warnings: [],
  });
});

it('shows documents, their ids alone, one of them, and its writes', async () => {
  await updateMany(order('a'), order('b'));
  expect(await twin('GET', 'orders')).toMatchObject([{ id: 'a' }, { id: 'b' }]);
  expect(await twin('GET', 'orders?ids=only&tenant=DevShop')).toEqual(['a', 'b']);
  expect(await twin('GET', 'orders?ids=only&tenant=Nobody')).toEqual([]);
  expect(await twin('GET', 'orders/b')).toMatchObject({ id: 'b' });
  expect(await twin('GET', 'history/b')).toEqual([
    { at: '2026-03-02T15:00:00.000Z', call: 'OrdersUpdateMany', kind: 'created', hash: expect.stringMatching(/^[0-9a-f]{16}$/) },
  ]);
  expect((await test.call('GET', '/_twin/orders/none', undefined, open)).status).toBe(404);
});

it('shows orders with their writes, slice by slice', async () => {
  await updateMany(order('a'), order('b'), order('c'));
  expect(await twin('GET', 'written?from=1&count=1')).toMatchObject([{ order: { id: 'b' }, history: [{ kind: 'created' }] }]);
  expect(await twin('GET', 'written?from=2&count=5')).toMatchObject([{ order: { id: 'c' } }]);
  expect(await twin('GET', 'written?from=3&count=5')).toEqual([]);
});

describe('a staff note', () => {
  const noted = { tags: ['staff-checked'], properties: [{ key: 'StaffNote', value: 'Call back' }], orderNotes: [{ detail: 'Call back' }] };

  it('leaves a tag, a property, an internal note and a comment on the first line', async () => {
    await updateMany(withLines(order('a'), [line('1'), line('2')], 1096));
    test.clock.advance(1_000);
    const lines = [{ lineItemId: '1', comment: 'Call back' }, { lineItemId: '2' }];
    const answer = await twin('POST', 'orders/a/staff-note', { note: 'Call back' });
    expect(answer).toMatchObject({
      ...noted,
      modified: '2026-03-02T15:00:01.000Z',
      modifiedBy: 'staff',
      orderForm: { lineItems: lines, shipments: [{ lineItems: lines }] },
    });
    expect(answer).not.toHaveProperty(['orderForm', 'lineItems', 1, 'comment']);
    expect(await twin('GET', 'history/a')).toMatchObject([{ kind: 'created' }, { kind: 'staff-note', call: 'staff' }]);
  });

  it('fits the contract, survives a patch, and is lost by a blind overwrite', async () => {
    await updateMany(order('a'));
    await twin('POST', 'orders/a/staff-note', { note: 'Call back' });
    const read = await test.call('GET', '/api/Orders/a');
    expect((await updateMany(read.body)).status).toBe(204);
    await test.call('PATCH', '/api/Orders/a/PatchOrder', { properties: [{ key: 'x', value: '1' }] });
    expect(test.twin.admin.order('a')).toMatchObject({ ...noted, properties: [{ key: 'StaffNote' }, { key: 'x' }] });
    await updateMany(order('a'));
    expect(test.twin.admin.order('a')).not.toHaveProperty('tags');
  });

  it('needs an order', async () => {
    expect((await test.call('POST', '/_twin/orders/none/staff-note', undefined, open)).status).toBe(404);
  });
});

it('changes settings and refuses what is none', async () => {
  expect(await twin('PUT', 'settings', { searchLagMs: 0, latencyMs: 5 })).toMatchObject({
    searchLagMs: 0,
    latencyMs: 5,
    requestsPerUser: 20,
  });
  expect((await test.call('PUT', '/_twin/settings', { latency: 5 }, open)).status).toBe(400);
  expect((await test.call('PUT', '/_twin/settings', { batchOnInvalid: 'maybe' }, open)).status).toBe(400);
});

it('resets to how it started, and the tokens stay valid', async () => {
  await updateMany(order('a'), order('b', { storeId: 'harstad' }));
  await updateMany(order('a'));
  await twin('PUT', 'settings', { latencyMs: 5 });
  await twin('POST', 'faults', { kind: '5xx' });
  await twin('POST', 'reset');
  expect(await twin('GET', 'state')).toMatchObject({
    orders: 0,
    orderWrites: {},
    violations: 0,
    lastWriteAt: null,
    faults: { waiting: 0 },
    batches: { count: 0 },
  });
  expect(await twin('GET', 'settings')).toMatchObject({ latencyMs: 20 });
  expect((await updateMany(order('a'))).status).toBe(204);
});
