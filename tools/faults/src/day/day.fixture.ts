import type { OmniumOrder, SitooOrder } from '@connector/contracts';
import { familyOf, mapFamily } from '@connector/mapping';
import { decodedReceipt, generateTradingEvents, receiptContext, type TradingEvent } from '@connector/testing';
import { omniumId, workKey } from '../twin-stack';
import { fatesOf, happenedTo, receiptsOf, saleOf } from './fates';
import type { DayEnd } from './judge';

/** A day's end to take things away from, and to add things to. */
export interface Day extends DayEnd {
  receipts: SitooOrder[];
  written: { order: OmniumOrder; history: { at: string; kind: string }[] }[];
  parked: { key: string; reason: { code: string } }[];
}

/** A day of every shape on which nothing is wrong. Deliveries are left out: they change no figure. */
export function aDay(seed = 3, count = 900): Day {
  const events = generateTradingEvents({ seed, count });
  const fates = fatesOf(events);
  const receipts = receiptsOf(events).map(({ order }) => ({ ...order, orderstateid: stateAtTheEnd(order, events) }));
  const parked = [...fates.values()].flatMap((fate) =>
    fate.kind === 'parked' ? [{ key: workKey(fate.under), reason: { code: fate.code } }] : [],
  );
  const happened = happenedTo(events);
  const roots = receipts.filter(({ orderid }) => fates.get(orderid)?.kind === 'order');
  return { fates, happened, receipts, parked, written: roots.map((root) => writtenOf(root, receipts, happened.get(root.orderid) ?? 0)) };
}

function stateAtTheEnd({ orderid, orderstateid }: SitooOrder, events: readonly TradingEvent[]): SitooOrder['orderstateid'] {
  const last = events.findLast((event) => (event.type === 'close' || event.type === 'cancel') && event.orderId === orderid);
  return last ? (last.type === 'close' ? 10 : 20) : orderstateid;
}

function writtenOf(root: SitooOrder, receipts: readonly SitooOrder[], changes: number): Day['written'][number] {
  const kinds = ['created', ...Array.from({ length: changes }, () => 'overwritten')];
  return { order: documentOf(root, receipts), history: kinds.map((kind) => ({ at: '2026-03-02T15:00:00.000Z', kind })) };
}

/** As it comes over the wire. */
function documentOf(root: SitooOrder, receipts: readonly SitooOrder[]): OmniumOrder {
  const refunds = receipts.filter((order) => saleOf(order) === root.orderid).map(decodedReceipt);
  const purchase = receipts.find(({ additionaldata }) => additionaldata?.['pos-sourceorderid'] === String(root.orderid));
  const mapping = mapFamily(
    { ...familyOf(decodedReceipt(root)), refunds, ...(purchase ? { purchaseOrderId: purchase.orderid } : {}) },
    receiptContext,
  );
  if (!mapping.ok) throw new Error(`${root.orderid}: ${mapping.rejection?.code ?? mapping.skip?.code}`);
  return JSON.parse(JSON.stringify(mapping.order)) as OmniumOrder;
}

/** The document of a receipt. @throws when it has none of its own */
export function documentFor(day: Day, { orderid }: Pick<SitooOrder, 'orderid'>): Day['written'][number] {
  const found = day.written.find(({ order }) => order.id === omniumId(orderid));
  if (!found) throw new Error(`receipt ${orderid} has no document`);
  return found;
}
