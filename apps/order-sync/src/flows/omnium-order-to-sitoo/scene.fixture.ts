import { parseKey, type Fact, type OmniumOrder, type OmniumOrderLine, type OmniumShipment, type SitooDelivery } from '@connector/contracts';
import type { Outcome, Outcomes, OutgoingRecord, WorkContext, WorkItem } from '@connector/event-bus';
import { createStoreMap, type ReferenceData } from '@connector/market';
import type { OrderFilter, OrderProblem } from '@connector/omnium-client';
import { CallError, type CallErrorFacts, type CallFailure, type CallTarget, type CircuitStateName } from '@connector/platform';
import type { CreatedOrder, NewDelivery, SitooOrderChange, SitooOrderDraft } from '@connector/sitoo-client';
import { aMarket } from '../../markets/market.fixture';
import { OmniumCartToSitoo } from '../omnium-cart-to-sitoo/handle';
import { OmniumOrderToSitoo } from './handle';

/** The time at which everything here happens, ms. */
export const now = 1_772_461_000_000;

export const line: OmniumOrderLine = {
  lineItemId: '1',
  code: 'SHIRT',
  quantity: 2,
  placedPrice: 399,
  taxRate: 25,
  extendedPrice: 798,
  extendedPriceExclTax: 638.4,
};

export function aShipment(change: Partial<OmniumShipment> = {}): OmniumShipment {
  return { shipmentId: '1', warehouseCode: 'oslo', status: 'AwaitingInventory', lineItems: [line], ...change };
}

/** A paid order to be collected in Oslo. */
export function anOrder(
  id: string,
  change: Omit<Partial<OmniumOrder>, 'id'> = {},
  shipments = [aShipment()],
): OmniumOrder & { id: string } {
  return {
    id,
    orderType: 'Online-PickupInStore',
    status: 'New',
    marketId: 'NOR',
    storeId: 'webshop',
    billingCurrency: 'NOK',
    customerName: 'Kari Nordmann',
    customerEmail: 'kari@example.com',
    remainingPayment: 0,
    orderForm: { shipments },
    ...change,
  };
}

export function failed(target: CallTarget, operation: string, failure: CallFailure, facts: Partial<CallErrorFacts> = {}): CallError {
  return new CallError(target, operation, failure, 'failed', { retryable: true, ...facts });
}

/** An order as Sitoo keeps it. */
export interface Kept extends Omit<SitooOrderDraft, 'orderitems' | 'additionaldata'> {
  orderid: number;
  orderstateid: NonNullable<SitooOrderDraft['orderstateid']>;
  additionaldata: Record<string, string>;
  orderitems: { orderitemid: number; quantity: number; moneyitemtotal_net: string; moneyitemtotal_vat: string }[];
}

type Calls =
  | 'byExternalIds'
  | 'create'
  | 'change'
  | 'deliveries'
  | 'addDelivery'
  | 'omnium.byIds'
  | 'omnium.search'
  | 'document'
  | 'addErrors'
  | 'removeErrors';

/** What a batch of one key each is worked on with. */
interface Way {
  attempt?: number;
  facts?: Fact[];
  verifying?: boolean;
}

/** Both platforms in memory, a market that connects them, and the flows of orders and carts in between. Tests change what they need first. */
export class Scene {
  config = aMarket();
  readonly orders = new Map<string, OmniumOrder & { id: string }>();
  /** What Omnium answers for a cart. */
  readonly carts = new Map<string, unknown>();
  /** What was asked of the search for orders, and what the flow of carts published. */
  readonly searched: OrderFilter[] = [];
  readonly published: OutgoingRecord[] = [];
  readonly kept = new Map<string, Kept>();
  readonly deliveries = new Map<number, (SitooDelivery & { ignoreStock?: boolean })[]>();
  /** Names of the calls made, in order; of those in `breaks`, what is thrown instead of an answer, once the work is done or before it. */
  readonly calls: string[] = [];
  readonly breaks: Partial<Record<Calls, { error: Error; afterIt?: boolean; times?: number }>> = {};
  stores: Record<'known' | 'fresh', Record<string, string>> = { known: { oslo: '43', bergen: '44' }, fresh: { oslo: '43', bergen: '44' } };
  /** Look-ups see nothing yet, while Sitoo knows. */
  isLookUpLate = false;
  problem: ReferenceData['problem'];
  /** Says after how many writes another member owns the keys. */
  ownedWrites = Number.POSITIVE_INFINITY;
  readonly circuits: Record<CallTarget, CircuitStateName> = { sitoo: 'closed', omnium: 'closed' };
  market: { code: string; message: string } | undefined;
  private nextId = 1;

