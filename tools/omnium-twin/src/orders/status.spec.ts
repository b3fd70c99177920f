import type { TwinUnderTest } from '../testing/client';
import { startForTest } from '../testing/client';
import { line, order, withLines } from '../testing/order';

let test: TwinUnderTest;
beforeEach(async () => {
  test = await startForTest();
  const web = { orderType: 'Online-Delivery', status: 'New' };
  const two = withLines(order('a', web), [line('1'), line('2')], 1096);
  await test.call('POST', '/api/Orders/UpdateMany?runWorkflow=false', [two]);
});
afterEach(() => test.twin.stop());

const read = async () => (await test.call('GET', '/api/Orders/a')).body;
const updateStatus = (body: object) => test.call('POST', '/api/Orders/a/UpdateStatus', body);
const updateLines = (body: object) => test.call('POST', '/api/Orders/a/OrderLinesUpdate', body);
const rules = () => test.twin.admin.violations().map(({ rule }) => rule);
const workflows = () => test.twin.admin.state().workflowsRun.a ?? 0;

describe('UpdateStatus', () => {
  it('moves order and shipments, runs the workflow and answers the order', async () => {
    const { status, body } = await updateStatus({ status: 'Completed' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      isAborted: false,
      order: {
        status: 'Completed',
        completed: '2026-03-02T15:00:00.000Z',
        orderForm: { shipments: [{ orderStatus: 'Completed', prevStatus: 'New' }] },
      },
    });
    expect(workflows()).toBe(1);
    expect(test.twin.admin.history('a').map(({ kind }) => kind)).toEqual(['created', 'status']);
  });

  it('runs none when told to skip it', async () => {
    await updateStatus({ status: 'InProgress', skipRunWorkflow: true });
    expect(workflows()).toBe(0);
    expect(await read()).toMatchObject({ status: 'InProgress' });
  });

  it('writes what is told of the shipment', async () => {
    await updateStatus({
      status: 'Ship',
      shipmentInfo: { shipmentId: '1', trackingNumber: 'T1', trackingUrl: 'https://track.example.com/T1' },
    });
    expect(await read()).toMatchObject({
      orderForm: {
        shipments: [{ orderStatus: 'Ship', shipmentTrackingNumber: 'T1', shipmentTrackingLink: 'https://track.example.com/T1' }],
      },
    });
  });

  it('refuses a status that the type does not have, a shipment that is not there, and a missing order', async () => {
    expect((await updateStatus({ status: 'Picked' })).status).toBe(400);
    expect((await updateStatus({ status: 'Ship', shipmentInfo: { shipmentId: '9' } })).status).toBe(400);
    expect(rules()).toEqual(['status', 'shipment']);
    expect((await test.call('POST', '/api/Orders/none/UpdateStatus', { status: 'Ship' })).status).toBe(404);
    expect(workflows()).toBe(0);
  });

  it('moves one return form when one is named', async () => {
    const returnOrderForms = [{ returnId: 'r1', status: 'New', lineItems: [line('1', { quantity: 1, returnQuantity: 1 })] }];
    await test.call('PATCH', '/api/Orders/a/PatchOrder', { returnOrderForms });
    await updateStatus({ status: 'Completed', returnId: 'r1' });
    expect(await read()).toMatchObject({ status: 'New', returnOrderForms: [{ returnId: 'r1', status: 'Completed' }] });
    expect((await updateStatus({ status: 'Completed', returnId: 'r2' })).status).toBe(404);
  });
});

describe('OrderLinesUpdate', () => {
  it('sets delivered quantities on form and shipment; something left makes the order PartiallyShipped', async () => {
    const { body } = await updateLines({
      status: 'Completed',
      lineItemUpdates: [{ lineItemId: '1', deliveredQuantity: 2 }],
      shipmentInfo: { shipmentId: '1', trackingNumber: 'T1' },
    });
    const lines = [
      { lineItemId: '1', deliveredQuantity: 2 },
      { lineItemId: '2', deliveredQuantity: 0 },
    ];
    expect(body).toMatchObject({
      order: {
        status: 'PartiallyShipped',
        orderForm: { lineItems: lines, shipments: [{ shipmentTrackingNumber: 'T1', lineItems: lines }] },
      },
    });
    await updateLines({ status: 'Completed', lineItemUpdates: [{ lineItemId: '2', deliveredQuantity: 1, canceledQuantity: 1 }] });
    expect(await read()).toMatchObject({ status: 'Completed' });
    expect(workflows()).toBe(2);
  });

  it('makes a shipment for an unknown id and moves the delivered lines into it', async () => {
    await updateLines({
      status: 'Completed',
      lineItemUpdates: [{ lineItemId: '2', deliveredQuantity: 2 }],
      shipmentInfo: { shipmentId: '2', trackingNumber: 'T2', warehouseCode: 'bergen-sentrum' },
    });
    expect(await read()).toMatchObject({
      orderForm: {
        shipments: [
          { shipmentId: '1', lineItems: [{ lineItemId: '1' }] },
          { shipmentId: '2', warehouseCode: 'bergen-sentrum', shipmentTrackingNumber: 'T2', lineItems: [{ lineItemId: '2' }] },
        ],
      },
    });
    expect(rules()).toEqual([]);
  });

  it.each([
    ['line', { lineItemUpdates: [{ lineItemId: '9', deliveredQuantity: 1 }] }],
    ['line-quantity', { lineItemUpdates: [{ lineItemId: '1', deliveredQuantity: 2, canceledQuantity: 1 }] }],
    ['negative-quantity', { lineItemUpdates: [{ lineItemId: '1', deliveredQuantity: -1 }] }],
    ['not-served', { lineItemUpdates: [{ lineItemId: '1', splitQuantity: 1 }] }],
    ['not-served', { lineItemUpdates: [{ lineItemId: '1', deliveredQuantity: 1 }], shipmentInfo: { shipmentId: '2' } }],
  ])('reports %s for %j', async (rule, body) => {
    expect((await updateLines(body)).status).toBe(400);
    expect(rules()).toEqual([rule]);
  });
});

describe('AddComment', () => {
  const comment = (body: object) => test.call('POST', '/api/Orders/AddComment', body);

  it('appends to the internal notes, or to the public ones when asked, every time', async () => {
    const internal = { orderId: 'a', commentType: 'Internal', commentText: 'Shelf empty', createdBy: 'Sitoo' };
    for (const body of [internal, internal, { ...internal, commentType: 'Public', commentText: 'On its way' }])
      expect((await comment(body)).status).toBe(204);
    const note = { detail: 'Shelf empty', creator: 'Sitoo', type: 'Comment', created: '2026-03-02T15:00:00.000Z' };
    expect(await read()).toMatchObject({ orderNotes: [note, note], publicOrderNotes: [{ detail: 'On its way' }] });
    expect((await comment({ ...internal, orderId: 'none' })).status).toBe(404);
  });
});

it('takes errors on an order by a patch, and finds the order by them', async () => {
  const error = { key: 'SitooRefused', message: 'No such warehouse', severity: 'Error', occurred: '2026-03-02T14:00:00Z', status: 'New' };
  await test.call('PATCH', '/api/Orders/a/PatchOrder', { errors: [error] });
  test.clock.advance(1_000);
  expect((await test.call('POST', '/api/Orders/Search', { hasErrors: true })).body).toMatchObject({
    result: [{ id: 'a', errors: [error] }],
  });
  await test.call('PATCH', '/api/Orders/a/PatchOrder', { errors: [], keepExistingListItems: false });
  expect(await read()).toMatchObject({ errors: [] });
});
