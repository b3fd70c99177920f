import type { SitooRegister, SitooOrder, SitooOrderUpdate, SitooZReport } from '@connector/contracts';
import type { Account } from '../account';
import { BadInput } from '../bad-input';
import type { SitooContracts } from '../contracts';
import type { OrderDesk } from '../orders/order-desk';
import type { TwinSettings } from '../settings';
import { ZReports } from '../zreports/z-reports';
import { readAction, type TillAction, type TillActions } from './actions';
import type { Counter } from './receipt';
import { bookingOf, exchangeOf, refundOf, saleOf, soldBookingOf } from './ring-up';

export interface TillResult {
  /** Orders made or changed, in this order. */
  orderids: number[];
  orderdeliveryid?: number;
  /** Actions that the register has not uploaded yet: it is offline. */
  waiting?: number;
}

export interface TillContext {
  settings: () => TwinSettings;
  contracts: SitooContracts;
}

type Runs = { [Name in TillAction]: (body: TillActions[Name]) => unknown };

const CLOSED = 10;
const CANCELLED = 20;
/** "Closed by staff" in Sitoo's sample log (orders-and-customers section 4). */
const CLOSED_BY_STAFF = { orderlogtypeid: 21, strvalue: 'Staff' };

/** What staff do at the registers of an account. The same actions in the same order give the same orders. */
export class Till {
  readonly zReports: ZReports;
  private readonly offline = new Map<string, (() => void)[]>();
  private readonly runs: Runs = {
    sell: (body) => this.sell(body),
    book: (body) => this.book(body),
    sellBooking: (body) => this.sellBooking(body),
    refund: (body) => this.refund(body),
    exchange: (body) => this.exchange(body),
    deliver: (body) => this.deliver(body),
    moveDelivery: (body) => this.moveDelivery(body),
    close: (body) => this.close(body),
    cancel: (body) => this.cancel(body),
    readyForPickup: (body) => this.readyForPickup(body),
    rejectPickup: (body) => this.rejectPickup(body),
    goOffline: (body) => this.goOffline(body),
    goOnline: (body) => this.goOnline(body),
    closeDay: (body) => this.closeDay(body),
  };

  constructor(
    private readonly account: Account,
    private readonly desk: OrderDesk,
    private readonly context: TillContext,
  ) {
    this.zReports = new ZReports(account);
  }

  /** An action by its name, with a body that is not checked yet. */
  act<Name extends TillAction>(name: Name, body: unknown): unknown {
    const run: Runs[Name] = this.runs[name];
    return run(readAction(name, body));
  }

  /** Goods that leave with the customer close the order and are delivered; else it stays open (section 11, ship from elsewhere). */
  sell({ order, isHandedOver = true, ...at }: TillActions['sell']): TillResult {
    return this.ringUp(at, (counter) => {
      const sale = saleOf(counter, this.context.contracts.readOrderWrite({ ...order, ordertypeid: 10 }), isHandedOver);
      return { orders: [sale], after: () => isHandedOver && this.handOver(sale) };
    });
  }

  book({ order, ordertypeid = 100, datereserved, ...at }: TillActions['book']): TillResult {
    const reserved = datereserved === undefined ? {} : { datereserved };
    return this.ringUp(at, (counter) => ({
      orders: [bookingOf(counter, this.context.contracts.readOrderWrite({ ...order, ...reserved, ordertypeid }))],
    }));
  }

  sellBooking({ orderid, payments, ...at }: TillActions['sellBooking']): TillResult {
    return this.ringUp(at, (counter) => {
      const sale = soldBookingOf(counter, this.desk.order(orderid), this.payments(payments));
      const after = () => {
        this.handOver(sale);
        this.desk.change(orderid, { orderstateid: this.context.settings().soldBookingState }, false);
      };
      return { orders: [sale], after };
    });
  }

  refund({ orderid, orderitems, payments, reasoncode, comment, ...at }: TillActions['refund']): TillResult {
    return this.ringUp(at, (counter) => {
      const back = { original: this.desk.order(orderid), rows: orderitems, reasoncode, comment };
      return { orders: [refundOf(counter, back, this.payments(payments))] };
    });
  }

  exchange({ orderid, orderitems, order, reasoncode, comment, ...at }: TillActions['exchange']): TillResult {
    return this.ringUp(at, (counter) => {
      const back = { original: this.desk.order(orderid), rows: orderitems, reasoncode, comment };
      const [refund, sale] = exchangeOf(counter, back, this.context.contracts.readOrderWrite({ ...order, ordertypeid: 10 }));
      return { orders: [refund, sale], after: () => this.handOver(sale) };
    });
  }