  /** These orders are in Omnium. */
  has(...orders: (OmniumOrder & { id: string })[]): void {
    for (const order of orders) this.orders.set(order.id, order);
  }

  /** Works on the keys of orders in one batch; the outcomes in the order given. */
  handle(ids: readonly string[], way: Way = {}): Promise<Outcome[]> {
    const flow = new OmniumOrderToSitoo(this.directory(), () => now);
    return this.work(ids, way, (work, context) => flow.handle(work, context));
  }

  /** The same for carts. */
  handleCarts(ids: readonly string[], way: Way = {}): Promise<Outcome[]> {
    const publisher = { publish: async (records: readonly OutgoingRecord[]) => void this.published.push(...records) };
    const flow = new OmniumCartToSitoo(this.directory(), publisher, () => now);
    return this.work(ids, way, (work, context) => flow.handle(work, context));
  }

  private async work(
    ids: readonly string[],
    way: Way,
    handle: (work: WorkItem[], context: WorkContext) => Promise<Outcomes>,
  ): Promise<Outcome[]> {
    const work = ids.map((id) => anItem(id, way));
    const { signal } = new AbortController();
    const owned = () => this.writes.length < this.ownedWrites;
    const outcomes = await handle(work, { tenant: 'DevShop', market: 'NOR', signal, owned });
    return work.map(({ text }) => {
      const outcome = outcomes.get(text);
      if (!outcome) throw new Error(`${text} was left out`);
      return outcome;
    });
  }

  /** Calls that changed something at Sitoo. */
  get writes(): string[] {
    return this.calls.filter((call) => /^(create|change|addDelivery)/.test(call));
  }

  /** What staff see on an order. */
  errorsOf(id: string): OmniumOrder['errors'] {
    return this.orders.get(id)?.errors;
  }

  private directory() {
    const problem = this.market;
    if (problem) return { find: () => ({ ok: false as const, problem }) };
    const connection = {
      config: this.config,
      sitoo: {
        circuit: { state: this.circuits.sitoo, onChange: () => () => undefined },
        orders: {
          // The client makes no call for no ids.
          byExternalIds: async (ids: readonly string[]) =>
            ids.length === 0 ? new Map<string, unknown>() : this.call('byExternalIds', '', () => this.withIds(ids)),
          byIds: async (ids: readonly number[]) =>
            new Map<number, unknown>(
              [...this.kept.values()].filter(({ orderid }) => ids.includes(orderid)).map((one) => [one.orderid, one]),
            ),
          create: (draft: SitooOrderDraft) => this.call('create', draft.externalid, () => this.keep(draft)),
          change: (id: number, change: SitooOrderChange) => this.call('change', String(id), () => this.alter(id, change)),
          deliveries: (id: number) => this.call('deliveries', String(id), () => this.deliveries.get(id) ?? []),
          addDelivery: (id: number, delivery: NewDelivery) => this.call('addDelivery', String(id), () => this.deliver(id, delivery)),
        },
      },
      omnium: {
        circuit: { state: this.circuits.omnium, onChange: () => () => undefined },
        document: (_template: string, { cartId = '' }: Readonly<Record<string, string>>) =>
          this.call('document', cartId, () => this.carts.get(cartId) as Record<string, unknown> | undefined),
        orders: {
          search: (filter: OrderFilter) => this.call('omnium.search', filter.orderType ?? '', () => this.search(filter)),
          byIds: (ids: readonly string[]) =>
            this.call('omnium.byIds', ids.join(), () => new Map([...this.orders].filter(([id]) => ids.includes(id)))),
          addErrors: (id: string, problems: readonly OrderProblem[]) => this.call('addErrors', id, () => this.tell(id, problems)),
          removeErrors: (id: string, keys: readonly string[]) => this.call('removeErrors', id, () => this.untell(id, keys)),
        },
      },
      reference: { get: async () => this.reference('known'), fresh: async () => this.reference('fresh') },
    };
    return { find: () => ({ ok: true as const, connection }) };
  }

