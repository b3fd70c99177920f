import type {
  SitooOrder,
  SitooDelivery,
  SitooDeliveryWrite,
  SitooLogItem,
  SitooLogItemWrite,
  SitooOrderUpdate,
  SitooOrderWrite,
  SitooZReport,
} from '@connector/contracts';
import type { Account } from '../account';
import type { Clock } from '../clock';
import { deliveryEvent, orderEvent, type OrderEventType, orderNotice, sitooEvent } from '../events/order-events';
import { Refused } from '../refused';
import type { TwinSettings } from '../settings';
import { checkDelivery, type DeliveryState, undelivered } from './deliveries';
import { newOrder } from './new-order';
import { broken, checkRows, checkStateChange } from './write-rules';

export interface DeskContext {
  settings: () => TwinSettings;
  clock: Clock;
  send: (events: readonly unknown[]) => void;
}

const CLOSED = 10;
/** Log number of an added delivery in Sitoo's samples (orders-and-customers section 4). */
const DELIVERY_ADDED = 70;
/** The only log numbers that may be posted, with the events they raise. */
const NOTICES = new Map<number, OrderEventType>([
  [900, 'ready-for-pickup'],
  [910, 'pickup-rejected'],
]);

/** Everything that happens to an account's orders, with the events that Sitoo raises for it. */
export class OrderDesk {
  constructor(
    private readonly account: Account,
    private readonly context: DeskContext,
  ) {}

  /** Unix seconds. */
  get now(): number {
    return Math.floor(this.context.clock.now() / 1000);
  }

  get currency(): string {
    return this.account.currencycode;
  }

  /** The stored order. @throws Refused with 404 when there is none, or none on the site. */
  order(orderid: number, site?: number): SitooOrder {
    const order = this.account.order(orderid);
    if (!order || (site !== undefined && order.eshopid !== site)) throw new Refused('Not found', { status: 404 });
    return order;
  }

  /** `POST orders.json`: the new order. */
  add(site: number, written: SitooOrderWrite): SitooOrder {
    checkRows(written);
    this.checkExternalId(written.externalid);
    this.checkWarehouse(written.warehouseid);
    const frame = { orderid: this.account.nextOrderId(), eshopid: site, currencycode: this.currency, now: this.now };
    const order = newOrder(written, frame);
    this.account.store(order, 0);
    this.echo([orderEvent(this.account.id, order, undefined, this.context.clock.now())]);
    return order;
  }

  /** Stores orders as a till makes them and raises `add` for each; the read side may lag behind. */
  ringUp(orders: readonly SitooOrder[]): void {
    for (const order of orders) this.account.store(order, this.context.settings().unreadableFirstReads);
    this.context.send(orders.map((order) => orderEvent(this.account.id, order, undefined, this.context.clock.now())));
  }

  /** `PUT orders/{o}.json`: only what is sent changes. Maps and lists are replaced whole: whether Sitoo merges is not published. */
  change(orderid: number, written: SitooOrderUpdate, byApi = true): SitooOrder {
    const order = this.order(orderid);
    if (written.orderitems !== undefined) throw broken("Invalid field 'orderitems' provided in request body");
    checkStateChange(order, written.orderstateid);
    if (written.externalid !== order.externalid) this.checkExternalId(written.externalid);
    this.checkWarehouse(written.warehouseid);
    const { orderitems: _, ...changes } = written;
    const changed = { ...order, ...changes };
    this.account.store(changed);
    this.raise([orderEvent(this.account.id, changed, order, this.context.clock.now())], byApi);
    return changed;
  }

  deliveries(orderid: number): SitooDelivery[] {
    return this.account.deliveries(orderid).map(({ document }) => document);
  }

