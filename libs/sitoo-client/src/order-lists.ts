import { orderFields, sweepFields } from './order-fields';
import { fieldOf, idOfOrder, rowThat, withFields, type OrderRow } from './order-rows';
import { pageOf } from './pages';
import { badAnswer, type ReadOptions, type SitooReader } from './sitoo-seam';

export interface OrderPage {
  /** Ascending by id. */
  orders: Map<number, unknown>;
  /** Where the next page starts; undefined when nothing more exists now. */
  nextFromId: number | undefined;
}

export interface PageOptions {
  /** Orders per page, at most 500. Default 500. */
  num?: number;
  fields?: readonly string[];
  /** For lists that are read to their end: the id to go on from. Default 1. */
  fromId?: number;
}

/** 500 rows are in use for orders; the maximum of `num` is not documented. */
const MAX_PAGE_ORDERS = 500;

interface Sweep {
  operation: string;
  filter: Record<string, string | number>;
  /** Proves on every row that the filter was understood; needs `proof` among the fields. */
  matches: (row: unknown) => boolean;
  proof: readonly string[];
}

/** Lists of a site's orders, ascending by id: with offsets over the default order, pages shift when orders arrive. */
export class OrderLists {
  constructor(
    private readonly reader: SitooReader,
    private readonly siteId: number,
  ) {}

  /** Orders from an id on; the way to find what no event announced. */
  fromId(id: number, { num, fields = orderFields }: PageOptions, options: ReadOptions): Promise<OrderPage> {
    return this.page({ operation: 'orders.fromId', filter: {}, matches: () => true, proof: [] }, id, num, fields, options);
  }

  /** The highest id of the site; undefined when it has no order. */
  async newestId(options: ReadOptions): Promise<number | undefined> {
    const isRow = rowThat((row) => fieldOf(row, 'eshopid') === this.siteId, 'an order came back that was not asked for');
    const query = { eshopid: this.siteId, sort: '-orderid', num: 1, fields: 'orderid,eshopid' };
    const { items } = await this.reader.get({ operation: 'orders.newestId', path: '/orders.json', query, decode: pageOf(isRow) }, options);
    return items[0]?.orderid;
  }

  /** All orders in state Open (0), a page at a time. */
  open({ num, fields = sweepFields, fromId }: PageOptions, options: ReadOptions): AsyncGenerator<Map<number, unknown>> {
    const matches = (row: unknown) => fieldOf(row, 'orderstateid') === 0;
    return this.pages(
      { operation: 'orders.open', filter: { orderstate: 0 }, matches, proof: ['orderstateid'] },
      { num, fields, fromId },
      options,
    );
  }

  /**
   * Orders by the time of sale, a page at a time; whether the later bound is included is not documented. The till keeps the time of a
   * sale made offline, so an order with an old time can appear late (orders-and-customers section 1).
   */
  byDate(
    from: Date,
    to: Date,
    { num, fields = sweepFields, fromId }: PageOptions,
    options: ReadOptions,
  ): AsyncGenerator<Map<number, unknown>> {
    const [fromSeconds, toSeconds] = [unixSeconds(from), unixSeconds(to)];
    const matches = (row: unknown) => {
      const date = fieldOf(row, 'orderdate');
      return typeof date === 'number' && date >= fromSeconds && date <= toSeconds;
    };
    const filter = { orderdatefrom: fromSeconds, orderdateto: toSeconds };
    return this.pages({ operation: 'orders.byDate', filter, matches, proof: ['orderdate'] }, { num, fields, fromId }, options);
  }

  private async *pages(sweep: Sweep, { num, fields, fromId = 1 }: PageOptions & { fields: readonly string[] }, options: ReadOptions) {
    for (let from: number | undefined = fromId; from !== undefined;) {
      const page: OrderPage = await this.page(sweep, from, num, fields, options);
      if (page.orders.size > 0) yield page.orders;
      from = page.nextFromId;
    }
  }

  private async page(
    sweep: Sweep,
    fromId: number,
    limit = MAX_PAGE_ORDERS,
    fields: readonly string[],
    options: ReadOptions,
  ): Promise<OrderPage> {
    const { operation, filter, matches, proof } = sweep;
    const num = Math.min(Math.max(1, Math.trunc(limit)), MAX_PAGE_ORDERS);
    const needed = withFields(fields, ['orderid', 'eshopid', ...proof]);
    const query = { eshopid: this.siteId, ...filter, orderidfrom: startId(fromId), sort: 'orderid', num, fields: needed };
    const isRow = rowThat((row) => fieldOf(row, 'eshopid') === this.siteId && matches(row), 'an order came back that was not asked for');
    const { items, totalcount } = await this.reader.get({ operation, path: '/orders.json', query, decode: pageOf(isRow) }, options);
    if (!areAscending(items, fromId)) throw badAnswer(operation, 'orders out of order');
    if (items.length === 0 && totalcount > 0) throw badAnswer(operation, `no rows where totalcount says ${totalcount}`);
    const last = items.at(-1)?.orderid;
    return {
      orders: new Map(items.map((order) => [idOfOrder(order), order])),
      nextFromId: last !== undefined && totalcount > items.length ? last + 1 : undefined,
    };
  }
}

/** 0 is where a cursor starts that has seen nothing. */
function startId(id: number): number {
  if (Number.isSafeInteger(id) && id >= 0) return id;
  throw new RangeError('a whole number is needed to start from');
}

function areAscending(rows: readonly OrderRow[], fromId: number): boolean {
  return rows.every(({ orderid }, index) => orderid >= (index === 0 ? fromId : (rows[index - 1]?.orderid ?? orderid) + 1));
}

/** Sitoo's timestamps are whole Unix seconds. */
export function unixSeconds(time: Date): number {
  const seconds = Math.floor(time.getTime() / 1_000);
  if (Number.isSafeInteger(seconds) && seconds >= 0) return seconds;
  throw new RangeError('a time after 1970 is needed');
}
