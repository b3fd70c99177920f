import type { SitooOrder } from '@connector/contracts';
import type { LabelledReceipt } from './generate-receipt';
import { busyDayMix } from './kinds';
import { createRng, type Rng } from './rng';
import { generateTradingDay, type TradingDayOptions } from './trading-day';

/** Units of rows that leave together. */
export type DeliveredRows = readonly { readonly orderitemid: number; readonly quantity: number }[];

/** What happens in the shops: a receipt, or what staff do later with an order that is open. Named as the till names it. */
export type TradingEvent =
  | { readonly type: 'receipt'; readonly receipt: LabelledReceipt }
  | { readonly type: 'deliver'; readonly orderId: number; readonly rows: DeliveredRows; readonly state: 'in-transit' | 'delivered' }
  /** The order's last delivery has arrived. */
  | { readonly type: 'moveDelivery'; readonly orderId: number; readonly state: 'delivered' }
  | { readonly type: 'readyForPickup' | 'rejectPickup' | 'close' | 'cancel'; readonly orderId: number };

type FollowUp = Exclude<TradingEvent, { type: 'receipt' }>;

/** Events that lie between an order and what is done next with it. */
const [SHORTEST_GAP, LONGEST_GAP] = [40, 400];

/**
 * A day of receipts of every shape, with what becomes of its open orders and bookings. The last ones stay open: the day is over before staff get to
 * them. The same options give the same events.
 * @param options `count` events; the mix is {@link busyDayMix} unless given
 */
export function generateTradingEvents(options: TradingDayOptions): TradingEvent[] {
  const rng = createRng(options.seed ^ 0x5f3759df);
  const receipts = generateTradingDay({ mix: busyDayMix, ...options });
  const sold = new Set(receipts.flatMap(({ order }) => sourceOf(order) ?? []));
  const placed: { at: number; event: TradingEvent }[] = [];
  for (const [index, receipt] of receipts.entries()) {
    let at = index;
    placed.push({ at, event: { type: 'receipt', receipt } });
    for (const event of followUps(rng, receipt, sold)) placed.push({ at: (at += rng.int(SHORTEST_GAP, LONGEST_GAP)), event });
  }
  // Stable: what is placed beside a receipt comes after it.
  return placed
    .sort((left, right) => left.at - right.at)
    .slice(0, options.count)
    .map(({ event }) => event);
}

/** What staff do with an order, in order. */
function followUps(rng: Rng, { order, kind }: LabelledReceipt, sold: ReadonlySet<number>): FollowUp[] {
  const { orderid: orderId } = order;
  const source = sourceOf(order);
  if (source !== undefined) return [{ type: 'close', orderId: source }];
  switch (kind) {
    case 'booking':
      return !sold.has(orderId) && rng.chance(0.3) ? [{ type: 'cancel', orderId }] : [];
    case 'endless-aisle':
      return rng.chance(0.1) ? [{ type: 'cancel', orderId }] : shipped(rng, order);
    case 'store-pickup':
      return collected(rng, order);
    default:
      return [];
  }
}

/** All at once by a carrier, or in two parts; staff forget to close some of them. */
function shipped(rng: Rng, order: SitooOrder): FollowUp[] {
  const { orderid: orderId } = order;
  const [first, rest] = split(rng, order);
  const deliveries: FollowUp[] =
    rest.length === 0
      ? [
          { type: 'deliver', orderId, rows: first, state: 'in-transit' },
          { type: 'moveDelivery', orderId, state: 'delivered' },
        ]
      : [first, rest].map((rows) => ({ type: 'deliver', orderId, rows, state: 'delivered' }));
  return rng.chance(0.9) ? [...deliveries, { type: 'close', orderId }] : deliveries;
}

function collected(rng: Rng, order: SitooOrder): FollowUp[] {
  const { orderid: orderId } = order;
  if (rng.chance(0.15)) return [{ type: 'rejectPickup', orderId }];
  return [
    { type: 'readyForPickup', orderId },
    { type: 'deliver', orderId, rows: rowsOf(order), state: 'delivered' },
    { type: 'close', orderId },
  ];
}

/** Half of the orders of several units leave in two parts. */
function split(rng: Rng, order: SitooOrder): [first: DeliveredRows, rest: DeliveredRows] {
  const rows = rowsOf(order);
  const [row] = rows;
  if (!row || row.quantity < 2 || !rng.chance(0.5)) return [rows, []];
  const now = rng.int(1, row.quantity - 1);
  return [[{ ...row, quantity: now }], [{ ...row, quantity: row.quantity - now }, ...rows.slice(1)]];
}

function rowsOf({ orderitems = [] }: SitooOrder): DeliveredRows {
  return orderitems.map(({ orderitemid, quantity }) => ({ orderitemid, quantity }));
}

/** The booking that a purchase came from. */
function sourceOf({ additionaldata }: SitooOrder): number | undefined {
  const source = additionaldata?.['pos-sourceorderid'];
  return source === undefined ? undefined : Number(source);
}
