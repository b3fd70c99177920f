import { randomUUID } from 'node:crypto';
import type { SitooOrder } from '@connector/contracts';

export interface OrderEvent {
  /** 32 hex digits, as in Sitoo's published sample. */
  event_id: string;
  event_type: 'order' | 'booking';
  /** Unix seconds: creation of the event, not of the order. */
  event_date: number;
  account_id: number;
  data: { eshop_id?: number; order_id: number; warehouse_id?: number; order_event_type: 'add' | 'update'; order_state_changed?: string };
}

const BOOKING = 100;
const STATE_NAMES = new Map([
  [0, 'open'],
  [10, 'closed'],
  [20, 'cancelled'],
]);

/** The event Sitoo raises when an order was added (`previous` absent) or changed. */
export function orderEvent(account: number, order: SitooOrder, previous: SitooOrder | undefined, nowMs: number): OrderEvent {
  return {
    event_id: randomUUID().replaceAll('-', ''),
    event_type: order.ordertypeid === BOOKING ? 'booking' : 'order',
    event_date: Math.floor(nowMs / 1000),
    account_id: account,
    data: {
      eshop_id: order.eshopid,
      order_id: order.orderid,
      ...(order.warehouseid ? { warehouse_id: order.warehouseid } : {}),
      order_event_type: previous ? 'update' : 'add',
      ...(previous && previous.orderstateid !== order.orderstateid ? stateChange(order) : {}),
    },
  };
}

function stateChange(order: SitooOrder): { order_state_changed?: string } {
  const name = STATE_NAMES.get(order.orderstateid ?? Number.NaN);
  return name ? { order_state_changed: name } : {};
}