  /** `POST orderdeliveries.json`: the new delivery. A full delivery closes the order only when the settings say so. */
  deliver(orderid: number, written: SitooDeliveryWrite, { state = 'new', byApi = true }: DeliverOptions = {}): SitooDelivery {
    const order = this.order(orderid);
    this.checkWarehouse(written.warehouseid);
    checkDelivery(order, this.account.deliveries(orderid), written);
    const document = this.account.addDelivery(orderid, written, this.now, state);
    this.log(orderid, { orderlogtypeid: DELIVERY_ADDED, fvalue: document.orderdeliveryid });
    this.raise([deliveryEvent(this.account.id, order, document, { type: 'add', state }, this.context.clock.now())], byApi);
    if (this.context.settings().closesOnFullDelivery) this.closeWhenDelivered(orderid, byApi);
    return document;
  }

  /** Moves a delivery on and raises its `update`. */
  moveDelivery(orderid: number, orderdeliveryid: number, state: DeliveryState): SitooDelivery {
    const order = this.order(orderid);
    const moved = this.account.moveDelivery(orderid, orderdeliveryid, state, this.now);
    if (!moved) throw new Refused('Not found', { status: 404 });
    this.raise([deliveryEvent(this.account.id, order, moved, { type: 'update', state }, this.context.clock.now())], false);
    return moved;
  }

  /** Rows with units that are not delivered yet. */
  undelivered(orderid: number): { orderitemid: number; quantity: number }[] {
    return undelivered(this.order(orderid), this.account.deliveries(orderid));
  }

  logItems(orderid: number): SitooLogItem[] {
    return (this.order(orderid).orderlogitems ?? []).map((item) => ({ ...item, orderid }));
  }

  /** `POST orderlogitems.json`: 900 and 910 only (orders-and-customers section 4); they raise events of their own. */
  addLogItem(orderid: number, written: SitooLogItemWrite, byApi = true): void {
    const notice = NOTICES.get(written.orderlogtypeid);
    if (!notice) throw broken(`orderlogtypeid ${written.orderlogtypeid} cannot be posted`);
    const order = this.log(orderid, written);
    this.raise([orderNotice(this.account.id, order, notice, this.context.clock.now())], byApi);
  }

  /** Adds a log entry without an event. */
  log(orderid: number, { orderlogtypeid, strvalue = null, fvalue = null }: SitooLogItemWrite): SitooOrder {
    const order = this.order(orderid);
    const entry = { datelog: this.now, orderlogtypeid, strvalue, fvalue };
    const logged = { ...order, orderlogitems: [...(order.orderlogitems ?? []), entry] };
    this.account.store(logged);
    return logged;
  }

  /** `z-report`: its keys are inferred (events-spi section 7.3). */
  announceZReport({ eshopid, registerid, zreportid }: SitooZReport): void {
    const data = { eshop_id: eshopid, register_id: registerid, z_report_id: zreportid };
    this.context.send([sitooEvent(this.account.id, 'z-report', this.context.clock.now(), data)]);
  }

  private closeWhenDelivered(orderid: number, byApi: boolean): void {
    const isOpen = this.order(orderid).orderstateid === 0;
    if (isOpen && this.undelivered(orderid).length === 0) this.change(orderid, { orderstateid: CLOSED }, byApi);
  }

  /** "A duplicate externalid probably answers 400" (orders-and-customers section 12.3); a caller may run into it after an unclear answer. */
  private checkExternalId(externalid: string | null | undefined): void {
    if (externalid && this.account.hasExternalId(externalid)) throw new Refused('externalid is already in use');
  }

  private checkWarehouse(warehouseid: number | null | undefined): void {
    const isKnown = this.account.warehouses.some((warehouse) => warehouse.warehouseid === warehouseid);
    if (warehouseid && !isKnown) throw broken(`there is no warehouse ${warehouseid}`);
  }

  private raise(events: readonly unknown[], byApi: boolean): void {
    if (byApi) this.echo(events);
    else this.context.send(events);
  }

  /** Events about what came through the API itself: assumed, not documented (events-spi section 8). */
  private echo(events: readonly unknown[]): void {
    if (this.context.settings().echoesApiWrites) this.context.send(events);
  }
}

interface DeliverOptions {
  state?: DeliveryState;
  byApi?: boolean;
}
