import type { SitooRegister, SitooOrder, SitooZReport } from '@connector/contracts';
import type { Account } from '../account';
import { BadInput } from '../bad-input';
import { zReportOf } from './z-report';

export interface CloseRequest {
  /** Unix seconds; default the end of the register's last report, and now. */
  dateopened?: number;
  datecreated?: number;
  /** The report is made and never reaches the backend. */
  isWithheld?: boolean;
  /** Orders that the report leaves out, as a defect would. */
  leftOut?: readonly number[];
  /** Cash in the drawer at the count; default what is expected. */
  moneycash_counted?: string;
}

export interface ClosedDay {
  report: SitooZReport;
  isWithheld: boolean;
  /** Orders that the report counts. */
  orderids: number[];
}

/** Closes registers. A withheld report takes its number all the same, and is kept to be looked at. */
export class ZReports {
  readonly withheld: SitooZReport[] = [];

  constructor(private readonly account: Account) {}

  /** @param now Unix seconds */
  close(register: SitooRegister, request: CloseRequest, now: number): ClosedDay {
    const earlier = this.earlier(register);
    const datecreated = request.datecreated ?? now;
    const dateopened = request.dateopened ?? earlier.at(-1)?.datecreated ?? 0;
    if (dateopened >= datecreated) throw new BadInput('a register is opened before it is closed');
    const counted = this.ordersOf(register, dateopened, datecreated).filter(({ orderid }) => !request.leftOut?.includes(orderid));
    const frame = {
      zreportid: (earlier.at(-1)?.zreportid ?? 0) + 1,
      dateopened,
      datecreated,
      dateadded: now,
      counted: request.moneycash_counted,
    };
    const report = zReportOf(this.account, register, frame, counted, earlier.at(-1));
    (request.isWithheld ? this.withheld : this.account.zReports).push(report);
    return { report, isWithheld: request.isWithheld ?? false, orderids: counted.map(({ orderid }) => orderid) };
  }

  private earlier({ registerid }: SitooRegister): SitooZReport[] {
    return [...this.account.zReports, ...this.withheld]
      .filter((report) => report.registerid === registerid)
      .toSorted((a, b) => a.zreportid - b.zreportid);
  }

  /** Sales and refunds of the register; bookings and parked carts hold no money, and what was cancelled was never paid. */
  private ordersOf({ registerid }: SitooRegister, opened: number, created: number): SitooOrder[] {
    return this.account.allOrders().filter((order) => {
      const { orderdate = 0, ordertypeid, orderstateid } = order;
      const isMoney = ordertypeid === 10 && (orderstateid === 0 || orderstateid === 10);
      return order.registerid === registerid && isMoney && orderdate >= opened && orderdate < created;
    });
  }
}
