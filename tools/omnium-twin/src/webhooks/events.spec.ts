import type { TwinUnderTest } from '../testing/client';
import { startForTest } from '../testing/client';
import { order } from '../testing/order';
import type { Receiver } from '../testing/receiver';
import { eventually, startReceiver } from '../testing/receiver';

let test: TwinUnderTest;
let receiver: Receiver;
const start = async (status?: (call: number) => number, subscription: object = {}) => {
  test = await startForTest();
  receiver = await startReceiver(status);
  const body = [{ name: 'Orders', baseUrl: receiver.url, requestUri: '/api/omniumwebhook/DevShop/NOR', ...subscription }];
  expect((await test.call('PUT', '/_twin/subscriptions', body)).status).toBe(200);
};
afterEach(async () => {
  await test.twin.stop();
  await receiver.stop();
});

const post = (document: object) => test.call('POST', '/api/Orders', document);
const updateMany = (...orders: object[]) => test.call('POST', '/api/Orders/UpdateMany?runWorkflow=false', orders);
const webhooks = () => test.twin.admin.state().webhooks;
const settled = () => eventually(() => webhooks().pending === 0);
const told = async () => {
  await settled();
  return receiver.received.map(({ body }) => `${body.category} ${body.objectId} ${body.status}`).toSorted();
};

it('tells of an order with the published envelope, and never sends the order', async () => {
  await start(undefined, { headers: [{ key: 'X-Api-Key', value: 'secret' }] });
  await updateMany(order('a', { tags: ['vip'], customerEmail: 'liv@example.com' }));
  await settled();
  expect(receiver.received).toMatchObject([{ path: '/api/omniumwebhook/DevShop/NOR', headers: { 'x-api-key': 'secret' } }]);
  expect(receiver.received[0]?.body).toEqual({
    timestamp: '2026-03-02T15:00:00.000Z',
    id: expect.stringMatching(/^[0-9a-f]{20}$/),
    message: 'Order created',
    className: 'Order',
    subClassName: 'PosSitoo',
    objectId: 'a',
    objectNumber: 'a',
    category: 'Created',
    market: 'NOR',
    storeId: 'oslo-downtown',
    user: 'devshop-connector',
    userId: 'devshop-connector',
    status: 'Completed',
    previousStatus: '',
    isError: false,
    isRead: false,
    indexIdentifier: receiver.received[0]?.body.id,
    esMetadata: {},
    origin: 'OrdersUpdateMany',
    tags: ['vip'],
  });
});

it('tells of workflows, changes, cancellations, comments and deletions', async () => {
  await start();
  await post(order('a', { orderType: 'Online-Delivery', status: 'New' }));
  await test.call('PATCH', '/api/Orders/a/PatchOrder', { customerName: 'Liv' });
  await test.call('PATCH', '/api/Orders/a/PatchOrder', { customerName: 'Liv' });
  await test.call('POST', '/api/Orders/AddComment', { orderId: 'a', commentText: 'Call back' });
  await test.call('POST', '/api/Orders/a/UpdateStatus', { status: 'OrderCanceled', skipRunWorkflow: true });
  await test.call('DELETE', '/api/Orders/a');
  expect(await told()).toEqual([
    'Canceled a OrderCanceled',
    'Comment a New',
    'Created a New',
    'Deleted a Deleted',
    'Updated a New',
    'Workflow a New',
  ]);
});

it('sends only what every filter lets through', async () => {
  await start(undefined, {
    filters: { classNames: ['Order'], categories: ['Created'], stores: ['oslo-downtown'], markets: [], orderTypes: ['PosSitoo'] },
  });
  await updateMany(order('a'), order('b', { storeId: 'bergen-sentrum' }));
  await updateMany(order('a', { customerName: 'Liv' }));
  await post(order('c', { orderType: 'Online-Delivery', status: 'New' }));
  expect(await told()).toEqual(['Created a Completed']);
  expect(test.twin.admin.state().events).toEqual({ raised: 5, unsubscribed: 4 });
});

it('tries four times in all, after 1, 5 and 15 seconds', async () => {
  await start(() => 503);
  await updateMany(order('a'));
  await settled();
  expect(receiver.received).toHaveLength(4);
  expect(test.clock.slept.filter((ms) => ms >= 1_000)).toEqual([1_000, 5_000, 15_000]);
  expect(webhooks()).toEqual({ queued: 1, delivered: 0, lost: 1, pending: 0, requests: 4 });
});

it('stops trying once it is through', async () => {
  await start((call) => (call < 3 ? 500 : 204));
  await updateMany(order('a'));
  await settled();
  expect(webhooks()).toMatchObject({ delivered: 1, lost: 0, requests: 3 });
});

it.each([400, 404, 429])('gives up at once on %s', async (status) => {
  await start(() => status);
  await updateMany(order('a'));
  await settled();
  expect(webhooks()).toMatchObject({ lost: 1, requests: 1 });
});

it('scales the delays, and repeats events when told so', async () => {
  await start((call) => (call === 1 ? 500 : 200));
  test.twin.admin.changeSettings({ timeScale: 0.01, eventCopies: 2 });
  await updateMany(order('a'));
  await settled();
  expect(test.clock.slept).toContain(10);
  expect(webhooks()).toMatchObject({ queued: 2, delivered: 2, requests: 3 });
});

it('refuses subscriptions it cannot use', async () => {
  await start();
  expect((await test.call('PUT', '/_twin/subscriptions', [{ name: 'x' }])).status).toBe(400);
  expect((await test.call('PUT', '/_twin/connectors', [{ name: 'sitoo', host: 'ftp://x' }])).status).toBe(400);
});
