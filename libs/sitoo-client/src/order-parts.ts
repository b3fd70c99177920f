import type { SitooDelivery, SitooDeliveryWrite, SitooLogItem } from '@connector/contracts';
import { AnswerMismatch, isRecord, type Decode } from '@connector/platform';
import { pageOf } from './pages';
import type { ReadOptions, SitooReader } from './sitoo-seam';
import { idAnswer, trueAnswer, type SitooWriter, type WriteOptions } from './sitoo-writer';

export interface NewDelivery {
  body: SitooDeliveryWrite;
  /** Deliver without moving stock: the goods left, or came back, elsewhere. Default false. */
  ignoreStock?: boolean;
}

/** The only log entries that may be posted (orders-and-customers section 4). */
export const logTypes = { readyForPickup: 900, pickupRejected: 910 } as const;
export type PostedLogType = (typeof logTypes)[keyof typeof logTypes];

/** Deliveries and log of one order. */
export class OrderParts {
  constructor(
    private readonly reader: SitooReader,
    private readonly writer: SitooWriter,
    /** Path of an order, `….json`. */
    private readonly pathOf: (id: number) => string,
  ) {}

  deliveries(id: number, options: ReadOptions): Promise<SitooDelivery[]> {
    const decode = complete((row): row is SitooDelivery => isDelivery(row) && isOf(row, id));
    return this.reader.get({ operation: 'orders.deliveries', path: this.below(id, 'orderdeliveries'), decode }, options);
  }

  addDelivery(id: number, { body, ignoreStock }: NewDelivery, options: WriteOptions): Promise<number> {
    const query = ignoreStock ? { ignorestock: true } : undefined;
    const path = this.below(id, 'orderdeliveries');
    const spec = { operation: 'orders.addDelivery', method: 'POST', path, query, body, decode: idAnswer, safeToRepeat: false } as const;
    return this.writer.send(spec, options);
  }

  log(id: number, options: ReadOptions): Promise<SitooLogItem[]> {
    const decode = complete((row): row is SitooLogItem => isLogItem(row) && isOf(row, id));
    return this.reader.get({ operation: 'orders.log', path: this.below(id, 'orderlogitems'), decode }, options);
  }

  async addLog(id: number, orderlogtypeid: PostedLogType, options: WriteOptions): Promise<void> {
    const path = this.below(id, 'orderlogitems');
    const spec = { operation: 'orders.addLog', method: 'POST', path, decode: trueAnswer, safeToRepeat: false } as const;
    await this.writer.send({ ...spec, body: { orderlogtypeid } }, options);
  }

  private below(id: number, part: string): string {
    return this.pathOf(id).replace(/\.json$/, `/${part}.json`);
  }
}

/** These lists have no paging, so fewer rows than `totalcount` would mean rows nobody can ever see. */
function complete<T>(isRow: (row: unknown) => row is T): Decode<T[]> {
  const decode = pageOf(isRow);
  return (data) => {
    const { items, totalcount } = decode(data);
    if (items.length !== totalcount) throw new AnswerMismatch(`${items.length} rows where totalcount says ${totalcount}`);
    return items;
  };
}

function isDelivery(row: unknown): row is SitooDelivery {
  return isRecord(row) && Number.isSafeInteger(row['orderdeliveryid']) && (row['orderdeliveryitems'] === undefined || areItems(row));
}

function areItems(row: Record<string, unknown>): boolean {
  const items: unknown = row['orderdeliveryitems'];
  const isItem = (item: unknown) => isRecord(item) && Number.isSafeInteger(item['orderitemid']) && typeof item['quantity'] === 'number';
  return Array.isArray(items) && items.every(isItem);
}

function isLogItem(row: unknown): row is SitooLogItem {
  return isRecord(row) && typeof row['orderlogtypeid'] === 'number';
}

/** A row that names its order names the one that was asked for. */
function isOf(row: unknown, id: number): boolean {
  return isRecord(row) && (row['orderid'] === undefined || row['orderid'] === id);
}
