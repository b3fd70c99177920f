import type { SitooOrder } from '@connector/contracts';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { account, Scene, until } from './scene';

/** Where the Omnium twin answers carts: its own assumption, since Omnium publishes no such operation. */
const assumedCartPath = '/api/TwinAssumption/Carts/{cartId}';
let scene: Scene;
let folder: string;
// Ids that no earlier run on the same broker has used.
const run = Date.now();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'connector-carts-'));
  cpSync(join(__dirname, '../../../config'), folder, { recursive: true });
  const file = join(folder, 'tenants/DevShop/markets/NOR/connectors.json');
  const [record] = JSON.parse(readFileSync(file, 'utf8')) as { properties: object[] }[];
  record!.properties.push({ key: 'CartReadPath', value: assumedCartPath }, { key: 'CartAs', value: 'booking' });
  writeFileSync(file, JSON.stringify([record]));
  scene = await Scene.start({ CONNECTOR_CONFIG_DIR: folder });
});
afterAll(async () => {
  await scene?.stop();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(async () => {
  const { violations } = await scene.omnium<{ violations: object[] }>('GET', '/violations');
  expect({ sitoo: await scene.sitoo<object[]>('GET', '/violations'), omnium: violations }).toEqual({ sitoo: [], omnium: [] });
});

const shirt = (quantity: number) => [{ code: 'shirt', quantity, placedPrice: 199.5 }];
const fill = (id: string, quantity: number) =>
  scene.omnium('PUT', `/webshop/carts/${id}`, {
    storeId: 'oslo-downtown',
    lines: shirt(quantity),
    customer: { email: 'kari@example.com' },
  });

/** What the store has under ids that begin so: type, state and amount. */
async function inStore(...ids: string[]): Promise<string[]> {
  const orders = await scene.sitoo<SitooOrder[]>('GET', `/orders/${account}`);
  return orders
    .filter(({ externalid }) => ids.some((id) => externalid === id || externalid?.startsWith(`${id}_`)))
    .map(({ ordertypeid, orderstateid, moneytotal_gross_all: gross }) => `${ordertypeid} ${orderstateid} ${gross}`);
}

test('a cart waits in its store as a booking, follows its changes, and gives way to the order that is made of it', async () => {
  const [cart, order] = [`cart-${run}`, `WEB-CART-${run}`];
  await fill(cart, 1);
  await until('the booking', async () => (await inStore(cart)).join() === '100 0 199.50');
  await fill(cart, 2);
  await until('the changed booking', async () => (await inStore(cart)).join() === '100 20 199.50,100 0 399.00');
  await scene.omnium('POST', '/webshop/orders', { id: order, cartId: cart, pickUpIn: 'oslo-downtown', lines: shirt(2) });
  await until('one order', async () => (await inStore(cart, order)).join() === '100 20 199.50,100 20 399.00,10 0 399.00');
  // The cart's own event comes late: nothing comes back.
  await fill(cart, 3);
  await until('the late event', async () =>
    (await scene.outcomes()).some(({ key, reason }) => key === `DevShop/NOR/${cart}` && reason?.code === 'CART_BECAME_ORDER'),
  );
  expect(await inStore(cart, order)).toEqual(['100 20 199.50', '100 20 399.00', '10 0 399.00']);
  const parked = (await scene.parked()).filter(({ key }) => key.includes(String(run)));
  expect(parked).toEqual([]);
});

test('a cart that is deleted is taken away from its store, and no booking of Omnium becomes an order there', async () => {
  const cart = `cart-${run}-2`;
  await fill(cart, 1);
  await until('the booking', async () => (await inStore(cart)).join() === '100 0 199.50');
  await scene.omnium('DELETE', `/webshop/carts/${cart}`);
  await until('taken away', async () => (await inStore(cart)).join() === '100 20 199.50');
  const [booking] = (await scene.sitoo<SitooOrder[]>('GET', `/orders/${account}`)).filter(({ externalid }) => externalid === `${cart}_c`);
  await until('its event', async () =>
    (await scene.outcomes()).some(({ key, reason }) => key === `DevShop/NOR/${booking?.orderid}` && reason?.code === 'OMNIUM_CART'),
  );
  expect((await scene.orders()).has(scene.omniumId(booking?.orderid ?? 0))).toBe(false);
});
