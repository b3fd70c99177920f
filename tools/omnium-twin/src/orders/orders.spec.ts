import type { TwinUnderTest } from '../testing/client';
import { startForTest } from '../testing/client';
import { order, payment } from '../testing/order';

let test: TwinUnderTest;
beforeEach(async () => {
  test = await startForTest();
});
afterEach(() => test.twin.stop());

const updateMany = (...orders: unknown[]) => test.call('POST', '/api/Orders/UpdateMany?runWorkflow=false', orders);
const read = async (id: string) => (await test.call('GET', `/api/Orders/${id}`)).body;
const rules = () => test.twin.admin.violations().map(({ rule }) => rule);
const writes = () => test.twin.admin.state().orderWrites;

describe('POST /api/Orders', () => {
  it('answers 201 with the order as stored: enriched, calculated, created as sent', async () => {
    const { status, body } = await test.call('POST', '/api/Orders', order('a', { customerId: '47' }));
    expect(status).toBe(201);
    expect(body).toMatchObject({
      orderNumber: 'a',
      customerNumber: '47',
      customerType: 'B2C',
      created: '2026-03-02T14:11:09Z',
      modified: '2026-03-02T15:00:00.000Z',
      netTotal: 548,
      remainingPayment: 0,
      orderForm: { total: 548, lineItems: [{ displayName: 'Article 1', extendedPrice: 548 }], shipments: [{ orderStatus: 'Completed' }] },
    });
    expect(await read('a')).toEqual(body);
  });

  it('refuses an id that is taken and leaves the order alone', async () => {
    await test.call('POST', '/api/Orders', order('a'));
    expect((await test.call('POST', '/api/Orders', order('a', { customerName: 'Liv' }))).status).toBe(409);
    expect(await read('a')).not.toHaveProperty('customerName');
    test.twin.admin.changeSettings({ duplicateIdStatus: 400 });
    expect((await test.call('POST', '/api/Orders', order('a'))).status).toBe(400);
    expect(rules()).toEqual([]);
  });

  it('takes the first status of the order type when none is sent', async () => {
    const { body } = await test.call('POST', '/api/Orders', order('a', { orderType: 'Online-Delivery', status: undefined }));
    expect(body).toMatchObject({ status: 'New' });
  });

  it('shows Queued for as long as the settings say, and a write in that time is a violation', async () => {
    test.twin.admin.changeSettings({ queuedMs: 3_000 });
    expect((await test.call('POST', '/api/Orders', order('a'))).body).toMatchObject({ status: 'Queued' });
    expect((await updateMany(order('a'))).status).toBe(400);
    expect((await test.call('PATCH', '/api/Orders/a/PatchOrder', { customerName: 'Liv' })).status).toBe(400);
    expect((await test.call('DELETE', '/api/Orders/a')).status).toBe(400);
    expect(rules()).toEqual(['queued', 'queued', 'queued']);
    test.clock.advance(3_000);
    expect(await read('a')).toMatchObject({ status: 'Completed' });
    expect((await updateMany(order('a'))).status).toBe(204);
  });
});

describe('PUT /api/Orders', () => {
  it('makes a new order with a number of its own every time', async () => {
    const first = await test.call('PUT', '/api/Orders', order('x', { id: undefined }));
    const second = await test.call('PUT', '/api/Orders', order('x', { id: undefined }));
    expect([first.status, first.body]).toMatchObject([201, { id: 'ORDR000001', orderNumber: 'ORDR000001' }]);
    expect(second.body).toMatchObject({ id: 'ORDR000002' });
  });
});

