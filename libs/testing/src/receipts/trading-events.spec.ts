import type { SitooOrder } from '@connector/contracts';
import { familyOf, mapFamily } from '@connector/mapping';
import type { LabelledReceipt } from './generate-receipt';
import { decodedReceipt, receiptContext } from './receipt-context';
import { generateTradingEvents, type TradingEvent } from './trading-events';

const events = generateTradingEvents({ seed: 5, count: 6_000 });
const receipts = events.flatMap((event) => (event.type === 'receipt' ? [event.receipt] : []));
const byId = new Map(receipts.map((receipt) => [receipt.order.orderid, receipt]));
const refunds = receipts.filter(({ order }) => order.creditorderid);
const refundsOf = new Map(
  refunds.map(({ order }) => [order.creditorderid ?? 0, refunds.filter((other) => other.order.creditorderid === order.creditorderid)]),
);
const storeOf = ({ additionaldata }: SitooOrder) => additionaldata?.['store-externalid'];
const orderOf = (event: TradingEvent) => (event.type === 'receipt' ? event.receipt.order.orderid : event.orderId);

test('the same seed gives the same events, another seed others', () => {
  const [one, again, other] = [5, 5, 6].map((seed) => JSON.stringify(generateTradingEvents({ seed, count: 400 })));
  expect(one === again).toBe(true);
  expect(one === other).toBe(false);
  expect(events).toHaveLength(6_000);
});

test('returns come in part, again, in another store, without a sale, and for more than was sold', () => {
  const sale = ({ order }: LabelledReceipt) => byId.get(order.creditorderid ?? 0)?.order;
  const units = (order: SitooOrder | undefined) => (order?.orderitems ?? []).reduce((sum, { quantity }) => sum + Math.abs(quantity), 0);
  expect([...refundsOf.values()].filter((own) => own.length > 1).length).toBeGreaterThan(20);
  expect(refunds.filter((refund) => units(refund.order) < units(sale(refund))).length).toBeGreaterThan(50);
  expect(refunds.filter((refund) => storeOf(refund.order) !== storeOf(sale(refund) ?? refund.order)).length).toBeGreaterThan(50);
  expect(refunds.filter(({ expect: fate }) => fate === 'parked').length).toBeGreaterThan(3);
  expect(receipts.filter(({ kind, expect: fate }) => kind === 'return' && fate === 'order').length).toBeGreaterThan(3);
  expect(refunds.filter((refund) => sale(refund) === undefined)).toEqual([]);
});

test('exactly the returns of more than was sold are refused, each once per sale', () => {
  const refused: number[] = [];
  for (const [saleId, own] of refundsOf) {
    const family = { ...familyOf(decodedReceipt(byId.get(saleId)!.order)), refunds: own.map(({ order }) => decodedReceipt(order)) };
    const mapping = mapFamily(family, receiptContext);
    if (!mapping.ok) throw new Error(`${saleId}: ${mapping.rejection?.code ?? mapping.skip?.code}`);
    refused.push(...mapping.refused.map(({ orderId }) => orderId));
    expect(mapping.refused.every(({ rejection }) => rejection.code === 'RETURN_EXCEEDS_SOLD')).toBe(true);
    expect(mapping.refused.length).toBeLessThanOrEqual(1);
  }
  const excess = receipts.filter(({ order, expect: fate }) => fate === 'parked' && order.creditorderid);
  expect(refused.sort()).toEqual(excess.map(({ order }) => order.orderid).sort());
});

test('tills that were offline bring receipts of yesterday under new ids', () => {
  const first = receipts[0]?.order.orderdate ?? 0;
  const late = receipts.filter(({ order }) => (order.orderdate ?? 0) < first - 36_000);
  expect(late.length).toBeGreaterThan(9);
  expect(new Set(receipts.map(({ order }) => order.orderid)).size).toBe(receipts.length);
  expect(new Set(receipts.map(({ order }) => order.additionaldata?.['pos-receiptid'])).size).toBe(receipts.length);
});

test('what staff do with an order comes after it, and no more is delivered than was ordered', () => {
  const delivered = new Map<string, number>();
  const seen = new Set<number>();
  for (const event of events) {
    if (event.type === 'receipt') seen.add(event.receipt.order.orderid);
    else expect([event, seen.has(event.orderId)]).toEqual([event, true]);
    for (const { orderitemid, quantity } of event.type === 'deliver' ? event.rows : []) {
      const row = `${orderOf(event)}/${orderitemid}`;
      delivered.set(row, (delivered.get(row) ?? 0) + quantity);
    }
  }
  for (const [row, quantity] of delivered) {
    const [id, itemId] = row.split('/').map(Number);
    const ordered = byId.get(id!)?.order.orderitems?.find(({ orderitemid }) => orderitemid === itemId)?.quantity ?? 0;
    expect(quantity).toBeLessThanOrEqual(ordered);
  }
  const types = new Set(events.map(({ type }) => type));
  expect([...types].sort()).toEqual(['cancel', 'close', 'deliver', 'moveDelivery', 'readyForPickup', 'receipt', 'rejectPickup']);
});

test('a booking is bought, called off or kept, and bought at most once', () => {
  const sources = receipts.flatMap(({ order }) => order.additionaldata?.['pos-sourceorderid'] ?? []);
  expect(sources.length).toBeGreaterThan(5);
  expect(new Set(sources).size).toBe(sources.length);
  const closed = events.flatMap((event) => (event.type === 'close' || event.type === 'cancel' ? [event.orderId] : []));
  expect(new Set(closed).size).toBe(closed.length);
  const bookings = receipts.filter(({ kind }) => kind === 'booking').map(({ order }) => order.orderid);
  expect(bookings.some((id) => !closed.includes(id))).toBe(true);
});
