import { parseKey, type Fact, type SitooDelivery } from '@connector/contracts';
import type { Outcome, Outcomes, WorkItem } from '@connector/event-bus';
import { orderId } from '@connector/mapping';
import { createStoreMap, type ReferenceData } from '@connector/market';
import { valuesAt, type IdentifiedOrder, type LookUp, type OrderProblem, type UpsertResult } from '@connector/omnium-client';
import {
  CallError,
  type CallFailure,
  type CallErrorFacts,
  type CallPass,
  type CallTarget,
  type CircuitStateName,
  type CircuitView,
} from '@connector/platform';
import type { ReadOptions } from '@connector/sitoo-client';
import { aMarket } from '../../markets/market.fixture';
import type { MarketDirectory } from './connection';
import { SitooOrderToOmnium } from './handle';

/** The time at which everything here happens, ms. */
export const now = 1_772_461_000_000;

/** Omnium's id of a receipt in this scene. */
export const idOf = (sitooOrderId: number): string => orderId({ market: 'NOR', site: 1, sitooOrderId });

export function failed(target: CallTarget, failure: CallFailure, facts: Partial<CallErrorFacts> = {}): CallError {
  return new CallError(target, 'orders', failure, 'failed', { retryable: true, ...facts });
}

/** Both platforms in memory, a market that connects them, and the flow in between. Tests change what they need before `handle`. */
export class Scene {
  config = aMarket();
  /** What Sitoo answers, by order id. */
  readonly receipts = new Map<number, unknown>();
  readonly orders = new Map<string, IdentifiedOrder>();
  /** Ids of each call to Sitoo and Omnium; what each write carried. */
  readonly asked = { sitoo: [] as number[][], omnium: [] as string[][], deliveries: [] as number[] };
  /** Order ids of each look-up by Sitoo's numbers, and what else had to hold. */
  readonly lookUps: { ids: number[]; filter: LookUp['filter'] }[] = [];
  /** Deliveries at Sitoo, by order id. */
  readonly deliveries = new Map<number, SitooDelivery[]>();
  /** Orders that were created one by one, with their workflow. */
  readonly created: IdentifiedOrder[] = [];
  readonly writes: IdentifiedOrder[][] = [];
  /** Calls that changed the errors on an order, and what they throw. */
  readonly told: string[] = [];
  tellingFails: Error | undefined;
  /** Passes that calls to Sitoo were made with. */
  readonly passes: CallPass[] = [];
  readonly warned: { key: string; codes: string[] }[] = [];
  /** External ids of Omnium's stores: as first read, and after looking again. */
  stores = { known: ['oslo'], fresh: ['oslo'] };
  looksAgain = 0;
  /** Reference data is too old and read anew by each batch; called while it is read. */
  isReferenceOld = false;
  onReadingReference: () => void = () => undefined;
  problem: ReferenceData['problem'];
  owned = true;
  readonly circuits: Record<CallTarget, CircuitStateName> = { sitoo: 'closed', omnium: 'closed' };
  /** Thrown by the reads. */
  readonly down: { sitoo?: Error; omnium?: Error; search?: Error } = {};
  /** What becomes of a write; undefined: stored. */
  answer: ((orders: readonly IdentifiedOrder[]) => Partial<UpsertResult>) | undefined;
  /** Set when there is no connection. */
  market: { code: string; message: string } | undefined;

  /** Works on the keys in one batch; the outcomes by order id, in the order given. */
  async handle(
    ids: readonly (number | string)[],
    { facts = [] as Fact[], verifying = false, slot = undefined as unknown } = {},
  ): Promise<Outcome[]> {
    const flow = new SitooOrderToOmnium(
      this.directory(),
      (about) => this.warn(about),
      () => now,
    );
    const work = ids.map((id) => anItem(id, facts, verifying));
    const { signal } = new AbortController();
    const outcomes: Outcomes = await flow.handle(work, { tenant: 'DevShop', market: 'NOR', signal, slot, owned: () => this.owned });
    expect([...outcomes.keys()].sort()).toEqual(work.map(({ text }) => text).sort());
    return work.map(({ text }) => outcomes.get(text)!);
  }

  private directory(): MarketDirectory {
    const problem = this.market;
    if (problem) return { find: () => ({ ok: false, problem }) };
    const connection = {
      config: this.config,
      sitoo: {
        circuit: this.circuit('sitoo'),
        orders: { byIds: this.readSitoo.bind(this), deliveries: (id: number) => this.readDeliveries(id) },
      },
      omnium: {
        circuit: this.circuit('omnium'),
        orders: {
          byIds: (ids: readonly string[]) => this.readOmnium(ids),
          lookUp: (wanted: ReadonlyMap<number, readonly string[]>, where: LookUp) => this.lookUp(wanted, where),
          create: (order: IdentifiedOrder) => this.create(order),
          upsertMany: (orders: readonly IdentifiedOrder[]) => this.write(orders),
          addErrors: (id: string, problems: readonly OrderProblem[]) => this.tell(id, problems),
          removeErrors: (id: string, keys: readonly string[]) => this.untell(id, keys),
        },
      },
      reference: {
        known: () => (this.isReferenceOld ? undefined : this.reference(this.stores.known)),
        get: async () => this.readAnew(),
        fresh: async () => this.lookAgain(),
      },
    };
    return { find: () => ({ ok: true, connection }) };
  }

