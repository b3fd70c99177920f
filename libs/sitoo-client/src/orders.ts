import { CallError, type HttpSeam } from '@connector/platform';
import { orderFields } from './order-fields';
import { createOrder, type CreatedOrder, type SitooOrderChange, type SitooOrderDraft } from './order-create';
import { OrderLists, type OrderPage, type PageOptions } from './order-lists';
import { OrderParts, type NewDelivery, type PostedLogType } from './order-parts';
import { anOrder, chunksOf, externalId, fieldOf, idOfOrder, orderId, rowThat, withFields, type OrderRow } from './order-rows';
import { badAnswer, type ReadOptions, type SitooReader } from './sitoo-seam';
import { SitooWriter, trueAnswer, type WriteOptions } from './sitoo-writer';
import type { SitooDelivery, SitooLogItem } from '@connector/contracts';

const NOT_ASKED_FOR = 'an order came back that was not asked for';
/** Refunds of one order; more than a page of them has never been seen, and paging goes on all the same. */
const REFUND_PAGE_ROWS = 500;

/** Sitoo orders. Documents that are read stay `unknown`. */
export class SitooOrders {
  private readonly lists: OrderLists;
  private readonly parts: OrderParts;
  private readonly writer: SitooWriter;

  constructor(
    private readonly reader: SitooReader,
    seam: HttpSeam,
    private readonly siteId: number,
  ) {
    this.writer = new SitooWriter(seam);
    this.lists = new OrderLists(reader, siteId);
    this.parts = new OrderParts(reader, this.writer, (id) => this.path(id));
  }

  /**
   * Orders by id, a hundred per call, of all sites of the account. Ids that do not come back are absent from the map: the order does not
   * exist, or cannot be seen yet.
   * @throws CallError `SITOO_BAD_ANSWER` when an order comes back that was not asked for: Sitoo ignores filters it does not know, and
   * would then answer with everybody's orders
   */
  async byIds(ids: readonly number[], fields: readonly string[] = orderFields, options: ReadOptions = {}): Promise<Map<number, unknown>> {
    const found = new Map<number, unknown>();
    for (const chunk of chunksOf([...new Set(ids)].map(orderId))) {
      const query = { orderid: chunk.join(','), num: chunk.length, sort: 'orderid', fields: withFields(fields, ['orderid']) };
      const asked = new Set(chunk);
      const isRow = rowThat((row) => asked.has(Number(fieldOf(row, 'orderid'))), NOT_ASKED_FOR);
      for (const [id, order] of await this.list('orders.byIds', query, isRow, options, chunk.length)) found.set(id, order);
    }
    return found;
  }

  /** Orders by the id we gave them, which is unique in the account. Ids that do not come back are absent from the map. */
  async byExternalIds(
    ids: readonly string[],
    fields: readonly string[] = orderFields,
    options: ReadOptions = {},
  ): Promise<Map<string, unknown>> {
    const found = new Map<string, unknown>();
    for (const chunk of chunksOf([...new Set(ids)].map(externalId))) {
      const needed = withFields(fields, ['orderid', 'externalid']);
      const query = { externalid: chunk.join(','), num: chunk.length, sort: 'orderid', fields: needed };
      const asked = new Set<unknown>(chunk);
      const isRow = rowThat((row) => asked.has(fieldOf(row, 'externalid')), NOT_ASKED_FOR);
      for (const order of (await this.list('orders.byExternalIds', query, isRow, options, chunk.length)).values())
        found.set(String(fieldOf(order, 'externalid')), order);
    }
    return found;
  }

  /**
   * Orders that credit these orders, by their own id. One call per order: `creditorderid` is documented as a single number, unlike
   * `orderid`, and a list that is read as its first number would lose refunds without a word.
   * @throws CallError `SITOO_BAD_ANSWER` when an order comes back that credits another one
   */
  async refundsOf(
    orderIds: readonly number[],
    fields: readonly string[] = orderFields,
    options: ReadOptions = {},
  ): Promise<Map<number, unknown>> {
    const found = new Map<number, unknown>();
    for (const creditorderid of new Set(orderIds.map(orderId))) {
      const needed = withFields(fields, ['orderid', 'creditorderid']);
      const isRow = rowThat((row) => fieldOf(row, 'creditorderid') === creditorderid, 'an order came back that credits another one');
      const query = { creditorderid, num: REFUND_PAGE_ROWS, sort: 'orderid', fields: needed };
      for (const [id, order] of await this.list('orders.refundsOf', query, isRow, options)) found.set(id, order);
    }
    return found;
  }

  /** The orders with this number on their receipt: none or one, unless a till printed it twice. */
  async byReceiptId(receiptid: string, fields: readonly string[] = orderFields, options: ReadOptions = {}): Promise<Map<number, unknown>> {
    if (receiptid === '') throw new RangeError('a receipt id is needed');
    const needed = withFields(fields, ['orderid', 'additionaldata']);
    const isRow = rowThat((row) => fieldOf(fieldOf(row, 'additionaldata'), 'pos-receiptid') === receiptid, NOT_ASKED_FOR);
    return this.list('orders.byReceiptId', { receiptid, num: 10, sort: 'orderid', fields: needed }, isRow, options);
  }

