import { randomUUID } from 'node:crypto';
import type { SitooOrder, SitooDelivery } from '@connector/contracts';

/** An event as it travels; `data` depends on the type (events-spi sections 6 and 7). */
export interface SitooEvent<Data extends object = object> {
  /** 32 hex digits, as in Sitoo's published sample. */
  event_id: string;
  event_type: string;
  /** Unix seconds: creation of the event, not of the business change. */
  event_date: number;
  account_id: number;
  data: Data;
}

export type OrderEventType = 'add' | 'update' | 'ready-for-pickup' | 'pickup-rejected';

export type OrderEvent = SitooEvent<{
  eshop_id?: number;
  order_id: number;
  warehouse_id?: number;
  order_event_type: OrderEventType;
  order_state_changed?: string;
}>;

const BOOKING = 100;
const STATE_NAMES = new Map([
  [0, 'open'],
  [10, 'closed'],
  [20, 'cancelled'],
]);

/** The event Sitoo raises when an order was added (`previous` absent) or changed. */
export function orderEvent(account: number, order: SitooOrder, previous: SitooOrder | undefined, nowMs: number): OrderEvent {
  const event = orderNotice(account, order, previous ? 'update' : 'add', nowMs);
  const isMoved = previous && previous.orderstateid !== order.orderstateid;
  return isMoved ? { ...event, data: { ...event.data, ...stateChange(order) } } : event;
}

/** An event about an order that tells nothing of its state. */
export function orderNotice(account: number, order: SitooOrder, type: OrderEventType, nowMs: number): OrderEvent {
  return sitooEvent(account, order.ordertypeid === BOOKING ? 'booking' : 'order', nowMs, {
    eshop_id: order.eshopid,
    order_id: order.orderid,
    ...(order.warehouseid ? { warehouse_id: order.warehouseid } : {}),
    order_event_type: type,
  });
}

/** `order-delivery`: the last three key names are inferred from those of order events (events-spi section 7.2). */
export function deliveryEvent(
  account: number,
  order: SitooOrder,
  { orderdeliveryid, warehouseid }: SitooDelivery,
  change: { type: 'add' | 'update'; state: string },
  nowMs: number,
): SitooEvent {
  return sitooEvent(account, 'order-delivery', nowMs, {
    eshop_id: order.eshopid,
    order_id: order.orderid,
    order_delivery_id: orderdeliveryid,
    warehouse_id: warehouseid,
    order_delivery_state_changed: change.state,
    order_delivery_event_type: change.type,
  });
}

export function sitooEvent<Data extends object>(account: number, event_type: string, nowMs: number, data: Data): SitooEvent<Data> {
  const event_id = randomUUID().replaceAll('-', '');
  return { event_id, event_type, event_date: Math.floor(nowMs / 1000), account_id: account, data };
}

function stateChange(order: SitooOrder): { order_state_changed?: string } {
  const name = STATE_NAMES.get(order.orderstateid ?? Number.NaN);
  return name ? { order_state_changed: name } : {};
}
