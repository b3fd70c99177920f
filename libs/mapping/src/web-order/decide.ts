import type { OmniumOrder, SitooOrderUpdate } from '@connector/contracts';
import { amount } from '../money/amount';
import { finishedShipments, shipmentParts } from './allocations';
import { rowText, type ExportedOrder } from './exported-order';
import { readExternalId, sitooExternalIdOf } from './external-id';
import { contactFields } from './people';
import { accepted, allAccepted, rejected, type WebOrderStep } from './rejection';
import { OMNIUM_SHIPMENT_TAG } from '../order/identifiers';
import { kindTags, toSitooOrders, type SitooWebOrder, type SitooWebOrderBody } from './to-sitoo-order';
import type { WebOrderContext } from './web-order-context';

export type CancelReason = 'CANCELLED_IN_OMNIUM' | 'NO_LONGER_IN_THIS_STORE' | 'ROWS_CHANGED' | 'CART_BECAME_ORDER';
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
  | 'DELIVERED_IN_OMNIUM';

export type SitooWrite =
  | { readonly kind: 'create'; readonly shipmentId: string; readonly body: SitooWebOrderBody }
  | { readonly kind: 'patch'; readonly orderId: number; readonly change: SitooContactChange }
  | { readonly kind: 'cancel'; readonly orderId: number; readonly reason: CancelReason; readonly change: SitooCancellation }
  | { readonly kind: 'nothing'; readonly reason: IdleReason; readonly orderId?: number };

export type SitooContactChange = Pick<SitooOrderUpdate, (typeof contactFields)[number] | 'datereserved'>;
export type SitooCancellation = Required<Pick<SitooOrderUpdate, 'orderstateid' | 'additionaldata'>>;

/** Order states (orders-and-customers section 4). */
const OPEN = 0;
const CANCELLED = 20;
/** On an order that we cancelled: it may be made anew. Without it the store said no. */
const WITHDRAWN_TAG = 'weborder-withdrawn';
/** An order made anew more often than this is being fought over. */
const MAX_REVISION = 5;
/** Shipments that may have gone from the document are looked up too, up to this number. */
const USUAL_PARTS = [1, 2, 3, 4, 5];
/** Statuses of Omnium in which an order is not confirmed (openapi, OrderStatusName). */
const UNCONFIRMED = new Set(['Draft', 'Pending', 'PaymentReview', 'OnHold']);

/** External ids under which Sitoo can have this order: look all of them up before deciding. */
export function externalIdsToLookUp(order: OmniumOrder): string[] {
  const { id, orderForm } = order;
  const parts = new Set([...USUAL_PARTS, ...shipmentParts(order).values()]);
  const revisions = [undefined, ...Array.from({ length: MAX_REVISION - 1 }, (_, index) => index + 2)];
  const ids = [undefined, ...parts].flatMap((part) => revisions.map((revision) => sitooExternalIdOf(id ?? '', { part, revision })));
  const cart = orderForm?.cartId ? sitooExternalIdOf(orderForm.cartId, { isCart: true }) : undefined;
  return [...ids, cart].filter((externalId) => externalId !== undefined);
}

/**
 * What to write so that Sitoo agrees with an Omnium order. Apply in the order given: what is cancelled frees its stock before it is made
 * anew.
 * @param existing all orders that `externalIdsToLookUp` leads to
 */
export function decideSitooWrites(
  order: OmniumOrder,
  existing: readonly ExportedOrder[],
  context: WebOrderContext,
): WebOrderStep<SitooWrite[]> {
  const status = order.status ?? '';
  if (status === 'Queued') return accepted([{ kind: 'nothing', reason: 'QUEUED' }]);
  if (context.statuses.isCancelled(status)) {
    const writes = withdraw(existing, 'CANCELLED_IN_OMNIUM');
    return writes.ok && writes.value.length === 0 ? accepted([{ kind: 'nothing', reason: 'NOT_FOR_A_STORE' }]) : writes;
  }
  const wanted = toSitooOrders(order, context);
  if (!wanted.ok) return wanted;
  const carts = existing.filter(({ id }) => id.isCart);
  const orders = existing.filter(({ id }) => !id.isCart);
  if (wanted.value.length > 0 && orders.length === 0) {
    if (UNCONFIRMED.has(status)) return accepted([{ kind: 'nothing', reason: 'NOT_YET' }]);
    if ((order.remainingPayment ?? 0) > 0) return accepted([{ kind: 'nothing', reason: 'NOT_PAID' }]);
  }
  const writes = reconcile(wanted.value, orders, finishedShipments(order, context));
  if (!writes.ok) return writes;
  // The cart goes when its order is there, so that a failure in between leaves the goods held.
  const openCarts = carts.filter(({ stateId }) => stateId === OPEN).map((cart) => cancellation(cart, 'CART_BECAME_ORDER'));
  const all = [...writes.value, ...openCarts];
  return accepted(all.length > 0 ? all : [{ kind: 'nothing', reason: 'NOT_FOR_A_STORE' }]);
}

