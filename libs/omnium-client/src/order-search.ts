import type { OmniumOrderSearch } from '@connector/contracts';
import { AnswerMismatch, CallError, isRecord, listOf, type CallGate, type Decode, type HttpSeam } from '@connector/platform';
import { badAnswer, read, type CallOptions } from './omnium-seam';
import { isOrder, type IdentifiedOrder } from './order-write';

/** Filters that the connector uses; all given ones must hold. Times are UTC, `modifiedFrom` is included. */
export type OrderFilter = Pick<
  OmniumOrderSearch,
  | 'modifiedFrom'
  | 'modifiedTo'
  | 'createdFrom'
  | 'createdTo'
  | 'completedFrom'
  | 'completedTo'
  | 'externalIds'
  | 'orderNumber'
  | 'orderType'
  | 'selectedMarkets'
  | 'selectedStatuses'
  | 'selectedStores'
  | 'properties'
  | 'hasErrors'
>;

/** Page size and window of searches (api-guide section 5): beyond 10,000 orders Omnium answers 400. */
const PAGE_ORDERS = 100;
const MAX_PAGES = 100;

interface Batch {
  orders: IdentifiedOrder[];
  scrollId: string | undefined;
}

/**
 * Every order that matches, by id, page by page; for small answers such as a few external ids. Search lags behind writes, usually by less
 * than a second, so it must not be used to verify one (api-guide section 3).
 * @throws CallError `OMNIUM_REJECTED` when more match than a search can show: scroll instead
 */
export async function searchOrders(seam: HttpSeam, filter: OrderFilter, options: CallOptions): Promise<Map<string, IdentifiedOrder>> {
  const operation = 'orders.search';
  const found = new Map<string, IdentifiedOrder>();
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const body = { ...filter, sortOrder: 'ModifiedAscending', take: PAGE_ORDERS, page, disableFacets: true };
    const { orders } = await read(seam, { operation, path: '/api/Orders/Search', body, decode: batchAnswer }, options);
    // An order that is changed meanwhile moves to a later page and comes twice; the later state counts.
    for (const order of orders) found.set(order.id, order);
    if (orders.length < PAGE_ORDERS) return found;
  }
  throw new CallError('omnium', operation, 'REJECTED', 'more orders match than a search can show', { retryable: false });
}

/**
 * Every order that matches, in batches of up to 1,000, as they were at the start; Omnium's advice for deltas even when few changes are
 * expected. Read it to its end: a scroll left open costs Omnium until it dies after five idle minutes (api-guide section 6).
 * @throws CallError retryable when the scroll has expired or lost its place: start again from the same watermark
 */
export async function* scrollOrders(
  seam: HttpSeam,
  filter: OrderFilter,
  gate: CallGate | undefined,
  options: CallOptions,
): AsyncGenerator<IdentifiedOrder[]> {
  const { class: urgency = 'sale', signal } = options;
  const common = { class: urgency, signal, gate, decode: batchAnswer } as const;
  const body = { ...filter, disableFacets: true };
  const start = {
    operation: 'orders.scroll',
    method: 'POST',
    path: '/api/Orders/Scroll',
    body,
    safeToRepeat: true,
    writes: false,
  } as const;
  let { data: batch } = await seam.call({ ...start, ...common });
  while (batch.orders.length > 0) {
    yield batch.orders;
    if (batch.scrollId === undefined) return;
    const path = `/api/Orders/Scroll/${encodeURIComponent(batch.scrollId)}`;
    // The call moves the scroll on: repeated after a lost answer it would skip a batch without a word.
    const next = { operation: 'orders.scroll.next', method: 'GET', path, safeToRepeat: false, writes: true } as const;
    ({ data: batch } = await seam.call({ ...next, ...common }).catch(asExpired));
  }
}

/** The error of an expired scroll is not documented: any refusal of its id means to start again. */
function asExpired(error: unknown): never {
  const refused = error instanceof CallError && (error.failure === 'NOT_FOUND' || error.failure === 'REJECTED');
  throw refused ? badAnswer(error.operation, 'the scroll has expired') : error;
}

const batchAnswer: Decode<Batch> = (data) => {
  if (!isRecord(data)) throw new AnswerMismatch('no envelope');
  const { scrollId } = data;
  return {
    orders: listOf(isOrder, 'result')(data['result'] ?? []),
    scrollId: typeof scrollId === 'string' && scrollId !== '' ? scrollId : undefined,
  };
};
