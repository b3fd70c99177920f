import type { TwinUnderTest } from '../testing/client';
import { startForTest } from '../testing/client';
import { order } from '../testing/order';
import type { Receiver } from '../testing/receiver';
import { eventually, startReceiver } from '../testing/receiver';

let test: TwinUnderTest;
let receiver: Receiver;
beforeEach(async () => {
  test = await startForTest();
  receiver = await startReceiver();
  const connectors = [{ name: 'sitoo', host: `${receiver.url}/export`, customHeaders: [{ key: 'X-Api-Key', value: 'secret' }] }];
  await test.call('PUT', '/_twin/connectors', connectors);
});
afterEach(async () => {
  await test.twin.stop();
  await receiver.stop();
});

const web = (id: string, change: object = {}) => order(id, { orderType: 'Online-PickupInStore', status: 'New', ...change });
const state = () => test.twin.admin.state();
const settled = () => eventually(() => state().webhooks.pending === 0);

it('runs for an order that is created alone, and not for one that is only saved', async () => {
  await test.call('POST', '/api/Orders', web('a'));
  await test.call('POST', '/api/Orders/UpdateMany?runWorkflow=false', [order('b')]);
  await test.call('POST', '/api/Orders/ImportMany', [order('c')]);
  await test.call('PATCH', '/api/Orders/a/PatchOrder', { status: 'InProgress' });
  expect(state()).toMatchObject({ workflowTotal: 1, workflowsRun: { a: 1 } });
  await test.call('POST', '/api/Orders/UpdateMany?runWorkflow=true', [order('b')]);
  expect(state().workflowsRun).toEqual({ a: 1, b: 1 });
});

it('hands a new web order to its connector once it is saved', async () => {
  test.twin.admin.changeSettings({ queuedMs: 3_000 });
  await test.call('POST', '/api/Orders', web('a'));
  await settled();
  expect(receiver.received).toMatchObject([
    {
      path: '/export',
      headers: { 'x-api-key': 'secret' },
      body: { order: { id: 'a', status: 'New', netTotal: 548 }, shipment: null, returnOrderForm: null },
    },
  ]);
  expect((await test.call('GET', '/api/Orders/a')).body).toMatchObject({ status: 'Queued' });
  expect(state().exports).toEqual({ a: { sent: 1, taken: 1 } });
});

it('runs a status again every time it is set, and its steps with it', async () => {
  await test.call('POST', '/api/Orders', web('a'));
  const { body } = await test.call('POST', '/api/Orders/a/UpdateStatus', { status: 'New' });
  await settled();
  expect(body).toMatchObject({
    isAborted: false,
    orderActionExecutionResults: [{ actionType: 'ExportOrder', actionStatus: 'Success', cancelWorkflow: false }],
  });
  expect(state()).toMatchObject({ workflowsRun: { a: 2 }, exports: { a: { sent: 2, taken: 2 } } });
});

it('tells which step failed when the connector is missing', async () => {
  await test.call('PUT', '/_twin/connectors', []);
  await test.call('POST', '/api/Orders', web('a'));
  const { body } = await test.call('POST', '/api/Orders/a/UpdateStatus', { status: 'New' });
  expect(body).toMatchObject({ orderActionExecutionResults: [{ actionStatus: 'Error', errorReason: expect.stringContaining("'sitoo'") }] });
  expect(state().exports).toEqual({});
});

it('keeps to the markets of the connector', async () => {
  await test.call('PUT', '/_twin/connectors', [{ name: 'sitoo', host: receiver.url, enabledForMarkets: ['SWE'] }]);
  await test.call('POST', '/api/Orders', web('a'));
  expect(state().exports).toEqual({});
});

it('exports by hand, through the connector named', async () => {
  await test.call('POST', '/api/Orders/UpdateMany?runWorkflow=false', [web('a'), web('b')]);
  expect((await test.call('POST', '/api/Orders/ExportOrders', { connectorName: 'sitoo', orderIds: ['a', 'b'] })).status).toBe(200);
  expect((await test.call('POST', '/api/Orders/ExportOrders', { connectorName: 'other', orderIds: ['a'] })).status).toBe(400);
  await settled();
  expect(state()).toMatchObject({ workflowTotal: 0, exports: { a: { taken: 1 }, b: { taken: 1 } } });
});
