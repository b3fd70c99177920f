import type { OmniumEvent } from '@connector/contracts';
import { listOf } from '../documents';
import type { OrderWrite } from '../orders/store';
import type { TenantSeed } from '../seed';
import { type Happening, orderEvent } from './order-event';

/** The event that Omnium raises for a write; which numbers it has for which write is not published (api-guide section 12). */
export function eventOf(write: OrderWrite, seed: TenantSeed, nowMs: number): OmniumEvent {
  return orderEvent(write.document, write.writer, happeningOf(write, seed), nowMs);
}

function happeningOf({ document, previous, kind }: OrderWrite, seed: TenantSeed): Happening {
  if (kind === 'created') return { category: 'Created', message: 'Order created' };
  if (kind === 'removed' || kind === 'deleted') return { category: 'Deleted', message: 'Order deleted' };
  if (kind === 'commented') return { category: 'Comment', message: 'Comment added' };
  const previousStatus = previous?.status ?? '';
  const isMoved = previousStatus !== document.status;
  const message = isMoved ? `Update order. Old status was ${previousStatus}` : 'Update order';
  return { category: isMoved && isCanceled(document.orderType, document.status, seed) ? 'Canceled' : 'Updated', message, previousStatus };
}

function isCanceled(orderType: string | null | undefined, status: string | null | undefined, seed: TenantSeed): boolean {
  const type = seed.orderTypes.find((candidate) => candidate.name === orderType);
  return listOf(type?.orderStatuses).some((candidate) => candidate.name === status && candidate.isCanceledStatus === true);
}