  private circuit(platform: CallTarget): CircuitView {
    return { state: this.circuits[platform], onChange: () => () => undefined };
  }

  private async readSitoo(ids: readonly number[], _fields?: readonly string[], { pass }: ReadOptions = {}): Promise<Map<number, unknown>> {
    this.asked.sitoo.push([...ids]);
    const held = pass?.();
    if (held) this.passes.push(held);
    if (this.down.sitoo) throw this.down.sitoo;
    return new Map(ids.flatMap((id) => (this.receipts.has(id) ? [[id, this.receipts.get(id)]] : [])));
  }

  private async readDeliveries(id: number): Promise<SitooDelivery[]> {
    this.asked.deliveries.push(id);
    return this.deliveries.get(id) ?? [];
  }

  private async create(order: IdentifiedOrder): Promise<{ order: IdentifiedOrder; created: boolean }> {
    this.created.push(order);
    const there = this.orders.get(order.id);
    if (!there) this.orders.set(order.id, order);
    return { order: there ?? order, created: !there };
  }

  private async readOmnium(ids: readonly string[]): Promise<Map<string, IdentifiedOrder>> {
    this.asked.omnium.push([...ids]);
    if (this.down.omnium) throw this.down.omnium;
    return new Map(ids.flatMap((id) => (this.orders.has(id) ? [[id, this.orders.get(id)!]] : [])));
  }

  private async lookUp(
    wanted: ReadonlyMap<number, readonly string[]>,
    { places, filter }: LookUp,
  ): Promise<Map<number, IdentifiedOrder[]>> {
    this.lookUps.push({ ids: [...wanted.keys()], filter });
    if (this.down.search) throw this.down.search;
    const carries = (order: IdentifiedOrder, values: readonly string[]) =>
      places.some((place) => valuesAt(order, place).some((value) => values.includes(value)));
    const found = [...wanted].map(([id, values]) => [id, [...this.orders.values()].filter((order) => carries(order, values))] as const);
    return new Map(found.filter(([, orders]) => orders.length > 0));
  }

  private async write(orders: readonly IdentifiedOrder[]): Promise<UpsertResult> {
    this.writes.push([...orders]);
    const result = { refused: [], unknown: [], unsent: [], ...this.answer?.(orders) };
    const failures = new Set([...result.refused, ...result.unknown, ...result.unsent].map(({ id }) => id));
    const written = orders.filter(({ id }) => !failures.has(id));
    for (const order of written) this.orders.set(order.id, order);
    return { ...result, written: written.map(({ id }) => id) };
  }

  private async tell(id: string, problems: readonly OrderProblem[]): Promise<{ modified: boolean }> {
    this.told.push(`add ${id}`);
    if (this.tellingFails) throw this.tellingFails;
    const order = this.orders.get(id)!;
    const others = (order.errors ?? []).filter(({ key }) => !problems.some((problem) => problem.key === key));
    this.orders.set(id, { ...order, errors: [...others, ...problems] });
    return { modified: true };
  }

  private async untell(id: string, keys: readonly string[]): Promise<{ modified: boolean }> {
    this.told.push(`remove ${id}`);
    const order = this.orders.get(id)!;
    this.orders.set(id, { ...order, errors: (order.errors ?? []).filter(({ key }) => !keys.includes(key ?? '')) });
    return { modified: true };
  }

  private reference(externalIds: readonly string[]): ReferenceData {
    const omniumStores = externalIds.map((id) => ({ id, externalIdsList: [{ providerName: 'SitooWarehouseId', id: '43' }] }));
    return {
      stores: createStoreMap({ market: 'NOR', omniumStores, sitooStores: [], sitooWarehouses: [] }),
      market: { marketId: 'NOR', currency: 'NOK', countryCode: 'NO' },
      shipmentOptions: [
        { shippingMethodName: 'PickUpInStore', shipmentDeliveryType: 'PickUp' },
        { shippingMethodName: 'HomeDelivery', shipmentDeliveryType: 'Delivery', isDefaultShipment: true },
      ],
      statuses: {},
      orderTypes: [],
      problem: this.problem,
    };
  }

  private readAnew(): ReferenceData {
    this.onReadingReference();
    return this.reference(this.stores.known);
  }

  private lookAgain(): ReferenceData {
    this.looksAgain += 1;
    return this.reference(this.stores.fresh);
  }

  private warn({ key, warnings }: { key: string; warnings: readonly { code: string }[] }): void {
    this.warned.push({ key, codes: warnings.map(({ code }) => code) });
  }
}

function anItem(id: number | string, facts: readonly Fact[], verifying: boolean): WorkItem {
  const text = `DevShop/NOR/${id}`;
  const key = parseKey(text);
  if (!key) throw new Error(`${text} is no key`);
  return { key, text, facts, attempt: 0, firstSeenAt: now, verifying };
}