  private async call<T>(name: Calls, about: string, work: () => T): Promise<T> {
    this.calls.push(about === '' ? name : `${name} ${about}`);
    const broken = this.breaks[name];
    if (!broken || (broken.times ??= 1) <= 0) return work();
    broken.times -= 1;
    if (broken.afterIt) work();
    throw broken.error;
  }

  private search(filter: OrderFilter): Map<string, OmniumOrder & { id: string }> {
    this.searched.push(filter);
    return new Map([...this.orders].filter(([, { orderType }]) => orderType === filter.orderType));
  }

  private withIds(ids: readonly string[]): Map<string, unknown> {
    return new Map([...this.kept].filter(([id]) => !this.isLookUpLate && ids.includes(id)));
  }

  private keep(draft: SitooOrderDraft): CreatedOrder {
    const there = this.kept.get(draft.externalid);
    if (there) return { orderId: there.orderid, created: false };
    const orderid = this.nextId;
    this.nextId += 1;
    // Only net and VAT together are looked at.
    const orderitems = (draft.orderitems ?? []).map(({ moneyrowprice = '0', moneyrowdiscount = '0', ...row }, orderitemid) => ({
      ...row,
      orderitemid,
      moneyitemtotal_net: (Number(moneyrowprice) - Number(moneyrowdiscount)).toFixed(2),
      moneyitemtotal_vat: '0.00',
    }));
    const additionaldata = { ...draft.additionaldata };
    this.kept.set(draft.externalid, { ...draft, orderid, orderstateid: draft.orderstateid ?? 0, additionaldata, orderitems });
    return { orderId: orderid, created: true };
  }

  private alter(id: number, { additionaldata, ...change }: SitooOrderChange): void {
    for (const [externalid, order] of this.kept)
      if (order.orderid === id)
        this.kept.set(externalid, {
          ...order,
          ...change,
          orderstateid: change.orderstateid ?? order.orderstateid,
          additionaldata: { ...(additionaldata ?? order.additionaldata) },
        });
  }

  private deliver(id: number, { body, ignoreStock }: NewDelivery): number {
    const all = this.deliveries.get(id) ?? [];
    this.deliveries.set(id, [...all, { orderdeliveryid: all.length + 1, ...body, ignoreStock }]);
    return all.length + 1;
  }

  private tell(id: string, problems: readonly OrderProblem[]): { modified: boolean } {
    const order = this.orders.get(id);
    const others = (order?.errors ?? []).filter(({ key }) => !problems.some((problem) => problem.key === key));
    if (order) this.orders.set(id, { ...order, errors: [...others, ...problems] });
    return { modified: true };
  }

  private untell(id: string, keys: readonly string[]): { modified: boolean } {
    const order = this.orders.get(id);
    if (order) this.orders.set(id, { ...order, errors: (order.errors ?? []).filter(({ key }) => !keys.includes(key ?? '')) });
    return { modified: true };
  }

  private reference(which: 'known' | 'fresh'): ReferenceData {
    const omniumStores = Object.entries(this.stores[which]).map(([id, warehouse]) => ({
      id,
      externalIdsList: [{ providerName: 'SitooWarehouseId', id: warehouse }],
    }));
    return {
      stores: createStoreMap({ market: 'NOR', omniumStores, sitooStores: [], sitooWarehouses: [] }),
      market: { marketId: 'NOR', currency: 'NOK', countryCode: 'NO', defaultTaxRate: 25 },
      shipmentOptions: [],
      statuses: {},
      orderTypes: ['PosSitoo', 'Online-PickupInStore', 'Online-Delivery', 'Online'].map((name) => ({ name })),
      problem: this.problem,
    };
  }
}

function anItem(id: string, { attempt = 0, facts = [], verifying = false }: Way): WorkItem {
  const text = `DevShop/NOR/${id}`;
  const key = parseKey(text);
  if (!key) throw new Error(`${text} is no key`);
  return { key, text, facts, attempt, firstSeenAt: now, verifying };
}
