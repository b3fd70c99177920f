import { ASSUMED_CART_PATH } from './assumed-read';
import type { TwinUnderTest } from '../testing/client';
import { startForTest } from '../testing/client';
import type { Receiver } from '../testing/receiver';
import { eventually, startReceiver } from '../testing/receiver';

let test: TwinUnderTest;
let receiver: Receiver;
beforeEach(async () => {
  test = await startForTest();
  receiver = await startReceiver();
  await test.call('PUT', '/_twin/subscriptions', [
    { name: 'Carts', baseUrl: receiver.url, requestUri: '/events', filters: { classNames: ['Cart'] } },
  ]);
});
afterEach(async () => {
  await test.twin.stop();
  await receiver.stop();
});

const path = (id: string) => ASSUMED_CART_PATH.replace('{cartId}', id);
const fill = (quantity: number) =>
  test.call('PUT', '/_twin/webshop/carts/C%201', { storeId: 'oslo-downtown', lines: [{ code: 'shirt', quantity, placedPrice: 199.5 }] });

it('answers a cart at the assumed path with the fields of an order, to callers with a token', async () => {
  await fill(2);
  expect(await test.call('GET', path('C%201'))).toMatchObject({
    status: 200,
    body: {
      id: 'C 1',
      marketId: 'NOR',
      storeId: 'oslo-downtown',
      orderForm: { lineItems: [{ lineItemId: '1', extendedPrice: 399, extendedPriceExclTax: 319.2 }] },
    },
  });
  expect((await test.call('GET', path('C%201'), undefined, { authorization: '' })).status).toBe(401);
  expect((await test.call('GET', path('none'))).status).toBe(404);
  expect(test.twin.admin.violations()).toEqual([]);
});

it('tells of carts by events of their class', async () => {
  await fill(1);
  await fill(2);
  await test.call('DELETE', '/_twin/webshop/carts/C%201');
  await eventually(() => test.twin.admin.state().webhooks.pending === 0);
  expect(receiver.received.map(({ body }) => `${body['className']} ${body['objectId']} ${body['category']}`).toSorted()).toEqual([
    'Cart C 1 Created',
    'Cart C 1 Deleted',
    'Cart C 1 Updated',
  ]);
  expect((await test.call('GET', path('C%201'))).status).toBe(404);
});

it('refuses a cart that it cannot fill', async () => {
  expect((await test.call('PUT', '/_twin/webshop/carts/C', { lines: [] })).status).toBe(400);
});
