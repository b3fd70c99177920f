import { randomUUID } from 'node:crypto';
import type { OmniumEvent } from '@connector/contracts';
import { isoTime } from '../clock';
import type { Order } from '../documents';
import { listOf } from '../documents';
import type { Writer } from '../orders/store';

export interface Happening {
  category: 'Created' | 'Updated' | 'Canceled' | 'Deleted' | 'Workflow' | 'Comment';
  message: string;
  /** Only workflow numbers are published one by one (api-guide section 12); events of other kinds carry none. */
  operationId?: number;
  previousStatus?: string | null;
  attachments?: { name: string; value: string }[];
}

/** An event about an order: what happened, by whom, and never the order itself (api-guide section 12, `OmniumEvent`). */
export function orderEvent(order: Order, writer: Writer, happening: Happening, nowMs: number): OmniumEvent {
  const id = randomUUID().replaceAll('-', '').slice(0, 20);
  return {
    timestamp: isoTime(nowMs),
    id,
    className: 'Order',
    subClassName: order.orderType,
    objectId: order.id ?? '',
    objectNumber: order.orderNumber,
    market: order.marketId,
    storeId: order.storeId,
    user: writer.clientId,
    userId: writer.clientId,
    status: order.status,
    previousStatus: '',
    isError: false,
    isRead: false,
    indexIdentifier: id,
    esMetadata: {},
    origin: writer.operationId,
    tags: [...listOf(order.tags)],
    ...happening,
  };
}
