import type { SitooZReport } from '@connector/contracts';
import { decodeSitooOrder, orderId, originalOf, proveTradingDay, tradingDayOf, type DayProof, type OrdersById } from '@connector/mapping';
import type { OmniumClient } from '@connector/omnium-client';
import { orderFields, type SitooClient } from '@connector/sitoo-client';

const dayMs = 86_400_000;
/** A report of the day may reach Sitoo late: a till that was offline closes on its own. */
const lateDays = 14;

export interface DayPlace {
  register: string;
  date: string;
  timeZone: string;
  /** Omnium's market id and Sitoo's site. */
  market: string;
  site: number;
}

/** Both platforms, as far as a day needs them. */
export interface DaySource {
  sitoo: {
    registers: Pick<SitooClient['registers'], 'all'>;
    zReports: Pick<SitooClient['zReports'], 'addedBetween'>;
    orders: Pick<SitooClient['orders'], 'byDate'>;
  };
  omnium: { orders: Pick<OmniumClient['orders'], 'byIds'> };
}

export interface RegisterDay {
  report: SitooZReport;
  proof: DayProof;
}

/** The class of calls that wait behind receipts, prices and stock. */
const background = { class: 'catalogue' } as const;

/**
 * Reads a register's day and proves it: one proof per report, since a register can be closed more than once a day.
 * @throws CallError @throws Error in words when there is no such register
 */
export async function readDay(place: DayPlace, source: DaySource): Promise<RegisterDay[]> {
  const registerid = await registerOf(place.register, source);
  const noon = Date.parse(`${place.date}T12:00:00Z`);
  // A day around the day in every direction: no time zone is further from UTC.
  const added = await source.sitoo.zReports.addedBetween(new Date(noon - 2 * dayMs), new Date(noon + lateDays * dayMs), background);
  const ofRegister = added.filter((report) => report.registerid === registerid).sort((a, b) => a.zreportid - b.zreportid);
  const days: RegisterDay[] = [];
  for (const report of ofRegister) {
    if (tradingDayOf(report, place.timeZone) !== place.date) continue;
    const before = ofRegister.filter(({ zreportid }) => zreportid < report.zreportid).at(-1);
    days.push({ report, proof: await proveReport(report, before?.datecreated, place, source) });
  }
  return days;
}

async function registerOf(name: string, { sitoo }: DaySource): Promise<string> {
  const registers = await sitoo.registers.all(background);
  const found = registers.find(({ registerid, registerkey }) => registerid === name || registerkey === name);
  if (found) return found.registerid;
  const known = registers.map(({ registerkey, registerid }) => registerkey || registerid).join(', ');
  throw new Error(`Sitoo has no register "${name}"; there are: ${known}`);
}

async function proveReport(report: SitooZReport, lastClosing: number | undefined, place: DayPlace, source: DaySource): Promise<DayProof> {
  const { timeZone, market, site } = place;
  const closed = (report.datecreated ?? 0) * 1000;
  const opened = (report.dateopened || lastClosing || closed / 1000 - 2 * 86_400) * 1000;
  const receipts: unknown[] = [];
  for await (const page of source.sitoo.orders.byDate(new Date(opened), new Date(closed), { fields: orderFields }, background))
    receipts.push(...[...page.values()].filter((order) => registerIdOf(order) === report.registerid));
  const orders = await ordersOf(receipts, place, source);
  return proveTradingDay({ report, receipts, orders, market, site, timeZone, lastClosing });
}

/** The documents of the receipts, and those of the orders they credit. */
async function ordersOf(receipts: readonly unknown[], { market, site }: DayPlace, { omnium }: DaySource): Promise<OrdersById> {
  const ids = receipts.flatMap((receipt) => {
    const decoded = decodeSitooOrder(receipt);
    if (!decoded.ok) return [];
    const original = originalOf(decoded.order);
    return original === undefined ? [decoded.order.orderId] : [decoded.order.orderId, original];
  });
  return omnium.orders.byIds(
    [...new Set(ids)].map((sitooOrderId) => orderId({ market, site, sitooOrderId })),
    background,
  );
}

function registerIdOf(order: unknown): unknown {
  return typeof order === 'object' && order !== null && 'registerid' in order ? order.registerid : undefined;
}
