import type { OrderStateName } from '../order-state';
import { ORDER_STATE, ORDER_TYPE } from '../receipt';
import type { SaleRow } from '../rows';
import { deliveredOf, type FamilyDeliveries } from './deliveries';
import type { OrderFamily } from './family';

/** Where the root order stands, returns aside (orders-and-customers section 10). */
export function familyState(family: OrderFamily, sold: readonly SaleRow[], deliveries: FamilyDeliveries): OrderStateName {
  const { root, signals } = family;
  if (root.typeId === ORDER_TYPE.booking) return isOpenBooking(family) ? 'booked' : 'cancelled';
  if (root.stateId === ORDER_STATE.cancelled) return 'cancelled';
  if (root.stateId === ORDER_STATE.closed) return 'completed';
  if (signals.pickupRejected) return 'pickupRejected';
  if (signals.readyForPickup) return 'readyForPickup';
  return stateByDeliveries(family, sold, deliveries);
}

/** What a booking becomes after the purchase is not published; the purchase's link to it is sure (section 11). */
function isOpenBooking({ root, purchaseOrderId }: OrderFamily): boolean {
  return root.stateId === ORDER_STATE.open && purchaseOrderId === undefined;
}

function stateByDeliveries(family: OrderFamily, sold: readonly SaleRow[], deliveries: FamilyDeliveries): OrderStateName {
  const delivered = sold.map((row) => deliveredOf(row, family, deliveries));
  if (delivered.every((quantity) => quantity.eq(0))) return 'open';
  if (!sold.every((row, index) => delivered[index]?.eq(row.product.pricedQuantity))) return 'partlyDelivered';
  return deliveries.live.every(({ state }) => state === 'ready-for-pickup') ? 'readyForPickup' : 'shipped';
}