describe('POST /api/Orders/UpdateMany', () => {
  it('adds what is missing and replaces the whole document of what exists', async () => {
    await updateMany(order('a', { customerName: 'Liv', tags: ['vip'] }));
    await updateMany(order('a'), order('b'));
    expect(await read('a')).not.toHaveProperty('customerName');
    expect(await read('a')).not.toHaveProperty('tags');
    expect(writes()).toEqual({ created: 2, overwritten: 1 });
    expect(test.twin.admin.state().batches).toEqual({ count: 2, orders: 3, largest: 2, sizes: [1, 2] });
  });

  it('tells an overwrite that changes nothing from one that does, though modified moves', async () => {
    await updateMany(order('a'));
    test.clock.advance(60_000);
    await updateMany(order('a'));
    expect(writes()).toEqual({ created: 1, unchanged: 1 });
    expect(await read('a')).toMatchObject({ modified: '2026-03-02T15:01:00.000Z', created: '2026-03-02T14:11:09Z' });
    await updateMany(order('a', { salesPersonId: '7' }));
    const kinds = test.twin.admin.history('a').map(({ at, call, kind }) => [at.slice(14, 16), call, kind]);
    expect(kinds).toEqual([
      ['00', 'OrdersUpdateMany', 'created'],
      ['01', 'OrdersUpdateMany', 'unchanged'],
      ['01', 'OrdersUpdateMany', 'overwritten'],
    ]);
  });

  it('stores none of a batch with one invalid order, or only the valid ones when set so', async () => {
    expect((await updateMany(order('a'), order('b', { storeId: 'harstad' }))).status).toBe(400);
    expect(test.twin.admin.orderIds()).toEqual([]);
    test.twin.admin.changeSettings({ batchOnInvalid: 'apply-valid' });
    const answer = await updateMany(order('a'), order('b', { storeId: 'harstad' }));
    expect([answer.status, answer.body]).toMatchObject([400, { errors: { store: [expect.stringMatching(/^b: /)] } }]);
    expect(test.twin.admin.orderIds()).toEqual(['a']);
  });

  it('takes 500 orders and refuses 501', async () => {
    const many = Array.from({ length: 501 }, (_, index) => order(`o${index}`));
    expect((await updateMany(...many)).status).toBe(400);
    expect(rules()).toEqual(['batch-size']);
    expect((await updateMany(...many.slice(1))).status).toBe(204);
    expect(test.twin.admin.state().orders).toBe(500);
  });

  it('warns when payments do not sum to the order, when runWorkflow is left out and when an id is sent twice', async () => {
    const short = { ...order('a').orderForm, payments: [payment('p', 540)] };
    await test.call('POST', '/api/Orders/UpdateMany', [order('a', { orderForm: short }), order('b'), order('b')]);
    expect(test.twin.admin.state()).toMatchObject({
      violations: 0,
      warnings: 3,
      warningsByRule: { 'repeated-id': 1, 'run-workflow': 1, 'payments-sum': 1 },
    });
  });

  it('keeps sent totals when the tenant does not recalculate', async () => {
    const wrong = { ...order('a').orderForm, total: 7 };
    await updateMany(order('a', { orderForm: wrong }));
    expect(await read('a')).toMatchObject({ orderForm: { total: 548 } });
    await test.call('PUT', '/_twin/settings', { isOrderCalculatorRunOnImport: false });
    await updateMany(order('a', { orderForm: wrong }));
    expect(await read('a')).toMatchObject({ orderForm: { total: 7 } });
  });
});

describe('AddMany and ImportMany', () => {
  it.each(['AddMany', 'ImportMany'])('%s adds and leaves existing orders alone', async (call) => {
    await updateMany(order('a', { customerName: 'Liv' }));
    expect((await test.call('POST', `/api/Orders/${call}`, [order('a'), order('b')])).status).toBe(204);
    expect(await read('a')).toMatchObject({ customerName: 'Liv' });
    expect(writes()).toEqual({ created: 2 });
  });
});

