import { WebShop } from './web-shop.mjs';

type Calls = [method: string, path: string, body?: { id?: string }][];

function scene(count: number) {
  const calls: Calls = [];
  const call = (where: string) => async (method: string, path: string, body?: { id?: string }) =>
    void calls.push([method, `${where}${path}`, body]);
  const shop = new WebShop({ count, name: 'x', stores: ['oslo', 'bergen'], sitoo: call('sitoo'), omnium: call('omnium') });
  const told = () => calls.splice(0).map(([, path]) => path);
  return { shop, calls, told };
}
const seen = (orderstateid: number, status: string, id = 'WEB-x-1') => ({
  sitooOrders: [{ orderid: 7, externalid: id, orderstateid }],
  omniumOrders: [{ id, status }],
});

test('orders are placed through the day, for collection and for shipping, in all stores, each once', async () => {
  const { shop, calls } = scene(3);
  for (const share of [0, 0.1, 0.5, 0.5, 1]) await shop.placeUpTo(share);
  expect(calls.map(([, , body]) => body)).toMatchObject([
    { id: 'WEB-x-1', pickUpIn: 'oslo' },
    { id: 'WEB-x-2', shipFrom: 'bergen' },
    { id: 'WEB-x-3', pickUpIn: 'oslo' },
  ]);
  expect(calls).toHaveLength(3);
});

test('a store picks an order once it is there, and hands it over once Omnium knows that it is ready', async () => {
  const { shop, told } = scene(1);
  await shop.goOn({ sitooOrders: [], omniumOrders: [{ id: 'WEB-x-1', status: 'New' }] });
  expect(told()).toEqual([]);
  await shop.goOn(seen(0, 'New'));
  expect(told()).toEqual(['sitoo/till/readyForPickup']);
  await shop.goOn(seen(0, 'New'));
  expect(told()).toEqual([]);
  await shop.goOn(seen(0, 'ReadyForPickup'));
  expect(told()).toEqual(['sitoo/till/deliver', 'sitoo/till/close']);
  expect(shop.look()).toMatchObject([{ isOver: false, status: 'ReadyForPickup' }]);
  await shop.goOn(seen(10, 'Completed'));
  expect(shop.look()).toEqual([{ id: 'WEB-x-1', flow: 'click & collect', ending: 'collected', isOver: true, status: 'Completed' }]);
});

test('one order is refused by its store and one cancelled by its customer', async () => {
  const { shop, told } = scene(6);
  await shop.goOn(seen(0, 'New', 'WEB-x-5'));
  await shop.goOn(seen(0, 'New', 'WEB-x-6'));
  expect(told()).toEqual(['sitoo/till/rejectPickup', 'omnium/webshop/orders/WEB-x-6/cancel']);
  await shop.goOn(seen(0, 'OnHold', 'WEB-x-5'));
  await shop.goOn(seen(20, 'OrderCanceled', 'WEB-x-6'));
  expect(shop.look().flatMap(({ ending, isOver }) => (isOver ? [ending] : []))).toEqual([
    'refused by the store',
    'cancelled by the customer',
  ]);
});