  /** One order with all its fields. @throws CallError `SITOO_NOT_FOUND` */
  async one(id: number, options: ReadOptions = {}): Promise<unknown> {
    const operation = 'orders.one';
    const order = await this.reader.get({ operation, path: this.path(id), decode: anOrder }, options).catch(asNotFound);
    if (order.orderid !== id) throw badAnswer(operation, 'another order came back');
    return order;
  }

  /** Orders of the site from an id on, one page, ascending; the way to find what no event announced. */
  fromId(id: number, page: PageOptions = {}, options: ReadOptions = {}): Promise<OrderPage> {
    return this.lists.fromId(id, page, options);
  }

  /** The highest order id of the site; undefined when it has no order. */
  newestId(options: ReadOptions = {}): Promise<number | undefined> {
    return this.lists.newestId(options);
  }

  /** Every open order of the site, page by page, ascending. */
  open(page: PageOptions = {}, options: ReadOptions = {}): AsyncGenerator<Map<number, unknown>> {
    return this.lists.open(page, options);
  }

  /** Every order of the site with a time of sale between the two, page by page, ascending by id. */
  byDate(from: Date, to: Date, page: PageOptions = {}, options: ReadOptions = {}): AsyncGenerator<Map<number, unknown>> {
    return this.lists.byDate(from, to, page, options);
  }

  /**
   * Creates an order unless one with its external id exists. See `createOrder`.
   * @throws CallError with `outcomeUnknown` when the order may exist and cannot be seen: call again later, never with another external id
   */
  create(draft: SitooOrderDraft, options: WriteOptions = {}): Promise<CreatedOrder> {
    const path = `/sites/${this.siteId}/orders.json`;
    return createOrder(path, this.writer, (id) => this.#idOf(id, options), draft, options);
  }

  /**
   * Changes the given fields of one order. Rows cannot be changed: cancel and create anew (orders-and-customers section 12 rule 6). Whether
   * a map is merged or replaced is not documented, so `additionaldata` has to be the complete map.
   * @throws CallError `SITOO_NOT_FOUND`
   */
  async change(id: number, change: SitooOrderChange, options: WriteOptions = {}): Promise<void> {
    // The type says so already; a body put together elsewhere may still hold them.
    if ('orderitems' in change) throw new RangeError('order rows cannot be changed');
    const spec = { operation: 'orders.change', method: 'PUT', path: this.path(id), body: change, decode: trueAnswer } as const;
    await this.writer.send({ ...spec, safeToRepeat: true }, options).catch(asNotFound);
  }

  /** The deliveries of an order, cancelled ones included. */
  deliveries(id: number, options: ReadOptions = {}): Promise<SitooDelivery[]> {
    return this.parts.deliveries(id, options);
  }

  /**
   * Adds a delivery and returns its id. Not safe to repeat: read the deliveries before and after an unclear answer.
   * @param delivery with `ignoreStock` the warehouse's stock stays as it is
   */
  addDelivery(id: number, delivery: NewDelivery, options: WriteOptions = {}): Promise<number> {
    return this.parts.addDelivery(id, delivery, options);
  }

  /** The log of an order. */
  log(id: number, options: ReadOptions = {}): Promise<SitooLogItem[]> {
    return this.parts.log(id, options);
  }

  /** 900 marks the order ready for pick-up, 910 rejects the pick-up. Not safe to repeat: look into the log first. */
  addLog(id: number, type: PostedLogType, options: WriteOptions = {}): Promise<void> {
    return this.parts.addLog(id, type, options);
  }

  async #idOf(id: string, options: WriteOptions): Promise<number | undefined> {
    const found = (await this.byExternalIds([id], ['orderid'], options)).get(id);
    return found === undefined ? undefined : Number(fieldOf(found, 'orderid'));
  }

  private list(
    operation: string,
    query: Record<string, string | number>,
    isRow: (row: unknown) => row is OrderRow,
    options: ReadOptions,
    atMost?: number,
  ): Promise<Map<number, OrderRow>> {
    return this.reader.all({ operation, path: '/orders.json', query, isRow, idOf: idOfOrder, atMost }, options);
  }

  private path(id: number): string {
    return `/sites/${this.siteId}/orders/${orderId(id)}.json`;
  }
}

/** Sitoo answers 400 `Invalid productid (n)` for an unknown id in a path; the same is expected of orders beside the documented 404. */
function asNotFound(error: unknown): never {
  const unknownId = error instanceof CallError && error.failure === 'REJECTED' && /invalid orderid/i.test(error.answerText() ?? '');
  if (!unknownId) throw error;
  throw new CallError('sitoo', error.operation, 'NOT_FOUND', 'no such order', { retryable: false, status: error.status });
}