describe('reading', () => {
  it('finds what exists', async () => {
    await updateMany(order('a'), order('b'));
    expect((await test.call('POST', '/api/Orders/ExistMany', ['b', 'x', 'a'])).body).toEqual(['b', 'a']);
    const { body } = await test.call('GET', '/api/Orders/GetOrders/ByIds?ids=a&ids=x');
    expect(body).toMatchObject({ orders: [{ id: 'a' }], missingIds: ['x'] });
    expect((await test.call('GET', '/api/Orders/x')).status).toBe(404);
    expect(rules()).toEqual([]);
  });

  it('takes a hundred ids and refuses more', async () => {
    const ids = Array.from({ length: 101 }, (_, index) => `o${index}`);
    expect((await test.call('POST', '/api/Orders/ExistMany', ids)).status).toBe(400);
    expect((await test.call('GET', `/api/Orders/GetOrders/ByIds?${ids.map((id) => `ids=${id}`).join('&')}`)).status).toBe(400);
    expect(rules()).toEqual(['lookup-size', 'lookup-size']);
    expect((await test.call('POST', '/api/Orders/ExistMany', ids.slice(1))).status).toBe(200);
  });

  it('finds a write by id at once and by search a second later', async () => {
    const search = async () => (await test.call('POST', '/api/Orders/Search', { externalIds: ['sitoo-a'], disableFacets: true })).body;
    await updateMany(order('a'));
    expect(await read('a')).toMatchObject({ id: 'a' });
    expect(await search()).toMatchObject({ totalHits: 0, result: [] });
    test.clock.advance(1_000);
    await updateMany(order('a', { customerName: 'Liv' }));
    expect(await search()).toMatchObject({ totalHits: 1, result: [{ id: 'a' }] });
    expect(await search()).not.toMatchObject({ result: [{ customerName: 'Liv' }] });
    test.clock.advance(1_000);
    expect(await search()).toMatchObject({ result: [{ customerName: 'Liv' }] });
  });

  it('refuses a search beyond its window', async () => {
    expect((await test.call('POST', '/api/Orders/Search', { take: 100, page: 101 })).status).toBe(400);
    expect(rules()).toEqual(['search-window']);
  });
});

describe('PATCH /api/Orders/{orderId}/PatchOrder', () => {
  beforeEach(() => updateMany(order('a', { properties: [{ key: 'k', value: '1' }] })));

  it('changes what is sent and says so', async () => {
    test.clock.advance(1_000);
    const patch = { properties: [{ key: 'x', value: '2' }], orderForm: { lineItems: [{ lineItemId: '1', returnQuantity: 1 }] } };
    const { body } = await test.call('PATCH', '/api/Orders/a/PatchOrder', patch);
    expect(body).toEqual({ totalCount: 1, updatedCount: 1, unchangedCount: 0, notFoundCount: 0, errorCount: 0, isModified: true });
    expect(await read('a')).toMatchObject({
      modified: '2026-03-02T15:00:01.000Z',
      properties: [{ key: 'k' }, { key: 'x' }],
      orderForm: { lineItems: [{ returnQuantity: 1, quantity: 2 }] },
    });
  });

  it('leaves modified alone when nothing changes', async () => {
    test.clock.advance(1_000);
    const { body } = await test.call('PATCH', '/api/Orders/a/PatchOrder', { properties: [{ key: 'k', value: '1' }] });
    expect(body).toMatchObject({ updatedCount: 0, unchangedCount: 1, isModified: false });
    expect(await read('a')).toMatchObject({ modified: '2026-03-02T15:00:00.000Z' });
    expect(writes()).toEqual({ created: 1, 'patched-unchanged': 1 });
  });

  it('refuses what does not fit the settings, and knows no order that is missing', async () => {
    expect((await test.call('PATCH', '/api/Orders/a/PatchOrder', { status: 'Shipped' })).status).toBe(400);
    expect((await test.call('PATCH', '/api/Orders/none/PatchOrder', { status: 'Completed' })).status).toBe(404);
    expect(rules()).toEqual(['status']);
  });
});

describe('DELETE /api/Orders/{id}', () => {
  it('marks the order as deleted, or removes it for good when asked', async () => {
    await updateMany(order('a'));
    expect((await test.call('DELETE', '/api/Orders/a')).status).toBe(204);
    expect(await read('a')).toMatchObject({ status: 'Deleted' });
    expect((await test.call('DELETE', '/api/Orders/a?deletePermanently=true')).status).toBe(204);
    expect((await test.call('GET', '/api/Orders/a')).status).toBe(404);
    expect(test.twin.admin.history('a').map(({ kind }) => kind)).toEqual(['created', 'deleted', 'removed']);
  });
});
