import { randomUUID } from 'node:crypto';
import type { Call, Operation, Reply } from '../call';
import { objectIn, ok } from '../call';
import type { Order } from '../documents';
import { Refusal } from '../refusal';
import { searchAll, scrollProblems } from './search';
import { refuse } from './write';

/** What a scroll has not answered yet. */
export interface OpenScroll {
  orders: readonly Order[];
  totalHits: number;
  /** Orders per batch. */
  size: number;
  /** Milliseconds since 1970 of the last use. */
  usedAt: number;
}

/** "Idle scrolls die after about 5 minutes" (api-guide section 6). */
const IDLE_MS = 5 * 60_000;
/** Orders per batch, also where `take` asks for more. */
const LARGEST_BATCH = 1_000;

/** `POST /api/Orders/Scroll`: the first batch of a snapshot. */
export const startScroll: Operation = {
  kind: 'read',
  run: (call) => {
    const request = objectIn(call.body);
    refuse(scrollProblems(request));
    const orders = searchAll(call.tenant.orders.indexed(call.settings.searchLagMs), request);
    const size = Math.min(Number(request.take) || LARGEST_BATCH, LARGEST_BATCH);
    return batch(call, { orders, totalHits: orders.length, size, usedAt: call.now });
  },
};

/** `GET /api/Orders/Scroll/{id}`: the next batch. Every answer has a new id and ends the old one; the last batch is empty and has none. */
export const nextScroll: Operation = {
  kind: 'read',
  run: (call) => {
    const { scrolls } = call.tenant;
    const scroll = scrolls.get(call.params.id ?? '');
    scrolls.delete(call.params.id ?? '');
    if (!scroll || call.now - scroll.usedAt > IDLE_MS) throw new Refusal(404, 'The scroll does not exist or has expired.');
    return batch(call, { ...scroll, usedAt: call.now });
  },
};

function batch({ tenant }: Call, { orders, size, ...scroll }: OpenScroll): Reply {
  const result = orders.slice(0, size);
  const scrollId = result.length > 0 ? randomUUID() : null;
  if (scrollId) tenant.scrolls.set(scrollId, { ...scroll, size, orders: orders.slice(size) });
  return ok({ result, totalHits: scroll.totalHits, scrollId, isValid: true });
}
