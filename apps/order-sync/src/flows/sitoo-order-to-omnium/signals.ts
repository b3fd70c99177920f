import type { Fact, OmniumOrder } from '@connector/contracts';
import { latestDeliveryStates, pickupSignals, type DecodedSitooOrder, type FamilySignals } from '@connector/mapping';

/** Fact kinds of the connector's own: one order of a family tells another one's handler of itself. */
export const REFUND = 'refund';
export const PURCHASE = 'purchase';

/** Says to the sale's handler that this refund exists. The same refund is always the same fact. */
export function refundFact({ orderId, orderedAt }: DecodedSitooOrder): Fact {
  return { id: `${REFUND}-${orderId}`, kind: REFUND, at: orderedAt * 1000, orderId };
}

/** Says to the booking's handler that it became this purchase. */
export function purchaseFact({ orderId, orderedAt }: DecodedSitooOrder): Fact {
  return { id: `${PURCHASE}-${orderId}`, kind: PURCHASE, at: orderedAt * 1000, orderId };
}

/** Orders that facts of this kind name. */
export function ordersNamed(kind: string, facts: readonly Fact[]): number[] {
  return facts.flatMap((fact) => (fact.kind === kind && fact.orderId !== undefined ? [fact.orderId] : []));
}

const pickupEvents = { 'ready-for-pickup': 'readyForPickup', 'pickup-rejected': 'pickupRejected' } as const;

/**
 * What the documents do not say: pick-up events or the order's own log, whichever is there, and the last state announced of each delivery, now or
 * by what Omnium has of it.
 */
export function signalsOf(order: DecodedSitooOrder, facts: readonly Fact[], existing: OmniumOrder | undefined): FamilySignals {
  const event = facts.map((fact) => fact.event).findLast((name) => name !== undefined && Object.hasOwn(pickupEvents, name));
  const told = { readyForPickup: event === 'ready-for-pickup', pickupRejected: event === 'pickup-rejected' };
  const pickup = event === undefined ? pickupSignals(order) : told;
  const states = facts.flatMap(({ kind, deliveryId, state }): [number, string][] =>
    kind === 'order-delivery' && deliveryId !== undefined && state !== undefined ? [[deliveryId, state]] : [],
  );
  return { ...pickup, deliveryStates: latestDeliveryStates(existing, new Map(states)) };
}
