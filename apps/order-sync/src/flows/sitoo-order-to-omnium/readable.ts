import type { Fact } from '@connector/contracts';
import { ORDER_STATE } from '@connector/mapping';

/** Reads may lag behind events this long, ms; an older contradiction means that the event was overtaken. */
const lagMs = 600_000;

/** What events call the states of an order. */
const stateIds: Record<string, number> = { open: ORDER_STATE.open, closed: ORDER_STATE.closed, cancelled: ORDER_STATE.cancelled };

/**
 * Whether what was read contradicts the newest fact about the order's state, which then has not reached the read side yet. Deliveries
 * have states of their own and say nothing about the order's.
 */
export function contradicts(orderState: number, facts: readonly Fact[], now: number): boolean {
  const newest = facts
    .filter(({ kind, state }) => (kind === 'order' || kind === 'booking') && state !== undefined && state in stateIds)
    .at(-1);
  if (!newest?.state || now - newest.at > lagMs) return false;
  // A closed or cancelled order is not opened again: a later state than the fact's is simply newer.
  return orderState === ORDER_STATE.open && stateIds[newest.state] !== ORDER_STATE.open;
}

/** Whether a delivery was announced lately that is not among those read. Only where deliveries are read at all. */
export function isBehind(
  deliveries: readonly { orderDeliveryId: number }[],
  facts: readonly Fact[],
  now: number,
  isRead: boolean,
): boolean {
  const known = new Set(deliveries.map(({ orderDeliveryId }) => orderDeliveryId));
  return (
    isRead &&
    facts.some(
      ({ kind, deliveryId, at }) => kind === 'order-delivery' && deliveryId !== undefined && now - at <= lagMs && !known.has(deliveryId),
    )
  );
}
