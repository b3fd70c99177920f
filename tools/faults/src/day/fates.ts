import type { SitooOrder } from '@connector/contracts';
import type { LabelledReceipt, TradingEvent } from '@connector/testing';

/** What is to become of an order of the day, and where. */
export type Fate =
  /** An Omnium order of its own. */
  | { kind: 'order' }
  /** A return in the document of the sale that it names. */
  | { kind: 'merged'; sale: number }
  /** Refused, and parked under this order's key with this reason. */
  | { kind: 'parked'; under: number; code: string }
  /** Nothing: it is no sale. */
  | { kind: 'skipped' };

/** By Sitoo order id. The generator's labels, with the place and the reason. */
export function fatesOf(events: readonly TradingEvent[]): Map<number, Fate> {
  return new Map(receiptsOf(events).map((receipt) => [receipt.order.orderid, fateOf(receipt)]));
}

/**
 * How often something happened to an order after it was made: returns that name it, deliveries, changes of its state, its purchase. It has to be
 * written that often at most.
 */
export function happenedTo(events: readonly TradingEvent[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const event of events) {
    const id = event.type === 'receipt' ? (saleOf(event.receipt.order) ?? sourceOf(event.receipt.order)) : event.orderId;
    if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

export function receiptsOf(events: readonly TradingEvent[]): LabelledReceipt[] {
  return events.flatMap((event) => (event.type === 'receipt' ? [event.receipt] : []));
}

function fateOf({ order, expect, kind }: LabelledReceipt): Fate {
  const sale = saleOf(order);
  switch (expect) {
    case 'merged':
      return { kind: 'merged', sale: named(sale, order) };
    case 'parked':
      return kind === 'unknown-store'
        ? { kind: 'parked', under: order.orderid, code: 'STORE_UNKNOWN' }
        : { kind: 'parked', under: named(sale, order), code: 'RETURN_EXCEEDS_SOLD' };
    default:
      return { kind: expect };
  }
}

/** The sale that a return names. */
export function saleOf({ creditorderid, additionaldata }: SitooOrder): number | undefined {
  return creditorderid ?? idIn(additionaldata?.['pos-originalsales-orderid']);
}

/** The booking that a purchase came from. */
function sourceOf({ additionaldata }: SitooOrder): number | undefined {
  return idIn(additionaldata?.['pos-sourceorderid']);
}

function idIn(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

function named(sale: number | undefined, { orderid }: SitooOrder): number {
  if (sale === undefined) throw new Error(`return ${orderid} names no sale`);
  return sale;
}
