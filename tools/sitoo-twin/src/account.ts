import type { SitooOrder, SitooStore, SitooUser, SitooWarehouse } from '@connector/contracts';
import type { SitooContracts } from './contracts';
import type { AccountSeed, ApiKey } from './seed';

interface StoredOrder {
  current: SitooOrder;
  /** The order before its last write; what a stale read answers. */
  previous?: SitooOrder;
  /** Reads that still miss this order. */
  unreadableReads: number;
}

/** What one Sitoo account holds. */
export class Account {
  readonly id: number;
  readonly sites: readonly number[];
  readonly keys: readonly ApiKey[];
  readonly stores: SitooStore[];
  readonly warehouses: SitooWarehouse[];
  readonly users: SitooUser[];
  private readonly orders = new Map<number, StoredOrder>();

  constructor(seed: AccountSeed, contracts: SitooContracts) {
    this.id = seed.id;
    this.sites = seed.sites ?? [1];
    this.keys = seed.keys;
    this.stores = contracts.readStores(seed.stores ?? []);
    this.warehouses = contracts.readWarehouses(seed.warehouses ?? []);
    this.users = contracts.readUsers(seed.users ?? []);
    for (const order of contracts.readOrders(seed.orders ?? [])) this.store(order, 0);
  }

  get orderCount(): number {
    return this.orders.size;
  }

  /** Stores an order and returns what it replaced. */
  store(order: SitooOrder, unreadableReads: number): SitooOrder | undefined {
    const previous = this.orders.get(order.orderid)?.current;
    this.orders.set(order.orderid, { current: order, previous, unreadableReads });
    return previous;
  }

  /** Every order as it is, without lag. */
  allOrders(): SitooOrder[] {
    return [...this.orders.values()].map((stored) => stored.current);
  }

  /** One order as a read sees it: absent while the read side lags, the version before when the read is stale. */
  readOrder(orderId: number, stale: boolean): SitooOrder | undefined {
    const stored = this.orders.get(orderId);
    if (!stored) return undefined;
    if (stored.unreadableReads > 0) {
      stored.unreadableReads -= 1;
      return undefined;
    }
    return stale ? stored.previous : stored.current;
  }

  /** Orders that match, as a read sees them; with ids only those are looked at. */
  findOrders(matches: (order: SitooOrder) => boolean, stale: boolean, ids?: readonly number[]): SitooOrder[] {
    const candidates = ids ? [...new Set(ids)] : [...this.orders.keys()];
    return candidates.flatMap((id) => {
      const stored = this.orders.get(id);
      if (!stored || !matches(stored.current)) return [];
      return this.readOrder(id, stale) ?? [];
    });
  }
}
