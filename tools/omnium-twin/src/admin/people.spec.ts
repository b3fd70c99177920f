import type { TwinUnderTest } from '../testing/client';
import { startForTest } from '../testing/client';
import { order } from '../testing/order';

let test: TwinUnderTest;
beforeEach(async () => {
  test = await startForTest();
});
afterEach(() => test.twin.stop());

const twin = (method: string, path: string, body?: unknown) => test.call(method, `/_twin/${path}`, body, { authorization: '' });
const lines = [{ code: 'shirt', quantity: 2, placedPrice: 199.5 }];
const state = () => test.twin.admin.state();

describe('the web shop', () => {
  it('places an order to be collected, created with its workflow', async () => {
    const { body } = await twin('POST', 'webshop/orders', {
      pickUpIn: 'bergen-sentrum',
      lines,
      customer: { name: 'Liv', phone: '+4790000000' },
      cartId: 'C1',
    });
    expect(body).toMatchObject({
      id: 'WEB000001',
      orderType: 'Online-PickupInStore',
      status: 'New',
      marketId: 'NOR',
      storeId: 'bergen-sentrum',
      customerPhone: '+4790000000',
      netTotal: 399,
      remainingPayment: 0,
      orderForm: {
        cartId: 'C1',
        shipments: [
          {
            shippingMethodName: 'PickUpInStore',
            status: 'AwaitingInventory',
            warehouseCode: 'bergen-sentrum',
            pickUpWarehouseCode: 'bergen-sentrum',
          },
        ],
        payments: [{ transactionType: 'Authorization', amount: 399 }],
      },
    });
    expect(body).not.toHaveProperty(['orderForm', 'shipments', 0, 'address']);
    expect(state()).toMatchObject({ workflowsRun: { WEB000001: 1 }, violations: 0, warnings: 0 });
  });

  it('places an order to be shipped from a store, with an address', async () => {
    const { body } = await twin('POST', 'webshop/orders', { shipFrom: 'oslo-downtown', lines, address: { city: 'Bodø' } });
    expect(body).toMatchObject({
      orderType: 'Online-Delivery',
      orderForm: { shipments: [{ shippingMethodName: 'HomeDelivery', warehouseCode: 'oslo-downtown', address: { city: 'Bodø' } }] },
    });
    expect(body).not.toHaveProperty(['orderForm', 'shipments', 0, 'pickUpWarehouseCode']);
  });

  it('gives orders that fit the contract', async () => {
    const { body } = await twin('POST', 'webshop/orders', { shipFrom: 'oslo-downtown', lines });
    expect((await test.call('POST', '/api/Orders/UpdateMany?runWorkflow=false', [body])).status).toBe(204);
  });

  it('changes and cancels', async () => {
    await twin('POST', 'webshop/orders', { id: 'W1', pickUpIn: 'bergen-sentrum', lines });
    const changed = await twin('PATCH', 'webshop/orders/W1', { orderForm: { lineItems: [{ lineItemId: '1', quantity: 1 }] } });
    expect(changed.body).toMatchObject({ modifiedBy: 'webshop', orderForm: { lineItems: [{ quantity: 1 }], total: 199.5 } });
    const cancelled = await twin('POST', 'webshop/orders/W1/cancel');
    expect(cancelled.body).toMatchObject({ status: 'OrderCanceled' });
    expect(state().workflowsRun).toEqual({ W1: 2 });
  });

  it.each([
    ['POST', 'webshop/orders', { lines }, 400],
    ['POST', 'webshop/orders', { pickUpIn: 'oslo-downtown', shipFrom: 'oslo-downtown', lines }, 400],
    ['POST', 'webshop/orders', { pickUpIn: 'harstad', lines }, 400],
    ['PATCH', 'webshop/orders/none', { customerName: 'Liv' }, 404],
    ['POST', 'webshop/orders/none/cancel', undefined, 404],
  ])('answers %s %s with %j with what is wrong, which is no violation', async (method, path, body, status) => {
    expect((await twin(method, path, body)).status).toBe(status);
    expect(state()).toMatchObject({ orders: 0, violations: 0 });
  });
});

describe('staff', () => {
  beforeEach(() => test.call('POST', '/api/Orders/UpdateMany?runWorkflow=false', [order('a')]));

  it('tag an order and move it', async () => {
    expect((await twin('POST', 'orders/a/tags', { tag: 'vip' })).body).toMatchObject({ tags: ['vip'], modifiedBy: 'staff' });
    expect((await twin('POST', 'orders/a/status', { status: 'Returned' })).body).toMatchObject({ status: 'Returned', tags: ['vip'] });
    expect(state().workflowsRun).toEqual({ a: 1 });
    expect((await twin('POST', 'orders/a/tags', {})).status).toBe(400);
    expect((await twin('POST', 'orders/none/tags', { tag: 'vip' })).status).toBe(404);
  });

  it('take goods back on a form of their own', async () => {
    const { body } = await twin('POST', 'orders/a/returns', { lines: [{ lineItemId: '1', quantity: 1 }], reason: 'Torn' });
    expect(body).toMatchObject({
      netTotal: 274,
      orderForm: { lineItems: [{ returnQuantity: 1 }] },
      returnOrderForms: [
        { returnId: 'staff-return-1', total: 274, returnComment: 'Torn', lineItems: [{ lineItemId: '1', quantity: 1, discounted: 25 }] },
      ],
    });
    expect((await test.call('POST', '/api/Orders/UpdateMany?runWorkflow=false', [body])).status).toBe(204);
  });

  it('take back no more than was sold', async () => {
    const all = { lines: [{ lineItemId: '1', quantity: 2 }] };
    expect((await twin('POST', 'orders/a/returns', all)).status).toBe(200);
    expect((await twin('POST', 'orders/a/returns', all)).status).toBe(400);
    expect((await twin('POST', 'orders/a/returns', { lines: [{ lineItemId: '9', quantity: 1 }] })).status).toBe(400);
    expect(test.twin.admin.order('a')?.returnOrderForms).toHaveLength(1);
  });
});

describe("Omnium's built-in Sitoo plugin", () => {
  it('stores orders under its own ids, without a workflow and past the counts of calls', async () => {
    const document = order('ORDR1', { externalIds: [{ providerName: 'Sitoo', id: '20451' }] });
    expect((await twin('POST', 'plugin/orders', [document])).status).toBe(200);
    expect((await test.call('GET', '/api/Orders/ORDR1')).body).toMatchObject({
      externalIds: [{ id: '20451' }],
      modifiedBy: 'sitoo-plugin',
    });
    expect(state()).toMatchObject({ workflowTotal: 0, calls: { writeTotal: 0 }, orderWrites: { created: 1 } });
  });

  it('keeps to the contract and to the rules of the tenant', async () => {
    expect((await twin('POST', 'plugin/orders', [{ ...order('ORDR1'), tags: 'red' }])).status).toBe(400);
    expect((await twin('POST', 'plugin/orders', [order('ORDR1', { storeId: 'nowhere' })])).status).toBe(400);
    expect(state().violations).toBe(0);
  });
});
