import type { OmniumOrder } from '@connector/contracts';
import { OMNIUM_SHIPMENT_TAG } from '../order/identifiers';
import { ORDER_STATE } from '../order/receipt';
import { finishedShipments, shipmentParts } from './allocations';
import type { ExportedOrder } from './exported-order';
import { cartIdToLookUp, sitooExternalIdOf } from './external-id';
import { accepted, allAccepted, rejected, type WebOrderStep } from './rejection';
import { kindTags, toSitooOrders, type SitooWebOrder } from './to-sitoo-order';
import type { WebOrderContext } from './web-order-context';
import {
  cancellation,
  contactChange,
  freeExternalId,
  isSameWork,
  leaveToStore,
  newest,
  WITHDRAWN_TAG,
  type CancelReason,
  type SitooWrite,
} from './writes';

const { open: OPEN, cancelled: CANCELLED } = ORDER_STATE;
/** An order made anew more often than this is being fought over. */
const MAX_REVISION = 5;
/** Shipments that may have gone from the document are looked up too, up to this number. */
const USUAL_PARTS = [1, 2, 3, 4, 5];
/** Statuses of Omnium in which an order is not confirmed (openapi, OrderStatusName). */
const UNCONFIRMED = new Set(['Draft', 'Pending', 'PaymentReview', 'OnHold']);

/** External ids under which Sitoo can have this order: look all of them up before deciding, and if its cart is there, `cartRevisionIds` too. */
export function externalIdsToLookUp(order: OmniumOrder): string[] {
  const { id, orderForm } = order;
  const parts = new Set([...USUAL_PARTS, ...shipmentParts(order).values()]);
  const revisions = [undefined, ...Array.from({ length: MAX_REVISION - 1 }, (_, index) => index + 2)];
  const ids = [undefined, ...parts].flatMap((part) => revisions.map((revision) => sitooExternalIdOf(id ?? '', { part, revision })));
  const cart = orderForm?.cartId ? cartIdToLookUp(orderForm.cartId) : undefined;
  return [...ids, cart].filter((externalId) => externalId !== undefined);
}

/**
 * What to write so that Sitoo agrees with an Omnium order. Apply in the order given: what is cancelled frees its stock before it is made
 * anew.
 * @param existing all orders that `externalIdsToLookUp` and the revisions of its cart lead to
 */
export function decideSitooWrites(
  order: OmniumOrder,
  existing: readonly ExportedOrder[],
  context: WebOrderContext,
): WebOrderStep<SitooWrite[]> {
  const status = order.status ?? '';
  if (status === 'Queued') return accepted([{ kind: 'nothing', reason: 'QUEUED' }]);
  const orders = existing.filter(({ id }) => !id.isCart);
  if (context.statuses.isCancelled(status)) return withCarts(withdraw(orders, 'CANCELLED_IN_OMNIUM'), existing);
  const wanted = toSitooOrders(order, context);
  if (!wanted.ok) return wanted;
  if (wanted.value.length > 0 && orders.length === 0) {
    if (UNCONFIRMED.has(status)) return accepted([{ kind: 'nothing', reason: 'NOT_YET' }]);
    if ((order.remainingPayment ?? 0) > 0) return accepted([{ kind: 'nothing', reason: 'NOT_PAID' }]);
  }
  return withCarts(reconcile(wanted.value, orders, finishedShipments(order, context)), existing);
}

/** What Sitoo still has of the cart that an order was made of. */
export function takeCartsAway(existing: readonly ExportedOrder[]): SitooWrite[] {
  const openCarts = existing.filter(({ id, stateId }) => id.isCart && stateId === OPEN);
  return openCarts.map((cart) => cancellation(cart, 'CART_BECAME_ORDER'));
}

/** The cart goes when its order is there, so that a failure in between leaves the goods held. */
function withCarts(writes: WebOrderStep<SitooWrite[]>, existing: readonly ExportedOrder[]): WebOrderStep<SitooWrite[]> {
  if (!writes.ok) return writes;
  const all = [...writes.value, ...takeCartsAway(existing)];
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
  if (now?.stateId === OPEN && isSameOrder(wanted, now)) return accepted([contactChange(wanted.body, now)]);
  if (now?.stateId === OPEN && now.isPartlyDelivered) return rejected('PARTLY_DELIVERED', '', String(now.orderId));
  const externalid = freeExternalId(wanted.body.externalid, taken, MAX_REVISION);
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

function isSameOrder({ kind, body }: SitooWebOrder, now: ExportedOrder): boolean {
  return now.data[kindTags[kind]] === 'true' && isSameWork(body, now);
}

/** Takes back what is still open; what a store has finished stays finished. */
export function withdraw(existing: readonly ExportedOrder[], reason: CancelReason): WebOrderStep<SitooWrite[]> {
  const delivered = existing.find(({ stateId, isPartlyDelivered }) => stateId === OPEN && isPartlyDelivered);
  if (delivered) return rejected('PARTLY_DELIVERED', '', String(delivered.orderId));
  return accepted(existing.map((order) => (order.stateId === OPEN ? cancellation(order, reason) : leaveToStore(order))));
}
