import type { SitooOrder, SitooDelivery, SitooDeliveryWrite } from '@connector/contracts';
import { Refused } from '../refused';

/** States that events report; the delivery document itself has none (events-spi section 7.2). */
export const DELIVERY_STATES = ['new', 'ready-to-ship', 'in-transit', 'arrived', 'ready-for-pickup', 'delivered', 'cancelled'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export interface StoredDelivery {
  document: SitooDelivery;
  state: DeliveryState;
}

/** Units of a row that are in deliveries which were not cancelled. */
export function deliveredOf(deliveries: readonly StoredDelivery[], orderitemid: number): number {
  const live = deliveries.filter(({ state }) => state !== 'cancelled').flatMap(({ document }) => document.orderdeliveryitems ?? []);
  return live.filter((item) => item.orderitemid === orderitemid).reduce((total, item) => total + item.quantity, 0);
}

/** Rows with units that no delivery has yet. */
export function undelivered(order: SitooOrder, deliveries: readonly StoredDelivery[]): { orderitemid: number; quantity: number }[] {
  return (order.orderitems ?? [])
    .map(({ orderitemid, quantity }) => ({ orderitemid, quantity: quantity - deliveredOf(deliveries, orderitemid) }))
    .filter(({ quantity }) => quantity > 0);
}

/** Refuses what is more than ordered minus delivered (orders-and-customers section 12.7). */
export function checkDelivery(order: SitooOrder, deliveries: readonly StoredDelivery[], written: SitooDeliveryWrite): void {
  if (order.orderstateid === 20) throw new Refused('a cancelled order cannot be delivered');
  if (written.orderdeliveryitems.length === 0) throw new Refused('a delivery needs rows', { isViolation: true });
  const open = new Map(undelivered(order, deliveries).map(({ orderitemid, quantity }) => [orderitemid, quantity]));
  for (const { orderitemid, quantity } of written.orderdeliveryitems) {
    if (quantity < 1) throw new Refused(`quantity of row ${orderitemid} must be positive`, { isViolation: true });
    const left = (open.get(orderitemid) ?? 0) - quantity;
    if (left < 0) throw new Refused(`row ${orderitemid}: quantity is more than is left to deliver`);
    open.set(orderitemid, left);
  }
}
