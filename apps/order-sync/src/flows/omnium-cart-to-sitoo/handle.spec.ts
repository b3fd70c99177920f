import type { Fact } from '@connector/contracts';
import { aMarket } from '../../markets/market.fixture';
import { anOrder, aShipment, failed, line, now, Scene } from '../omnium-order-to-sitoo/scene.fixture';

let scene: Scene;
const readable = { ...aMarket().webOrders, cartReadPath: '/api/Something/{cartId}' };
beforeEach(() => {
  scene = new Scene();
  scene.config = aMarket({ webOrders: readable });
});

/** This cart is in Omnium. */
function fill(id: string, change: object = {}): void {
  const cart = { id, storeId: 'oslo', billingCurrency: 'NOK', customerEmail: 'kari@example.com', orderForm: { lineItems: [line] } };
  scene.carts.set(id, { ...cart, ...change });
}
const more = { orderForm: { lineItems: [{ ...line, quantity: 3, extendedPrice: 1_197, extendedPriceExclTax: 957.6 }] } };
const deleted: Fact = { id: 'd', kind: 'omnium-cart', at: now, event: 'Deleted' };
/** What the store has: external id, type, state. */
const waiting = () => [...scene.kept.values()].map(({ externalid, ordertypeid, orderstateid }) => [externalid, ordertypeid, orderstateid]);
const done = (effect: string) => ({ kind: 'done', effect });
const skippedFor = (code: string) => ({ kind: 'skipped', reason: { code } });

describe('a cart', () => {
  it.each([
    ['parked', 110],
    ['booking', 100],
  ] as const)('waits in its store as a %s, unpaid, and is looked at once more a minute later', async (cartAs, ordertypeid) => {
    scene.config = aMarket({ webOrders: { ...readable, cartAs } });
    fill('C');
    expect(await scene.handleCarts(['C'])).toMatchObject([{ ...done('created'), verify: true }]);
    expect(waiting()).toEqual([['C_c', ordertypeid, 0]]);
    expect(scene.kept.get('C_c')).toMatchObject({ warehouseid: 43, paymentstateid: 0, email: 'kari@example.com' });
    expect(await scene.handleCarts(['C'], { verifying: true })).toMatchObject([done('equal')]);
    expect(scene.writes).toEqual(['create C_c']);
  });

  it('that changes is changed in the store, again and again', async () => {
    fill('C');
    await scene.handleCarts(['C']);
    fill('C', { customerEmail: 'ola@example.com' });
    expect(await scene.handleCarts(['C'])).toMatchObject([done('patched')]);
    fill('C', more);
    expect(await scene.handleCarts(['C'])).toMatchObject([done('created')]);
    fill('C', { storeId: 'bergen' });
    expect(await scene.handleCarts(['C'])).toMatchObject([done('created')]);
    expect(waiting()).toEqual([
      ['C_c', 110, 20],
      ['C_c2', 110, 20],
      ['C_c3', 110, 0],
    ]);
    expect(await scene.handleCarts(['C'])).toMatchObject([done('equal')]);
  });

  it('that is deleted or emptied is taken away', async () => {
    for (const id of ['C', 'D']) fill(id);
    await scene.handleCarts(['C', 'D']);
    scene.carts.delete('C');
    fill('D', { orderForm: { lineItems: [] } });
    expect(await scene.handleCarts(['C', 'D'], { facts: [deleted] })).toMatchObject([done('cancelled'), done('cancelled')]);
  });

  it('of a market in shadow mode is mapped and not written', async () => {
    scene.config = aMarket({ webOrders: readable, shadowMode: true });
    fill('C');
    expect(await scene.handleCarts(['C'])).toMatchObject([done('would-create')]);
    expect([scene.writes, waiting()]).toEqual([[], []]);
  });

  it("of a place without a Sitoo warehouse is no store's business", async () => {
    fill('C', { storeId: 'webshop' });
    expect(await scene.handleCarts(['C'])).toMatchObject([skippedFor('NOT_FOR_A_STORE')]);
    expect(scene.writes).toEqual([]);
  });

  it('that Omnium does not return is tried again, and is never taken for deleted', async () => {
    expect(await scene.handleCarts(['C'])).toMatchObject([{ kind: 'retry', reason: { code: 'CART_NOT_READABLE' } }]);
    fill('C');
    await scene.handleCarts(['C']);
    scene.carts.clear();
    expect(await scene.handleCarts(['C'])).toMatchObject([{ kind: 'retry', reason: { message: expect.stringContaining('CartReadPath') } }]);
    expect(waiting()).toEqual([['C_c', 110, 0]]);
  });

  it.each([
    ['is another one', { id: 'X' }, 'CART_MALFORMED'],
    ['has no lines at all', { orderForm: {} }, 'CART_MALFORMED'],
    ['is in another currency', { billingCurrency: 'SEK' }, 'CURRENCY_MISMATCH'],
  ])('whose document %s is parked, and its neighbours go through', async (_, change, code) => {
    fill('C', change);
    fill('D');
    expect(await scene.handleCarts(['C', 'D'])).toMatchObject([{ kind: 'park', reason: { code } }, done('created')]);
  });
});

