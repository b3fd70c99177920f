import type { TwinUnderTest } from '../testing/client';
import { startForTest } from '../testing/client';
import { order } from '../testing/order';

let test: TwinUnderTest;
beforeEach(async () => {
  test = await startForTest();
});
afterEach(() => test.twin.stop());

const write = (id: string) => test.call('POST', '/api/Orders/UpdateMany?runWorkflow=false', [order(id)]);
const fault = (body: unknown) => test.call('POST', '/_twin/faults', body);
const ids = () => test.twin.admin.orderIds();

it('5xx fails the next n calls and does nothing', async () => {
  await fault({ kind: '5xx', count: 2, status: 503 });
  expect([(await write('a')).status, (await write('b')).status, (await write('c')).status]).toEqual([503, 503, 204]);
  expect(ids()).toEqual(['c']);
  expect(test.twin.admin.state().faults).toEqual({ served: { '5xx': 2 }, waiting: 0 });
});

it('5xx may come after the work is done', async () => {
  await fault({ kind: '5xx', afterApply: true });
  expect((await write('a')).status).toBe(500);
  expect(ids()).toEqual(['a']);
});

it('reset-before cuts the connection and does nothing', async () => {
  await fault({ kind: 'reset-before' });
  await expect(write('a')).rejects.toThrow();
  expect(ids()).toEqual([]);
  expect((await write('a')).status).toBe(204);
});

it('reset-after-apply cuts the connection with the work done', async () => {
  await fault({ kind: 'reset-after-apply' });
  await expect(write('a')).rejects.toThrow();
  expect(ids()).toEqual(['a']);
  expect(test.twin.admin.state().calls.answers).toEqual({ 200: 1, cut: 1 });
});

it('hang never answers and gives its place back when the caller leaves', async () => {
  test.twin.admin.changeSettings({ requestsPerUser: 1 });
  const authorization = `Bearer ${await test.token()}`;
  await fault({ kind: 'hang' });
  const leaving = new AbortController();
  const hanging = fetch(`${test.twin.url}/api/Stores`, { headers: { authorization }, signal: leaving.signal });
  const faultTaken = () => test.twin.admin.state().faults.served.hang === 1;
  while (!faultTaken()) await new Promise(setImmediate);
  expect((await test.call('GET', '/api/Stores')).status).toBe(429);
  leaving.abort();
  await expect(hanging).rejects.toThrow();
  let status = 429;
  while (status === 429) ({ status } = await test.call('GET', '/api/Stores'));
  expect(status).toBe(200);
});

it('429 refuses as a limit would, with the Retry-After asked for, without counting as a limit hit', async () => {
  await fault({ kind: '429', retryAfterSeconds: 7 });
  const refused = await write('a');
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '7']);
  await fault({ kind: '429', retryAfterSeconds: 0 });
  expect((await write('a')).headers.get('retry-after')).toBeNull();
  expect(test.twin.admin.state().limitHitTotal).toBe(0);
});

it('slow waits before the work', async () => {
  await fault({ kind: 'slow', delayMs: 44_000 });
  expect((await write('a')).status).toBe(204);
  expect(test.clock.slept).toEqual([44_000, 20.2]);
});

it('hits only the operation that is named', async () => {
  await fault({ kind: '5xx', operationId: 'OrdersUpdateMany' });
  expect((await test.call('GET', '/api/Stores')).status).toBe(200);
  expect((await write('a')).status).toBe(500);
});

it('may hit the token endpoint too', async () => {
  await fault({ kind: '5xx', operationId: 'TokenPost' });
  expect((await test.call('POST', '/api/Token?clientId=devshop-connector&clientSecret=devshop-secret')).status).toBe(500);
});

it('is not used up by a call that has no valid token', async () => {
  await fault({ kind: '5xx' });
  await test.call('GET', '/api/Stores', undefined, { authorization: '' });
  expect(test.twin.admin.state().faults.waiting).toBe(1);
});

it('refuses an order for a fault that it does not know', async () => {
  expect((await fault({ kind: 'earthquake' })).status).toBe(400);
  expect((await fault({ kind: '5xx', howMany: 2 })).status).toBe(400);
});
