import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReadEvent } from './event-source';
import { readSitooEvent } from './sitoo-event';

const examples = join(__dirname, '../../../../libs/contracts/platforms/examples-orders');
const addressee = { tenant: 'DevShop', market: 'NOR', accountNumber: 1500, siteId: 1 };

function example(name: string): unknown[] {
  return JSON.parse(readFileSync(join(examples, `event-${name}.json`), 'utf8'));
}
function notice(event: ReadEvent): Extract<ReadEvent, { kind: 'notice' }> {
  if (event.kind !== 'notice') throw new Error(event.message);
  return event;
}

test.each([
  ['order-add', 'sitoo.order.changed.v1', { kind: 'order', event: 'add' }],
  ['order-update-closed', 'sitoo.order.changed.v1', { kind: 'order', event: 'update', state: 'closed' }],
  ['order-ready-for-pickup', 'sitoo.order.changed.v1', { kind: 'order', event: 'ready-for-pickup' }],
  ['order-pickup-rejected', 'sitoo.order.changed.v1', { kind: 'order', event: 'pickup-rejected' }],
  ['order-email-receipt', 'sitoo.order.changed.v1', { kind: 'order', event: 'email-receipt' }],
  ['booking-add', 'sitoo.order.changed.v1', { kind: 'booking', event: 'add' }],
  ['order-delivery', 'sitoo.order.changed.v1', { kind: 'order-delivery', state: 'in-transit' }],
  ['warehouse-transaction', 'sitoo.warehouse-transaction.recorded.v1', { kind: 'warehouse-transaction', warehouseId: 2 }],
  ['shipment-v2', 'sitoo.shipment.changed.v1', { kind: 'shipment' }],
  ['shipment-v3', 'sitoo.shipment.changed.v1', { kind: 'shipment-v3' }],
  ['z-report', 'sitoo.z-report.closed.v1', { kind: 'z-report' }],
  ['store-z-report', 'sitoo.z-report.closed.v1', { kind: 'store-z-report' }],
])('reads the example %s', (name, topic, fact) => {
  const [element] = example(name);
  const event = notice(readSitooEvent(element, addressee));
  expect(event.contract.topic).toBe(topic);
  expect(event.fact).toMatchObject(fact);
});

test('orders, bookings and deliveries of one order meet under one key', () => {
  const events = example('batch-mixed').map((element) => notice(readSitooEvent(element, addressee)));
  expect(events.map(({ key }) => key)).toEqual(['DevShop/NOR/11513', 'DevShop/NOR/12348', 'DevShop/NOR/12345']);
  expect(events[1]?.fact).toMatchObject({ deliveryId: 10, warehouseId: 2 });
});

test('a repeated delivery is the same fact, with and without an event id', () => {
  const [element] = example('order-add') as Record<string, unknown>[];
  const { event_id: _id, ...anonymous } = element!;
  for (const one of [element, anonymous]) {
    expect(notice(readSitooEvent(one, addressee)).fact.id).toBe(notice(readSitooEvent(structuredClone(one), addressee)).fact.id);
  }
});

test('a fact holds what the event says about the order and nothing else', () => {
  const [element] = example('order-add') as { data: object }[];
  const event = notice(
    readSitooEvent({ ...element, data: { ...element!.data, email: 'planted@example.com', name: 'Planted' } }, addressee),
  );
  expect(JSON.stringify(event)).not.toMatch(/planted/i);
});

const good = {
  event_id: 'a',
  event_type: 'order',
  event_date: 1,
  account_id: 1500,
  data: { eshop_id: 1, order_id: 7, order_event_type: 'add' },
};
test.each([
  ['a text', 'hello', 'EVENT_NOT_AN_OBJECT'],
  ['null', null, 'EVENT_NOT_AN_OBJECT'],
  ['no type', { ...good, event_type: undefined }, 'EVENT_TYPE_MISSING'],
  ['a date as text', { ...good, event_date: '2026-01-01' }, 'EVENT_DATE_MALFORMED'],
  ['no account', { ...good, account_id: undefined }, 'EVENT_ACCOUNT_MALFORMED'],
  ['another account', { ...good, account_id: 1501 }, 'EVENT_ACCOUNT_UNKNOWN'],
  ['another e-shop', { ...good, data: { ...good.data, eshop_id: 2 } }, 'EVENT_SITE_UNKNOWN'],
  ['data as a list', { ...good, data: [] }, 'EVENT_DATA_MALFORMED'],
  ['no order id', { ...good, data: { eshop_id: 1 } }, 'EVENT_ID_MISSING'],
  ['an order id that is no number', { ...good, data: { order_id: '12; drop' } }, 'EVENT_ID_MISSING'],
  ['a type nobody knows', { ...good, event_type: 'constructor' }, 'EVENT_TYPE_UNKNOWN'],
])('%s is kept as unrecognised with its reason', (_name, element, code) => {
  expect(readSitooEvent(element, addressee)).toMatchObject({ kind: 'unrecognised', code });
});
