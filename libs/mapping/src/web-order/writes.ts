import type { SitooOrderUpdate } from '@connector/contracts';
import { amount } from '../money/amount';
import { ORDER_STATE } from '../order/receipt';
import { rowText, type ExportedOrder } from './exported-order';
import { readExternalId, sitooExternalIdOf } from './external-id';
import { contactFields } from './people';
import type { SitooWebOrderBody } from './to-sitoo-order';

export type CancelReason =
  | 'CANCELLED_IN_OMNIUM'
  | 'NO_LONGER_IN_THIS_STORE'
  | 'ROWS_CHANGED'
  | 'CART_BECAME_ORDER'
  /** The cart was deleted or emptied, or moved to a place without a Sitoo warehouse. */
  | 'CART_GONE';
export type IdleReason =
  /** Omnium is still at it; its next event comes. */
  | 'QUEUED'
  /** Not confirmed in Omnium, so no store is to start on it. */
  | 'NOT_YET'
  /** Not paid in Omnium, and an order in Sitoo would say it is. */
  | 'NOT_PAID'
  | 'NOT_FOR_A_STORE'
  | 'EQUAL'
  /** The store has finished: the till's word counts. */
  | 'CLOSED_IN_SITOO'
  /** The store rejected it, or staff cancelled it; Omnium finds another way. */
  | 'CANCELLED_IN_SITOO'
  /** Omnium finished it while it is open in the store: the store closes it. */
  | 'DELIVERED_IN_OMNIUM'
  /** The order that was made of the cart is what counts. */
  | 'CART_BECAME_ORDER';

export type SitooWrite =
  | { readonly kind: 'create'; readonly shipmentId: string; readonly body: SitooWebOrderBody }
  | { readonly kind: 'patch'; readonly orderId: number; readonly change: SitooContactChange }
  | { readonly kind: 'cancel'; readonly orderId: number; readonly reason: CancelReason; readonly change: SitooCancellation }
  | { readonly kind: 'nothing'; readonly reason: IdleReason; readonly orderId?: number };

export type SitooContactChange = Pick<SitooOrderUpdate, (typeof contactFields)[number] | 'datereserved'>;
export type SitooCancellation = Required<Pick<SitooOrderUpdate, 'orderstateid' | 'additionaldata'>>;

/** On an order that we cancelled: it may be made anew. Without it the store said no. */
export const WITHDRAWN_TAG = 'weborder-withdrawn';
/** On a cart that was taken away because an order was made of it. */
export const CART_ORDERED_TAG = 'weborder-cart-ordered';

/** The store has the same to do: same warehouse, same rows. */
export function isSameWork(body: SitooWebOrderBody, now: ExportedOrder): boolean {
  const rows = body.orderitems.map(
    ({ moneyrowprice = '0', moneyrowdiscount = '0', quantity, sku, decimalunitquantity, additionaldata }) => {
      const gross = amount(moneyrowprice).minus(moneyrowdiscount).toFixed(2);
      return rowText({ id: additionaldata['web-itemid'], sku, quantity, size: decimalunitquantity ?? undefined, gross });
    },
  );
  return body.warehouseid === now.warehouseId && rows.sort().join() === now.rows.join();
}

export function contactChange(body: SitooWebOrderBody, now: ExportedOrder): SitooWrite {
  const change: SitooContactChange = {};
  for (const name of contactFields) if ((body[name] ?? '') !== (now.contact[name] ?? '')) change[name] = body[name] ?? '';
  // Sitoo sets a date by itself when we send none, so only ours is compared.
  if (body.datereserved !== undefined && body.datereserved !== now.reservedUntil) change.datereserved = body.datereserved;
  const { orderId } = now;
  return Object.keys(change).length === 0 ? { kind: 'nothing', reason: 'EQUAL', orderId } : { kind: 'patch', orderId, change };
}

/** An external id that Sitoo has not had yet for this order or cart; undefined when it was made anew too often. */
export function freeExternalId(externalId: string, taken: ReadonlySet<string>, maxRevision: number): string | undefined {
  if (!taken.has(externalId)) return externalId;
  const { orderId, ...parts } = readExternalId(externalId) ?? { orderId: '' };
  for (let revision = 2; revision <= maxRevision; revision += 1) {
    const next = sitooExternalIdOf(orderId, { ...parts, revision });
    if (next !== undefined && !taken.has(next)) return next;
  }
  return undefined;
}

export function leaveToStore({ orderId, stateId }: ExportedOrder): SitooWrite {
  const reasons: Record<number, IdleReason> = { [ORDER_STATE.open]: 'DELIVERED_IN_OMNIUM', [ORDER_STATE.cancelled]: 'CANCELLED_IN_SITOO' };
  return { kind: 'nothing', reason: reasons[stateId] ?? 'CLOSED_IN_SITOO', orderId };
}

/** Whether Sitoo merges or replaces the map is not documented: the complete one is sent (orders-and-customers section 5.7). */
export function cancellation({ orderId, data }: ExportedOrder, reason: CancelReason): SitooWrite {
  // What became an order is never made anew, however late the cart's own events come.
  const tags = { [WITHDRAWN_TAG]: 'true', ...(reason === 'CART_BECAME_ORDER' ? { [CART_ORDERED_TAG]: 'true' } : {}) };
  return { kind: 'cancel', orderId, reason, change: { orderstateid: ORDER_STATE.cancelled, additionaldata: { ...data, ...tags } } };
}

/** Sitoo's ids grow with every order made. */
export function newest(versions: readonly ExportedOrder[]): ExportedOrder | undefined {
  return [...versions].sort((one, other) => one.orderId - other.orderId).at(-1);
}
