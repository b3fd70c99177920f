import { ORDER_STATE } from '../order/receipt';
import { toSitooCart, type OmniumCart } from './cart';
import { withdraw } from './decide';
import type { ExportedOrder } from './exported-order';
import { sitooExternalIdOf } from './external-id';
import { accepted, rejected, type WebOrderRejectionCode, type WebOrderStep } from './rejection';
import type { SitooWebOrderBody } from './to-sitoo-order';
import type { WebOrderContext } from './web-order-context';
import {
  cancellation,
  CART_ORDERED_TAG,
  contactChange,
  freeExternalId,
  isSameWork,
  newest,
  WITHDRAWN_TAG,
  type SitooWrite,
} from './writes';

/** Rows cannot be changed in Sitoo, so a cart is made anew with each change of them; up to this often, which one look-up still covers. */
const MAX_REVISION = 20;

/** Those of its later versions; to be looked up only where the first one is there. */
export function cartRevisionIds(cartId: string): string[] {
  return Array.from({ length: MAX_REVISION - 1 }, (_, index) => sitooExternalIdOf(cartId, { isCart: true, revision: index + 2 })).filter(
    (externalId) => externalId !== undefined,
  );
}

/** No store has to do with such a cart. */
const noStore: ReadonlySet<WebOrderRejectionCode> = new Set(['NO_LINES', 'WAREHOUSE_UNKNOWN']);

/**
 * What to write so that Sitoo agrees with a cart of Omnium. Apply in the order given.
 * @param cart undefined when Omnium has deleted it
 * @param existing every version of it that Sitoo has
 */
export function decideCartWrites(
  cart: OmniumCart | undefined,
  existing: readonly ExportedOrder[],
  context: WebOrderContext,
): WebOrderStep<SitooWrite[]> {
  const wanted = cart && toSitooCart(cart, context);
  if (wanted?.ok) return bring(wanted.value, existing);
  if (wanted && !noStore.has(wanted.rejection.code)) return wanted;
  const writes = withdraw(existing, 'CART_GONE');
  return writes.ok && writes.value.length === 0 ? accepted([{ kind: 'nothing', reason: 'NOT_FOR_A_STORE' }]) : writes;
}

function bring(body: SitooWebOrderBody, existing: readonly ExportedOrder[]): WebOrderStep<SitooWrite[]> {
  const now = newest(existing);
  if (now && now.stateId !== ORDER_STATE.open && !mayComeAgain(now)) return accepted([leave(now)]);
  const isOpen = now?.stateId === ORDER_STATE.open;
  if (isOpen && isSameWork(body, now)) return accepted([contactChange(body, now)]);
  if (isOpen && now.isPartlyDelivered) return rejected('PARTLY_DELIVERED', '', String(now.orderId));
  const externalid = freeExternalId(body.externalid, new Set(existing.map(({ externalId }) => externalId)), MAX_REVISION);
  if (externalid === undefined) return rejected('REPLACED_TOO_OFTEN', '', body.externalid);
  const create: SitooWrite = { kind: 'create', shipmentId: '', body: { ...body, externalid } };
  return accepted(isOpen ? [cancellation(now, 'ROWS_CHANGED'), create] : [create]);
}

/** We took it away ourselves, and not because it became an order: the change broke off in between, or the cart came back. */
function mayComeAgain({ stateId, data }: ExportedOrder): boolean {
  return stateId === ORDER_STATE.cancelled && data[WITHDRAWN_TAG] === 'true' && data[CART_ORDERED_TAG] !== 'true';
}

function leave({ orderId, stateId, data }: ExportedOrder): SitooWrite {
  if (stateId !== ORDER_STATE.cancelled) return { kind: 'nothing', reason: 'CLOSED_IN_SITOO', orderId };
  return { kind: 'nothing', reason: data[CART_ORDERED_TAG] === 'true' ? 'CART_BECAME_ORDER' : 'CANCELLED_IN_SITOO', orderId };
}
