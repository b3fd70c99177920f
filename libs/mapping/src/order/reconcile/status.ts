/**
 * How far on an order is in a status. Only these statuses are ever written over, and only by one of a higher rank: any other (a hold that
 * staff put on, a fault, a status of the tenant's own) stays until a person or a workflow takes it away.
 */
export const orderStatusRanks: Readonly<Record<string, number>> = {
  Draft: 0,
  Pending: 0,
  New: 1,
  Confirmed: 2,
  InProgress: 3,
  InProgressWarehouse: 3,
  ReadyForShipment: 4,
  PackingInProcess: 4,
  PackedAndReady: 4,
  Ship: 5,
  VirtualShip: 5,
  PartiallyShipped: 5,
  PartiallyDelivered: 5,
  ShippedFromWarehouse: 6,
  InTransit: 6,
  ReadyForPickup: 7,
  // The connector's own: a store that cannot deliver. Goods that are handed over after all move it on.
  OnHold: 8,
  Completed: 9,
  PickedUp: 9,
  PickedUpAndPaid: 9,
  OrderCanceled: 10,
  OrderCanceledByCustomer: 10,
  OrderCanceledByStore: 10,
  PartiallyReturned: 11,
  Returned: 12,
};

/** The same for one delivery. */
export const shipmentStatusRanks: Readonly<Record<string, number>> = {
  AwaitingInventory: 0,
  OnHold: 1,
  Packing: 2,
  Released: 3,
  Shipped: 4,
};

const CANCELLED = 'Cancelled';

export function isOrderForward(before: string | undefined, after: string): boolean {
  return isHigher(orderStatusRanks, before, after);
}

/** A delivery can be called off from any state, and what was called off can only be shipped after all. */
export function isShipmentForward(before: string | undefined, after: string): boolean {
  if (before === CANCELLED) return after === 'Shipped';
  if (after === CANCELLED) return before === undefined || before in shipmentStatusRanks;
  return isHigher(shipmentStatusRanks, before, after);
}

/** Nothing is less than anything; what has no rank is neither. */
function isHigher(ranks: Readonly<Record<string, number>>, before: string | undefined, after: string): boolean {
  if (before === undefined) return true;
  const [from, to] = [ranks[before], ranks[after]];
  return from !== undefined && to !== undefined && to > from;
}
