import { parseKey, sitooOrderChanged, syncTaskRequested, taskProgressed, type Checkpoint, type Fact } from '@connector/contracts';
import type { OutgoingRecord, Outcome } from '@connector/event-bus';
import { orderId, returnId } from '@connector/mapping';
import { createStoreMap } from '@connector/market';
import type { IdentifiedOrder } from '@connector/omnium-client';
import { aMarket } from '../../markets/market.fixture';
import { reconciliationTask } from './flow';
import { ReconcileOrders } from './handle';
import type { Findings, ReconcilingConnection } from './slice';

const pageOrders = 500;
const minute = 60_000;

/** A row of Sitoo's order list. */
export interface Row {
  orderid: number;
  [field: string]: unknown;
}

/** A till's sale as a list shows it; its receipt number follows its id. */
export function aSale(orderid: number, overrides: Record<string, unknown> = {}): Row {
  return {
    orderid,
    eshopid: 1,
    externalid: null,
    creditorderid: null,
    ordertypeid: 10,
    orderstateid: 10,
    orderdate: 1_772_460_669,
    registerid: '{R1}',
    additionaldata: { 'pos-receiptid': `SII0000001500001${orderid}` },
    ...overrides,
  };
}

/** Sitoo, Omnium, topics and checkpoints in memory, and a clock that tests move. */
export class Scene {
  now = 1_772_461_000_000;
  config = aMarket();
  readonly rows = new Map<number, Row>();
  readonly orders = new Map<string, IdentifiedOrder>();
  readonly saved = new Map<string, Checkpoint>();
  readonly published: OutgoingRecord[] = [];
  readonly calls = { sitoo: 0, exist: 0, byIds: 0 };
  readonly findings: Findings[] = [];
  /** Ms that each page of Sitoo takes. */
  pageMs = 0;
  publishFails = false;
  existFails = false;
  market: { code: string; message: string } | undefined;

  /** A request by the clock, unless told otherwise. */
  async ask({ by = 'person', scope = '', task = reconciliationTask, verifying = false, firing = '' } = {}): Promise<Outcome> {
    const text = `DevShop/NOR/${task}`;
    const key = parseKey(text)!;
    const fact: Fact = { id: firing || `${by}:${this.now}`, kind: by, at: this.now, ...(scope ? { event: scope } : {}) };
    const item = { key, text, facts: [fact], attempt: 0, firstSeenAt: this.now, verifying };
    const { signal } = new AbortController();
    const outcomes = await this.flow().handle([item], { tenant: 'DevShop', market: 'NOR', signal, owned: () => true });
    return outcomes.get(text)!;
  }

  /** Asks, a minute passes, and it is looked at again: until then an event may be on its way. */
  async askTwice(request: Parameters<Scene['ask']>[0] = {}): Promise<void> {
    await this.ask(request);
    this.now += minute;
    await this.ask({ ...request, verifying: true });
  }

  sell(...rows: Row[]): void {
    for (const row of rows) this.rows.set(row.orderid, row);
  }

  /** Omnium has these orders. */
  import(...ids: number[]): void {
    for (const id of ids) this.orders.set(idOf(id), { id: idOf(id) });
  }

  importRefund(sale: number, refund: number): void {
    this.orders.set(idOf(sale), { id: idOf(sale), returnOrderForms: [{ returnId: returnId(idOf(refund)) }] });
  }

  /** Order ids of the notices so far, with what was found. */
  get announced(): [id: number, kind: string][] {
    return this.published
      .filter(({ topic }) => topic === sitooOrderChanged.bulk.topic)
      .map(({ key, value }) => [Number(parseKey(key)?.id), JSON.parse(String(value)).facts[0].kind]);
  }

  get askedForMore(): object[] {
    return this.published.filter(({ topic }) => topic === syncTaskRequested.topic).map(({ value }) => JSON.parse(String(value)));
  }