  /** Default: everything that is not delivered yet, from the order's warehouse, into the customer's hands. */
  deliver({ orderid, warehouseid, orderdeliveryref, orderdeliveryitems, state = 'delivered' }: TillActions['deliver']): TillResult {
    const from = warehouseid ?? this.desk.order(orderid).warehouseid;
    if (!from) throw new BadInput(`order ${orderid} has no warehouse to deliver from`);
    const items = orderdeliveryitems ?? this.desk.undelivered(orderid);
    const written = { warehouseid: from, orderdeliveryref, orderdeliveryitems: items };
    const { orderdeliveryid } = this.desk.deliver(orderid, written, { state, byApi: false });
    return { orderids: [orderid], orderdeliveryid };
  }

  moveDelivery({ orderid, orderdeliveryid, state }: TillActions['moveDelivery']): TillResult {
    this.desk.moveDelivery(orderid, orderdeliveryid, state);
    return { orderids: [orderid], orderdeliveryid };
  }

  close({ orderid }: TillActions['close']): TillResult {
    this.desk.log(orderid, CLOSED_BY_STAFF);
    return this.change(orderid, { orderstateid: CLOSED });
  }

  cancel({ orderid }: TillActions['cancel']): TillResult {
    return this.change(orderid, { orderstateid: CANCELLED });
  }

  readyForPickup({ orderid }: TillActions['readyForPickup']): TillResult {
    this.desk.addLogItem(orderid, { orderlogtypeid: 900 }, false);
    return { orderids: [orderid] };
  }

  rejectPickup({ orderid, comment }: TillActions['rejectPickup']): TillResult {
    this.desk.addLogItem(orderid, { orderlogtypeid: 910, strvalue: comment ?? null }, false);
    return { orderids: [orderid] };
  }

  /** What is rung up at the register from now on stays there, with its own time. */
  goOffline({ registerid }: TillActions['goOffline']): TillResult {
    this.offline.set(this.register(registerid).registerid, this.waiting(registerid));
    return { orderids: [], waiting: this.waiting(registerid).length };
  }

  /** Uploads what waited: new order ids with old dates, and events of now (events-spi section 13). */
  goOnline({ registerid }: TillActions['goOnline']): TillResult {
    const uploads = this.waiting(registerid);
    this.offline.delete(registerid);
    const before = this.account.orderIds().length;
    for (const upload of uploads) upload();
    return { orderids: this.account.orderIds().slice(before) };
  }

  /** Makes the register's Z-report and raises `z-report`, unless it is withheld. */
  closeDay(request: TillActions['closeDay']): { report: SitooZReport; isWithheld: boolean; orderids: number[] } {
    const closed = this.zReports.close(this.register(request.registerid), request, this.desk.now);
    if (!closed.isWithheld) this.desk.announceZReport(closed.report);
    return closed;
  }

  private ringUp(
    { registerid, orderdate }: { registerid?: string; orderdate?: number },
    ring: (counter: Counter) => { orders: SitooOrder[]; after?: () => unknown },
  ): TillResult {
    const counter = { account: this.account, register: this.register(registerid), orderdate: orderdate ?? this.desk.now };
    const upload = (): number[] => {
      const { orders, after } = ring(counter);
      this.desk.ringUp(orders);
      after?.();
      return orders.map((order) => order.orderid);
    };
    const waiting = this.offline.get(counter.register.registerid);
    if (!waiting) return { orderids: upload() };
    waiting.push(upload);
    return { orderids: [], waiting: waiting.length };
  }

  private handOver({ orderid }: SitooOrder): void {
    if (this.desk.undelivered(orderid).length > 0) this.deliver({ orderid });
  }

  private change(orderid: number, change: SitooOrderUpdate): TillResult {
    this.desk.change(orderid, change, false);
    return { orderids: [orderid] };
  }

  private payments(values: readonly object[] | undefined) {
    return values && this.context.contracts.readPayments(values);
  }

  private waiting(registerid: string): (() => void)[] {
    return this.offline.get(registerid) ?? [];
  }

  private register(registerid: string | undefined): SitooRegister {
    const register = registerid ? this.account.registers.find((one) => one.registerid === registerid) : this.account.registers[0];
    if (!register) throw new BadInput(registerid ? `there is no register ${registerid}` : 'the account has no register');
    return register;
  }
}
