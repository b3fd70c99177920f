import { AnswerMismatch, CallError, isRecord } from '@connector/platform';
import { orderFields } from './order-fields';
import { pageOf } from './pages';
import { badAnswer, type ReadOptions, type SitooReader } from './sitoo-seam';

/** A row of an order list: an object with its id; the rest is decoded by the mapping. */
interface OrderRow {
  orderid: number;
}

export interface OrderPage {
  /** Ascending by id. */
  orders: Map<number, unknown>;
  /** Where the next page starts; undefined when nothing more exists now. */
  nextFromId: number | undefined;
}

const MAX_IDS_PER_CALL = 100;
/** Ids of one call, in characters with commas; with fields and path the address stays below 4 KB, half of what servers usually take. */
const MAX_IDS_LENGTH = 2_000;
/** 500 rows are in use for orders; the maximum of `num` is not documented. */
const MAX_PAGE_ORDERS = 500;

/** Reading Sitoo orders. Documents stay `unknown`. */
export class SitooOrders {
  constructor(
    private readonly reader: SitooReader,
    private readonly siteId: number,
  ) {}

  /**
   * Orders by id, a hundred per call, of all sites of the account. Ids that do not come back are absent from the map: the order does not
   * exist, or cannot be seen yet.
   * @throws CallError `SITOO_BAD_ANSWER` when an order comes back that was not asked for: Sitoo ignores filters it does not know, and
   * would then answer with everybody's orders
   */
  async byIds(ids: readonly number[], fields: readonly string[] = orderFields, options: ReadOptions = {}): Promise<Map<number, unknown>> {
    const found = new Map<number, unknown>();
    for (const chunk of chunksOf([...new Set(ids)].map(orderId))) {
      for (const [id, order] of await this.chunk(chunk, fields, options)) found.set(id, order);
    }
    return found;
  }

  private async chunk(ids: readonly number[], fields: readonly string[], options: ReadOptions): Promise<Map<number, OrderRow>> {
    const operation = 'orders.byIds';
    const asked = new Set(ids);
    const query = { orderid: ids.join(','), num: ids.length, sort: 'orderid', fields: withId(fields).join(',') };
    const isAskedFor = (row: unknown): row is OrderRow => {
      if (!isOrderRow(row)) return false;
      if (!asked.has(row.orderid)) throw new AnswerMismatch('an order came back that was not asked for');
      return true;
    };
    const collection = { operation, path: '/orders.json', query, isRow: isAskedFor, idOf: idOfOrder, atMost: ids.length };
    return this.reader.all(collection, options);
  }

  /** One order with all its fields. @throws CallError `SITOO_NOT_FOUND` */
  async one(id: number, options: ReadOptions = {}): Promise<unknown> {
    const operation = 'orders.one';
    const path = `/sites/${this.siteId}/orders/${orderId(id)}.json`;
    const order = await this.reader.get({ operation, path, decode: anOrder }, options).catch(asNotFound);
    if (order.orderid !== id) throw badAnswer(operation, 'another order came back');
    return order;
  }

  /** Orders of the site from an id on, ascending; the way to find what no event announced. `limit` at most 500. */
  async page({ fromId, limit }: { fromId: number; limit: number }, options: ReadOptions = {}): Promise<OrderPage> {
    const operation = 'orders.page';
    const num = Math.min(Math.max(1, Math.trunc(limit)), MAX_PAGE_ORDERS);
    const isOfSite = (row: unknown): row is OrderRow => isOrderRow(row) && isRecord(row) && row['eshopid'] === this.siteId;
    const query = { eshopid: this.siteId, orderidfrom: fromId, sort: 'orderid', num, fields: orderFields.join(',') };
    const { items, totalcount } = await this.reader.get({ operation, path: '/orders.json', query, decode: pageOf(isOfSite) }, options);
    const ids = items.map(idOfOrder);
    if (ids.some((id, index) => id < (index === 0 ? fromId : (ids[index - 1] ?? id) + 1)))
      throw badAnswer(operation, 'orders out of order');
    const last = ids.at(-1);
    return {
      orders: new Map(items.map((order) => [order.orderid, order])),
      nextFromId: last !== undefined && totalcount > items.length ? last + 1 : undefined,
    };
  }
}

function isOrderRow(value: unknown): value is OrderRow {
  return isRecord(value) && Number.isSafeInteger(value['orderid']);
}

function anOrder(data: unknown): OrderRow {
  if (isOrderRow(data)) return data;
  throw new AnswerMismatch('not an order');
}

function idOfOrder(order: OrderRow): number {
  return order.orderid;
}

/** Anything but a positive whole number would change what the filter means. */
function orderId(id: number): number {
  if (Number.isSafeInteger(id) && id > 0) return id;
  throw new RangeError('a Sitoo order id is a positive whole number');
}

function withId(fields: readonly string[]): readonly string[] {
  return fields.includes('orderid') ? fields : ['orderid', ...fields];
}

/** Sitoo answers 400 `Invalid productid (n)` for an unknown id in a path; the same is expected of orders beside the documented 404. */
function asNotFound(error: unknown): never {
  const unknownId = error instanceof CallError && error.failure === 'REJECTED' && /invalid orderid/i.test(error.answerText() ?? '');
  if (!unknownId) throw error;
  throw new CallError('sitoo', error.operation, 'NOT_FOUND', 'no such order', { retryable: false, status: error.status });
}

function* chunksOf(ids: readonly number[]): Generator<number[]> {
  let chunk: number[] = [];
  let length = 0;
  for (const id of ids) {
    const added = String(id).length + 1;
    if (chunk.length === MAX_IDS_PER_CALL || length + added > MAX_IDS_LENGTH) {
      yield chunk;
      chunk = [];
      length = 0;
    }
    chunk.push(id);
    length += added;
  }
  if (chunk.length > 0) yield chunk;
}
