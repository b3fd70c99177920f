import { readOmniumEvent, type OmniumAddressee } from './omnium-event';
import type { ReadEvent } from './event-source';

const addressee: OmniumAddressee = {
  tenant: 'DevShop',
  market: 'NOR',
  marketOf: (name) => ['NOR', 'SWE'].find((market) => market === name.toUpperCase()),
};
const receivedAt = 1_800_000_000_000;

/** Documented samples of Omnium's event pages. */
const updated = {
  timestamp: '2025-10-29T12:27:04.0822953Z',
  id: 'kpzvL5oBTOMIzPDw4ELu',
  operationId: 210110,
  message: 'Update shipment(2) and run workflow. Old status was New',
  className: 'Order',
  subClassName: 'Online',
  objectId: '901580',
  category: 'Updated',
  market: 'NOR',
  storeId: 'BikeShopBerlin',
  user: 'PLANTED',
  userId: 'planted@example.com',
  status: 'InProgress',
  previousStatus: 'New',
  isError: false,
  attachments: [{ value: '2', name: 'ShipmentId' }],
  tags: ['vip'],
};
const completed = {
  timestamp: '2026-02-17T07:23:07.638Z',
  operationId: 111102,
  message: 'Workflow completed',
  className: 'Order',
  objectId: 'ORD-12345',
  category: 'Workflow',
  market: 'nor',
  status: 'New',
  previousStatus: '',
};
const step = {
  value: { id: 'ORD-12345', marketId: 'swe', status: 'New', modified: '2026-02-17T07:23:07', customerEmail: 'planted@example.com' },
  workflowStep: { name: 'WebhookWorkflowStep', active: true },
};

function notice(element: unknown): Extract<ReadEvent, { kind: 'notice' }> {
  const event = readOmniumEvent(element, addressee, receivedAt);
  if (event.kind !== 'notice') throw new Error(event.code);
  return event;
}

test('an event of an order names its key, what happened and when', () => {
  expect(notice(updated)).toEqual({
    kind: 'notice',
    contract: expect.objectContaining({ topic: 'omnium.order.changed.v1' }),
    key: 'DevShop/NOR/901580',
    fact: {
      id: 'kpzvL5oBTOMIzPDw4ELu',
      kind: 'omnium-order',
      at: Date.UTC(2025, 9, 29, 12, 27, 4, 82),
      event: 'Updated',
      state: 'InProgress',
    },
  });
});

test("a market is known in any case and takes the connector's spelling", () => {
  expect(notice(completed).key).toBe('DevShop/NOR/ORD-12345');
});

test('an event without a market belongs to the market of its address', () => {
  expect(notice({ ...completed, market: null }).key).toBe('DevShop/NOR/ORD-12345');
});

test('an event of another market of the tenant is keyed by that market', () => {
  expect(notice({ ...completed, market: 'SWE' }).key).toBe('DevShop/SWE/ORD-12345');
});

test('an event of a cart names the cart', () => {
  expect(notice({ ...updated, className: 'Cart', subClassName: '', objectId: 'cart-7', status: null })).toEqual({
    kind: 'notice',
    contract: expect.objectContaining({ topic: 'omnium.cart.changed.v1' }),
    key: 'DevShop/NOR/cart-7',
    fact: { id: 'kpzvL5oBTOMIzPDw4ELu', kind: 'omnium-cart', at: Date.UTC(2025, 9, 29, 12, 27, 4, 82), event: 'Updated' },
  });
});

test('an event without an id of its own is the same fact each time, and another one after it', () => {
  const first = notice(completed).fact.id;
  expect(notice(structuredClone(completed)).fact.id).toBe(first);
  expect(notice({ ...completed, operationId: 111104 }).fact.id).not.toBe(first);
});

test.each([
  ['a step of a workflow', step, { key: 'DevShop/SWE/ORD-12345', event: 'WebhookWorkflowStep' }],
  ['a step that is named by a text', { ...step, workflowStep: 'ExportOrder' }, { key: 'DevShop/SWE/ORD-12345', event: 'ExportOrder' }],
  ['an exported order', { order: step.value, shipment: null, returnOrderForm: null }, { key: 'DevShop/SWE/ORD-12345' }],
])('%s names its order and leaves the document behind', (_, element, { key, event }: { key: string; event?: string }) => {
  const read = notice(element);
  expect(read.key).toBe(key);
  expect(read.fact).toMatchObject({
    kind: 'omnium-workflow-step',
    at: Date.UTC(2026, 1, 17, 7, 23, 7),
    state: 'New',
    ...(event ? { event } : {}),
  });
});

test('the same order at the same step is the same fact', () => {
  expect(notice(step).fact.id).toBe(notice(structuredClone(step)).fact.id);
  expect(notice({ ...step, value: { ...step.value, status: 'Completed' } }).fact.id).not.toBe(notice(step).fact.id);
});

test('nothing about people is taken over', () => {
  expect(JSON.stringify([notice(updated), notice(step)])).not.toMatch(/planted/i);
});

test.each([
  ['a text', 'hello', 'EVENT_NOT_AN_OBJECT'],
  ['a list', [], 'EVENT_NOT_AN_OBJECT'],
  ['no class', { ...updated, className: undefined }, 'EVENT_CLASS_MISSING'],
  ['a product', { ...updated, className: 'Product' }, 'EVENT_CLASS_UNKNOWN'],
  ['a class that is a word of the language', { ...updated, className: 'constructor' }, 'EVENT_CLASS_UNKNOWN'],
  ['no time', { ...updated, timestamp: 'yesterday' }, 'EVENT_DATE_MALFORMED'],
  ['the empty time', { ...updated, timestamp: '0001-01-01T00:00:00' }, 'EVENT_DATE_MALFORMED'],
  ['no order', { ...updated, objectId: '' }, 'EVENT_ID_MISSING'],
  ['an order id of two lines', { ...updated, objectId: 'a\nb' }, 'EVENT_ID_MISSING'],
  ['a market nobody configured', { ...updated, market: 'ENG' }, 'EVENT_MARKET_UNKNOWN'],
  ['a document without id', { value: {}, workflowStep: {} }, 'EVENT_ID_MISSING'],
])('%s is kept as unrecognised with its reason', (_name, element, code) => {
  expect(readOmniumEvent(element, addressee, receivedAt)).toMatchObject({ kind: 'unrecognised', code });
});
