import { CART_TAG } from '../../web-order/cart';
import { omniumOrderIdOf } from '../../web-order/external-id';
import { OMNIUM_ORDER_TAG } from '../identifiers';
import type { OrderContext } from '../order-context';
import { ORDER_STATE, ORDER_TYPE } from '../receipt';
import { type OrderRejection, type OrderSkip, reject, type RejectionCode, skipCodes, type SkipCode } from '../rejection';
import type { DecodedSitooOrder } from '../sitoo-order';
import type { OrderFamily } from './family';
import { familyRoot } from './family-root';

export type OrderClass =
  /** A document of the connector's own. */
  | { readonly kind: 'own' }
  /** Omnium put the order into Sitoo: its document is Omnium's, and only what happened in the shop is added. */
  | { readonly kind: 'omnium'; readonly omniumOrderId: string }
  | { readonly kind: 'skip'; readonly skip: OrderSkip }
  | { readonly kind: 'reject'; readonly rejection: OrderRejection };

const knownStates: readonly number[] = [ORDER_STATE.open, ORDER_STATE.closed, ORDER_STATE.cancelled];

/** What becomes of a root order. Anything nobody knows is refused by name, never guessed. */
export function classify({ root, isOriginalGone }: OrderFamily, context: OrderContext): OrderClass {
  if (root.typeId === ORDER_TYPE.parked) return skip('PARKED_CART');
  if (root.stateId === ORDER_STATE.abandoned) return skip('ABANDONED_CART');
  const isBooking = root.typeId === ORDER_TYPE.booking;
  // Bookings only: should a till copy the tag to the sale that it makes of one, that is a sale all the same.
  if (isBooking && root.data[CART_TAG] === 'true') return skip('OMNIUM_CART');
  if (isBooking && context.bookings === 'skip') return skip('BOOKING_NOT_WANTED');
  if (!isBooking && root.typeId !== ORDER_TYPE.order)
    return refuse('NOT_YET_SUPPORTED_ORDER_TYPE', 'ordertypeid', `order type ${root.typeId}`);
  if (!knownStates.includes(root.stateId)) return refuse('NOT_YET_SUPPORTED_ORDER_STATE', 'orderstateid', `order state ${root.stateId}`);
  const owner = familyRoot(root);
  if (owner.kind === 'sitoo' && !isOriginalGone) return refuse('REFUND_BELONGS_TO_SALE', 'creditorderid', `order ${owner.orderId}`);
  return byOrigin(root, context);
}

/** Orders with an external id or without a register came through the API. */
function byOrigin(root: DecodedSitooOrder, context: OrderContext): OrderClass {
  const omniumOrderId = omniumOrderOf(root);
  if (omniumOrderId !== undefined) return { kind: 'omnium', omniumOrderId };
  if (context.foreignOrders === 'import') return { kind: 'own' };
  if (root.externalId !== undefined) return refuse('ORDER_OF_ANOTHER_SYSTEM', 'externalid');
  if (root.registerId === undefined) return refuse('ORDER_OF_ANOTHER_SYSTEM', 'registerid');
  return { kind: 'own' };
}

/** The Omnium order that a Sitoo order came from: by the connector's tag, which holds ids of any length and alphabet. */
export function omniumOrderOf({ externalId, data }: DecodedSitooOrder): string | undefined {
  const tag = data[OMNIUM_ORDER_TAG];
  if (tag === undefined || externalId === undefined) return undefined;
  return omniumOrderIdOf(externalId) ?? tag;
}

function skip(code: SkipCode): OrderClass {
  return { kind: 'skip', skip: { code, message: skipCodes[code] } };
}

function refuse(code: RejectionCode, path: string, detail?: string): OrderClass {
  return { kind: 'reject', rejection: reject(code, path, detail).rejection };
}