  /** What was told of firings: firing, state and result. */
  get told(): string[] {
    return this.published
      .filter(({ topic }) => topic === taskProgressed.topic)
      .map(({ value }) => JSON.parse(String(value)))
      .map(({ firing, state, result, reason }) => [firing, state, result, reason?.code].filter(Boolean).join(' '));
  }

  private flow(): ReconcileOrders {
    const { market } = this;
    const connection = this.connection();
    const directory = { find: () => (market ? { ok: false as const, problem: market } : { ok: true as const, connection }) };
    const checkpoints = {
      get: (name: string) => this.saved.get(name),
      save: async (name: string, checkpoint: Checkpoint) => void this.saved.set(name, checkpoint),
    };
    const publisher = { publish: async (records: readonly OutgoingRecord[]) => this.publish(records) };
    const road = { publisher, checkpoints: async () => checkpoints };
    const tell = (_: object, findings: Findings) => void this.findings.push(findings);
    return new ReconcileOrders(directory, road, { timeScale: 1, everyMs: 10 * minute }, tell, () => this.now);
  }

  private publish(records: readonly OutgoingRecord[]): void {
    if (this.publishFails) throw new Error('no broker');
    this.published.push(...records);
  }

  private connection(): ReconcilingConnection {
    return {
      config: this.config,
      sitoo: {
        orders: {
          newestId: async () => Math.max(0, ...this.rows.keys()) || undefined,
          fromId: async (id: number) => this.page(id, () => true),
          open: () => this.pages(1, (row) => row['orderstateid'] === 0),
          byDate: (from: Date, to: Date, { fromId = 1 } = {}) =>
            this.pages(fromId, ({ orderdate }) => Number(orderdate) >= from.getTime() / 1000 && Number(orderdate) <= to.getTime() / 1000),
        },
      },
      omnium: {
        orders: { exist: async (ids: readonly string[]) => this.exist(ids), byIds: async (ids: readonly string[]) => this.byIds(ids) },
      },
      reference: {
        get: async () => ({
          stores: createStoreMap({ market: 'NOR', omniumStores: [], sitooStores: [], sitooWarehouses: [] }),
          market: { marketId: 'NOR' },
          shipmentOptions: [],
          statuses: {},
          orderTypes: [],
        }),
      },
    };
  }

  private page(from: number, matches: (row: Row) => boolean): { orders: Map<number, unknown>; nextFromId: number | undefined } {
    this.calls.sitoo += 1;
    this.now += this.pageMs;
    const rows = [...this.rows.values()].filter((row) => row.orderid >= from && matches(row)).sort((a, b) => a.orderid - b.orderid);
    const orders = rows.slice(0, pageOrders);
    return {
      orders: new Map(orders.map((row) => [row.orderid, row])),
      nextFromId: rows.length > pageOrders ? orders.at(-1)!.orderid + 1 : undefined,
    };
  }

  private async *pages(first: number, matches: (row: Row) => boolean): AsyncGenerator<Map<number, unknown>> {
    for (let from: number | undefined = first; from !== undefined;) {
      const page: { orders: Map<number, unknown>; nextFromId: number | undefined } = this.page(from, matches);
      if (page.orders.size > 0) yield page.orders;
      from = page.nextFromId;
    }
  }

  private exist(ids: readonly string[]): Set<string> {
    if (this.existFails) throw new Error('Omnium is away');
    this.calls.exist += Math.ceil(ids.length / 100);
    return new Set(ids.filter((id) => this.orders.has(id)));
  }

  private byIds(ids: readonly string[]): Map<string, IdentifiedOrder> {
    this.calls.byIds += 1;
    return new Map(ids.flatMap((id) => (this.orders.has(id) ? [[id, this.orders.get(id)!]] : [])));
  }
}

export function idOf(sitooOrderId: number): string {
  return orderId({ market: 'NOR', site: 1, sitooOrderId });
}

export function range(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => from + index);
}