function reconcile(
  wanted: readonly SitooWebOrder[],
  existing: readonly ExportedOrder[],
  finished: ReadonlySet<string>,
): WebOrderStep<SitooWrite[]> {
  const isOf = (shipmentId: string) => (order: ExportedOrder) => order.data[OMNIUM_SHIPMENT_TAG] === shipmentId;
  const leftOver = existing.filter((order) => !wanted.some(({ shipmentId }) => isOf(shipmentId)(order)));
  const isFinished = (order: ExportedOrder) => finished.has(order.data[OMNIUM_SHIPMENT_TAG] ?? '');
  const taken = new Set(existing.map(({ externalId }) => externalId));
  const steps = [
    withdraw(
      leftOver.filter((order) => !isFinished(order)),
      'NO_LONGER_IN_THIS_STORE',
    ),
    accepted(leftOver.filter(isFinished).map(leaveToStore)),
    ...wanted.map((one) => decideSitooWrite(one, newest(existing.filter(isOf(one.shipmentId))), taken)),
  ];
  const writes = allAccepted(steps);
  return writes.ok ? accepted(writes.value.flat()) : writes;
}

/**
 * What to write for one order of one store.
 * @param taken external ids that Sitoo has for this Omnium order: an order made anew needs another one
 */
export function decideSitooWrite(
  wanted: SitooWebOrder,
  now: ExportedOrder | undefined,
  taken: ReadonlySet<string>,
): WebOrderStep<SitooWrite[]> {
  if (now && isLeftToStore(wanted, now)) return accepted([leaveToStore(now)]);
  if (now?.stateId === OPEN && isSameWork(wanted, now)) return accepted([contactChange(wanted.body, now)]);
  if (now?.stateId === OPEN && now.isPartlyDelivered) return rejected('PARTLY_DELIVERED', '', String(now.orderId));
  const externalid = freeExternalId(wanted.body.externalid, taken);
  if (externalid === undefined) return rejected('REPLACED_TOO_OFTEN', '', wanted.body.externalid);
  const create: SitooWrite = { kind: 'create', shipmentId: wanted.shipmentId, body: { ...wanted.body, externalid } };
  return accepted(now?.stateId === OPEN ? [cancellation(now, 'ROWS_CHANGED'), create] : [create]);
}

function isLeftToStore(wanted: SitooWebOrder, now: ExportedOrder): boolean {
  if (now.stateId === CANCELLED) return isRefused(wanted, now);
  return now.stateId !== OPEN || wanted.kind === 'return-in-store';
}

/** The store said no, and Omnium still asks the same store. */
function isRefused({ kind, body }: SitooWebOrder, { data, warehouseId }: ExportedOrder): boolean {
  return kind !== 'return-in-store' && data[WITHDRAWN_TAG] !== 'true' && body.warehouseid === warehouseId;
}

function isSameWork({ kind, body }: SitooWebOrder, now: ExportedOrder): boolean {
  const rows = body.orderitems.map(
    ({ moneyrowprice = '0', moneyrowdiscount = '0', quantity, sku, decimalunitquantity, additionaldata }) => {
      const gross = amount(moneyrowprice).minus(moneyrowdiscount).toFixed(2);
      return rowText({ id: additionaldata['web-itemid'], sku, quantity, size: decimalunitquantity ?? undefined, gross });
    },
  );
  const isSameKind = now.data[kindTags[kind]] === 'true';
  return isSameKind && body.warehouseid === now.warehouseId && rows.sort().join() === now.rows.join();
}

function contactChange(body: SitooWebOrderBody, now: ExportedOrder): SitooWrite {
  const change: SitooContactChange = {};
  for (const name of contactFields) if ((body[name] ?? '') !== (now.contact[name] ?? '')) change[name] = body[name] ?? '';
  // Sitoo sets a date by itself when we send none, so only ours is compared.
  if (body.datereserved !== undefined && body.datereserved !== now.reservedUntil) change.datereserved = body.datereserved;
  const { orderId } = now;
  return Object.keys(change).length === 0 ? { kind: 'nothing', reason: 'EQUAL', orderId } : { kind: 'patch', orderId, change };
}

function freeExternalId(externalId: string, taken: ReadonlySet<string>): string | undefined {
  if (!taken.has(externalId)) return externalId;
  const { orderId, part } = readExternalId(externalId) ?? { orderId: '', part: undefined };
  for (let revision = 2; revision <= MAX_REVISION; revision += 1) {
    const next = sitooExternalIdOf(orderId, { part, revision });
    if (next !== undefined && !taken.has(next)) return next;
  }
  return undefined;
}

/** Takes back what is still open; what a store has finished stays finished. */
function withdraw(existing: readonly ExportedOrder[], reason: CancelReason): WebOrderStep<SitooWrite[]> {
  const delivered = existing.find(({ stateId, isPartlyDelivered }) => stateId === OPEN && isPartlyDelivered);
  if (delivered) return rejected('PARTLY_DELIVERED', '', String(delivered.orderId));
  return accepted(existing.map((order) => (order.stateId === OPEN ? cancellation(order, reason) : leaveToStore(order))));
}

function leaveToStore({ orderId, stateId }: ExportedOrder): SitooWrite {
  const reasons: Record<number, IdleReason> = { [OPEN]: 'DELIVERED_IN_OMNIUM', [CANCELLED]: 'CANCELLED_IN_SITOO' };
  return { kind: 'nothing', reason: reasons[stateId] ?? 'CLOSED_IN_SITOO', orderId };
}

/** Whether Sitoo merges or replaces the map is not documented: the complete one is sent (orders-and-customers section 5.7). */
function cancellation({ orderId, data }: ExportedOrder, reason: CancelReason): SitooWrite {
  return { kind: 'cancel', orderId, reason, change: { orderstateid: 20, additionaldata: { ...data, [WITHDRAWN_TAG]: 'true' } } };
}

/** Sitoo's ids grow with every order made. */
function newest(versions: readonly ExportedOrder[]): ExportedOrder | undefined {
  return [...versions].sort((one, other) => one.orderId - other.orderId).at(-1);
}
