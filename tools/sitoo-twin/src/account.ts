import type {
  SitooRegister,
  SitooOrder,
  SitooDelivery,
  SitooDeliveryWrite,
  SitooPaymentType,
  SitooReasonCode,
  SitooStore,
  SitooUser,
  SitooWarehouse,
  SitooZReport,
} from '@connector/contracts';
import { receiptPaymentTypes } from '@connector/testing';
import type { SitooContracts } from './contracts';
import type { DeliveryState, StoredDelivery } from './orders/deliveries';
import type { AccountSeed, ApiKey } from './seed';
import { deriveRegisters } from './till/registers';

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
  readonly registers: SitooRegister[];
  readonly paymentTypes: SitooPaymentType[];
  readonly reasonCodes: SitooReasonCode[];
  readonly currencycode: string;
  readonly timezone: string;
  /** In order of arrival. */
  readonly zReports: SitooZReport[] = [];
  private readonly orders = new Map<number, StoredOrder>();
  private readonly deliveriesByOrder = new Map<number, StoredDelivery[]>();
  private lastOrderId = 0;
  private lastDeliveryId = 0;
  private lastDeliveryItemId = 0;

  constructor(seed: AccountSeed, contracts: SitooContracts) {
    this.id = seed.id;
    this.sites = seed.sites ?? [1];
    this.keys = seed.keys;
    this.currencycode = seed.currencycode ?? 'NOK';
    this.timezone = seed.timezone ?? 'Europe/Oslo';
    this.stores = contracts.readStores(seed.stores ?? []);
    this.warehouses = contracts.readWarehouses(seed.warehouses ?? []);
    this.users = contracts.readUsers(seed.users ?? []);
    this.registers = seed.registers ? contracts.readRegisters(seed.registers) : deriveRegisters(this.warehouses, this.currencycode);
    this.paymentTypes = contracts.readPaymentTypes(seed.paymenttypes ?? defaultPaymentTypes());
    this.reasonCodes = contracts.readReasonCodes(seed.reasoncodes ?? []);
    this.lastOrderId = seed.lastorderid ?? 0;
    for (const order of contracts.readOrders(seed.orders ?? [])) this.store(order);
  }

  get orderCount(): number {
    return this.orders.size;
  }

  /** Order ids rise with insertion (orders-and-customers section 1). Each call takes one. */
  nextOrderId(): number {
    this.lastOrderId += 1;
    return this.lastOrderId;
  }

  /** Stores an order and returns what it replaced. Without a number of unreadable reads the read side sees it as it saw the one before. */
  store(order: SitooOrder, unreadableReads?: number): SitooOrder | undefined {
    const known = this.orders.get(order.orderid);
    const previous = known?.current;
    this.orders.set(order.orderid, { current: order, previous, unreadableReads: unreadableReads ?? known?.unreadableReads ?? 0 });
    this.lastOrderId = Math.max(this.lastOrderId, order.orderid);
    return previous;
  }

  /** The order as it is, without lag. */
  order(orderId: number): SitooOrder | undefined {
    return this.orders.get(orderId)?.current;
  }

  /** Every order as it is, without lag. */
  allOrders(): SitooOrder[] {
    return [...this.orders.values()].map((stored) => stored.current);
  }

  orderIds(): number[] {
    return [...this.orders.keys()];
  }

  hasExternalId(externalid: string): boolean {
    return this.allOrders().some((order) => order.externalid === externalid);
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

  /** Deliveries of an order, oldest first. */
  deliveries(orderId: number): readonly StoredDelivery[] {
    return this.deliveriesByOrder.get(orderId) ?? [];
  }

  /** @param now Unix seconds */
  addDelivery(orderid: number, written: SitooDeliveryWrite, now: number, state: DeliveryState): SitooDelivery {
    const orderdeliveryid = (this.lastDeliveryId += 1);
    const document: SitooDelivery = {
      orderdeliveryid,
      orderid,
      warehouseid: written.warehouseid,
      orderdeliveryref: written.orderdeliveryref ?? '',
      datedelivery: now,
      datecancelled: null,
      pluginname: '',
      orderdeliveryitems: written.orderdeliveryitems.map(({ orderitemid, quantity }) => {
        const orderdeliveryitemid = (this.lastDeliveryItemId += 1);
        return { orderdeliveryitemid, orderdeliveryid, orderitemid, quantity };
      }),
    };
    this.deliveriesByOrder.set(orderid, [...this.deliveries(orderid), { document, state }]);
    return document;
  }

  /** The delivery with its new state, or nothing when the order has no such delivery. @param now Unix seconds */
  moveDelivery(orderid: number, orderdeliveryid: number, state: DeliveryState, now: number): SitooDelivery | undefined {
    const moved = this.deliveries(orderid).map((stored) => {
      if (stored.document.orderdeliveryid !== orderdeliveryid) return stored;
      return { state, document: { ...stored.document, datecancelled: state === 'cancelled' ? now : null } };
    });
    this.deliveriesByOrder.set(orderid, moved);
    return moved.find(({ document }) => document.orderdeliveryid === orderdeliveryid)?.document;
  }
}

function defaultPaymentTypes(): SitooPaymentType[] {
  return receiptPaymentTypes.map((type, sortorder) => ({ paymenttypeid: sortorder + 1, sortorder, ...type }));
}
