import type { TwinUnderTest } from '../testing/client';
import { startForTest } from '../testing/client';
import { order } from '../testing/order';

let test: TwinUnderTest;
beforeEach(async () => {
  test = await startForTest();
});
afterEach(() => test.twin.stop());

const lastViolation = () => test.twin.admin.violations().at(-1);

it('answers an unknown field with a problem that names it, stores nothing and records it', async () => {
  const answer = await test.call('POST', '/api/Orders', { ...order('a'), colour: 'red' });
  expect(answer.status).toBe(400);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(answer.body).toMatchObject({ status: 400, title: expect.any(String), errors: { contract: [expect.stringContaining('colour')] } });
  expect(lastViolation()).toMatchObject({
    rule: 'contract',
    operationId: 'OrdersPost',
    tenantId: 'DevShop',
    at: '2026-03-02T15:00:00.000Z',
  });
  expect(test.twin.admin.orderIds()).toEqual([]);
});

it('answers an unknown query parameter with 400', async () => {
  expect((await test.call('POST', '/api/Orders/UpdateMany?runWorkflows=false', [])).status).toBe(400);
  expect(lastViolation()).toMatchObject({ rule: 'contract', detail: expect.stringContaining('runWorkflows') });
});

it('answers a body that is not JSON with 400', async () => {
  const authorization = `Bearer ${await test.token()}`;
  const headers = { authorization, 'content-type': 'application/json' };
  const answer = await fetch(`${test.twin.url}/api/Orders`, { method: 'POST', body: '{"id":', headers });
  expect(answer.status).toBe(400);
  expect(test.twin.admin.violations().map(({ detail }) => detail)).toContain('body: is not JSON');
});

it('answers a route that Omnium does not have with 404 and records it', async () => {
  expect((await test.call('GET', '/api/Order/a')).status).toBe(404);
  expect(lastViolation()).toMatchObject({ rule: 'contract', detail: expect.stringContaining('/api/Order/a') });
});

it('answers an operation of the contract that it does not serve with 501 and records it', async () => {
  expect((await test.call('GET', '/api/Orders/GetOrders/Count')).status).toBe(501);
  expect(lastViolation()).toMatchObject({ rule: 'not-served', detail: 'OrdersGetOrderCount' });
});

it('takes routes and query names in any case', async () => {
  expect((await test.call('POST', '/API/orders/updatemany?RUNWORKFLOW=false', [order('A-b')])).status).toBe(204);
  expect((await test.call('get', '/api/orders/A-b')).body).toMatchObject({ id: 'A-b' });
  expect((await test.call('GET', '/api/orders/a-b')).status).toBe(404);
  expect(test.twin.admin.warnings()).toEqual([]);
});

it('gives an order that fits its own contract: what is read can be sent back', async () => {
  await test.call('POST', '/api/Orders/UpdateMany?runWorkflow=false', [order('a', { customerId: '47', returnOrderForms: [] })]);
  const read = await test.call('GET', '/api/Orders/a');
  expect((await test.call('POST', '/api/Orders/UpdateMany?runWorkflow=false', [read.body])).status).toBe(204);
  expect(test.twin.admin.violations()).toEqual([]);
  expect(test.twin.admin.state().orderWrites).toEqual({ created: 1, unchanged: 1 });
});