describe('a cart that became an order', () => {
  const order = (change = {}) => anOrder('A', { orderForm: { cartId: 'C', shipments: [aShipment()] }, ...change });

  it('leaves one order, not two, whichever comes first', async () => {
    fill('C');
    await scene.handleCarts(['C']);
    scene.has(order());
    await scene.handle(['A']);
    expect(waiting()).toEqual([
      ['C_c', 110, 20],
      ['A', 10, 0],
    ]);
    expect(await scene.handleCarts(['C'])).toMatchObject([skippedFor('CART_BECAME_ORDER')]);
    fill('D');
    scene.has(anOrder('B', { orderForm: { cartId: 'D', shipments: [aShipment()] } }));
    expect(await scene.handleCarts(['D'])).toMatchObject([skippedFor('CART_BECAME_ORDER')]);
    expect([...scene.kept.keys()]).toEqual(['C_c', 'A']);
  });

  it('takes away the version that waits, after however many changes', async () => {
    for (const change of [{}, more, { storeId: 'bergen' }]) {
      fill('C', change);
      await scene.handleCarts(['C']);
    }
    scene.has(order());
    await scene.handle(['A']);
    expect(waiting().filter(([, , state]) => state === 0)).toEqual([['A', 10, 0]]);
  });

  it('whose order looked before the cart was there: the order is asked to look again', async () => {
    fill('C');
    await scene.handleCarts(['C']);
    scene.has(order());
    expect(await scene.handleCarts(['C'], { verifying: true })).toMatchObject([skippedFor('CART_BECAME_ORDER')]);
    expect(scene.published.map(({ topic, key }) => `${topic} ${key}`)).toEqual(['omnium.order.changed.v1 DevShop/NOR/A']);
    expect(waiting()).toEqual([['C_c', 110, 0]]);
  });

  it('is found among the orders made since its event, of the types that are made of carts', async () => {
    fill('C');
    await scene.handleCarts(['C'], { facts: [{ ...deleted, event: 'Updated', at: now - 3_600_000 }] });
    expect(scene.searched.map(({ orderType }) => orderType)).toEqual(['Online-PickupInStore', 'Online-Delivery', 'Online']);
    expect(scene.searched[0]).toMatchObject({ createdFrom: new Date(now - 4_200_000).toISOString(), selectedMarkets: ['NOR'] });
  });

  it.each([
    ['of a type that goes to no store', { orderType: 'Online' }, {}],
    [
      'in a market that exports no orders',
      {},
      { capabilities: { orderExport: false, cartExport: true, implementations: ['ICartExporter'] } },
    ],
  ])('%s is taken away all the same', async (_, change, config) => {
    scene.config = aMarket({ webOrders: readable, ...config });
    fill('C');
    await scene.handleCarts(['C']);
    scene.has(order(change));
    expect(await scene.handle(['A'])).toMatchObject([done('cancelled')]);
    expect(waiting()).toEqual([['C_c', 110, 20]]);
    expect(await scene.handle(['A'])).toMatchObject([{ kind: 'skipped' }]);
  });
});

describe('a market', () => {
  it.each([
    [
      'ICartExporter',
      { capabilities: { orderExport: true, cartExport: false, implementations: ['IOrderExporter'] }, webOrders: readable },
      'CART_EXPORT_OFF',
      'ICartExporter',
    ],
    ['a path to read carts from', {}, 'CART_READ_PATH_MISSING', 'CartReadPath'],
  ])('without %s exports no cart and says what to set where', async (_, change, code, setting) => {
    scene.config = aMarket(change);
    fill('C');
    const [outcome] = await scene.handleCarts(['C']);
    expect(outcome).toMatchObject({
      ...skippedFor(code),
      reason: { message: expect.stringMatching(new RegExp(`"${setting}".*tenant DevShop`)) },
    });
    expect(scene.calls).toEqual([]);
  });

  it('without connection, or with a wrong setting in Omnium, has its work wait', async () => {
    scene.problem = { code: 'MARKET_UNKNOWN', message: 'no such market' };
    expect(await scene.handleCarts(['C'])).toMatchObject([{ kind: 'deferred', reason: { code: 'MARKET_UNKNOWN' } }]);
    scene.market = { code: 'MARKET_PAUSED', message: 'paused' };
    expect(await scene.handleCarts(['C'])).toMatchObject([{ kind: 'deferred', reason: { code: 'MARKET_PAUSED' } }]);
  });
});

describe('a platform that fails', () => {
  it("on reading is the bus's business", async () => {
    fill('C');
    const error = failed('omnium', 'document', 'TIMEOUT');
    scene.breaks.document = { error };
    await expect(scene.handleCarts(['C'])).rejects.toBe(error);
  });

  it('on a write has the rest of the batch wait', async () => {
    for (const id of ['C', 'D']) fill(id);
    scene.breaks.create = { error: failed('sitoo', 'orders.create', 'TIMEOUT') };
    expect(await scene.handleCarts(['C', 'D'])).toMatchObject([{ kind: 'deferred' }, { kind: 'deferred' }]);
    expect(scene.writes).toEqual(['create C_c']);
  });
});
