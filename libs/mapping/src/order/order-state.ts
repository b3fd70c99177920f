import type { OrderContext } from './order-context';

/**
 * Where an order stands, as the connector sees it, and the status that stands for it in Omnium (OrderStatusName). What follows when the order
 * type has no such status is the state before.
 */
export const orderStates = {
  booked: { status: 'Pending', before: 'open', meaning: 'a booking: stock held, nothing sold' },
  open: { status: 'New', before: undefined, meaning: 'sold, nothing delivered yet' },
  partlyDelivered: { status: 'PartiallyShipped', before: 'open', meaning: 'part of the goods is with the buyer or the carrier' },
  shipped: {
    status: 'InTransit',
    before: 'open',
    meaning: 'all goods are with the buyer or the carrier, and Sitoo has not closed the order',
  },
  readyForPickup: { status: 'ReadyForPickup', before: 'open', meaning: 'set aside for the buyer' },
  pickupRejected: { status: 'OnHold', before: 'open', meaning: 'the store cannot deliver; someone has to find the goods elsewhere' },
  completed: { status: 'Completed', before: undefined, meaning: 'closed in Sitoo' },
  cancelled: { status: 'OrderCanceled', before: undefined, meaning: 'cancelled in Sitoo' },
  partlyReturned: { status: 'PartiallyReturned', before: 'completed', meaning: 'some of the goods came back' },
  returned: { status: 'Returned', before: 'partlyReturned', meaning: 'all goods came back' },
} as const satisfies Record<string, { status: string; before: string | undefined; meaning: string }>;

export type OrderStateName = keyof typeof orderStates;

/** The Omnium status of a state, by the order type's own statuses. */
export function statusOf(state: OrderStateName, context: OrderContext): string {
  if (state === 'completed') return context.completedStatus;
  const configured = context.statuses?.[state];
  const { status, before } = orderStates[state];
  if (configured === null && before) return statusOf(before, context);
  return configured ?? status;
}
