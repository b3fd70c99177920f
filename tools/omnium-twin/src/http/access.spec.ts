import { devShop } from '../seed';
import type { TwinUnderTest } from '../testing/client';
import { startForTest } from '../testing/client';
import { HeldClock } from '../testing/clock';
import { order } from '../testing/order';

let test: TwinUnderTest;
afterEach(() => test.twin.stop());

describe('tokens', () => {
  const credentials = 'clientId=devshop-connector&clientSecret=devshop-secret';

  it('come as bare text, or as JSON when asked for', async () => {
    test = await startForTest();
    expect(await test.token()).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    const { status, body } = await test.call('POST', `/api/token?${credentials}&returnAsJson=true`);
    expect({ status, body }).toEqual({ status: 200, body: { accessToken: expect.any(String), tokenType: 'Bearer', expiresIn: 864_000 } });
  });

  it('are refused to unknown credentials', async () => {
    test = await startForTest();
    expect((await test.call('POST', '/api/Token?clientId=devshop-connector&clientSecret=wrong')).status).toBe(401);
    expect((await test.call('POST', '/api/Token?clientId=nobody&clientSecret=devshop-secret')).status).toBe(401);
    expect((await test.call('POST', '/api/Token?clientId=devshop-connector')).status).toBe(400);
  });

  it('are needed, and end after ten days or when they are revoked', async () => {
    test = await startForTest();
    expect((await test.call('GET', '/api/Stores', undefined, { authorization: '' })).status).toBe(401);
    expect((await test.call('GET', '/api/Stores')).status).toBe(200);
    test.clock.advance(864_000_000);
    expect((await test.call('GET', '/api/Stores')).status).toBe(401);
    const fresh = { authorization: `Bearer ${await test.token()}` };
    expect((await test.call('GET', '/api/Stores', undefined, fresh)).status).toBe(200);
    await test.call('POST', '/_twin/tokens/revoke');
    expect((await test.call('GET', '/api/Stores', undefined, fresh)).status).toBe(401);
  });
});

it('keeps the orders of two tenants apart by their tokens', async () => {
  const other = { ...devShop, id: 'Other', apiUsers: [{ clientId: 'other', clientSecret: 'secret' }] };
  test = await startForTest({ tenants: [devShop, other] });
  const asDevShop = { authorization: `Bearer ${await test.token()}` };
  const asOther = { authorization: `Bearer ${await test.token('other', 'secret')}` };
  await test.call('POST', '/api/Orders/UpdateMany?runWorkflow=false', [order('a')], asOther);
  expect((await test.call('GET', '/api/Orders/a', undefined, asDevShop)).status).toBe(404);
  expect((await test.call('GET', '/api/Orders/a', undefined, asOther)).status).toBe(200);
  expect(test.twin.admin.orderIds('Other')).toEqual(['a']);
  expect(test.twin.admin.orderIds('DevShop')).toEqual([]);
});

it('answers 403 when the API user lacks the role', async () => {
  test = await startForTest({ tenants: [{ ...devShop, apiUsers: [{ clientId: 'reader', clientSecret: 's', roles: ['OrderRead'] }] }] });
  const asReader = { authorization: `Bearer ${await test.token('reader', 's')}` };
  expect((await test.call('GET', '/api/Orders/a', undefined, asReader)).status).toBe(404);
  expect((await test.call('POST', '/api/Orders', order('a'), asReader)).status).toBe(403);
  expect((await test.call('GET', '/api/Stores', undefined, asReader)).status).toBe(403);
});

it('answers the fifth batch write at a time with 429 and does not call it a violation', async () => {
  const clock = new HeldClock();
  test = await startForTest({ clock });
  const running = ['a', 'b', 'c', 'd'].map((id) => test.call('POST', '/api/Orders/UpdateMany?runWorkflow=false', [order(id)]));
  await clock.untilSleeping(4);
  const refused = await test.call('POST', '/api/Orders/UpdateMany?runWorkflow=false', [order('e')]);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
  clock.letGo();
  expect((await Promise.all(running)).map(({ status }) => status)).toEqual([204, 204, 204, 204]);
  expect(test.twin.admin.state()).toMatchObject({ limitHits: { 'batch-writes': 1 }, limitHitTotal: 1, violations: 0, orders: 4 });
});

it('gives the place back when a call ends, however it ends', async () => {
  test = await startForTest({ settings: { requestsPerUser: 1 } });
  test.twin.admin.addFault({ kind: '5xx' });
  const statuses = [];
  for (const path of ['/api/Stores', '/api/Orders/none', '/api/Stores?wrong=1', '/api/Stores'])
    statuses.push((await test.call('GET', path)).status);
  expect(statuses).toEqual([500, 404, 400, 200]);
});

it('refuses a second write to an order that is being written', async () => {
  const clock = new HeldClock();
  test = await startForTest({ clock });
  const first = test.call('POST', '/api/Orders/UpdateMany?runWorkflow=false', [order('a'), order('b')]);
  await clock.untilSleeping(1);
  expect((await test.call('PATCH', '/api/Orders/b/PatchOrder', { status: 'Completed' })).status).toBe(409);
  clock.letGo();
  expect((await first).status).toBe(204);
  expect(test.twin.admin.state().conflicts).toBe(1);
});

it('takes 20 ms for a call and a fifth of one more for every order of a batch', async () => {
  test = await startForTest();
  await test.call('GET', '/api/Stores');
  await test.call('POST', '/api/Orders/UpdateMany?runWorkflow=false', [order('a'), order('b')]);
  expect(test.clock.slept).toEqual([20, 20.4]);
});
