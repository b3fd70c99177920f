import type { SitooZReport } from '@connector/contracts';
import { decodeSitooOrder } from '../order/decode-sitoo-order';
import { originalOf } from '../order/family/family-root';
import { ORDER_STATE, ORDER_TYPE } from '../order/receipt';
import type { DecodedSitooOrder } from '../order/sitoo-order';
import { isInPeriod } from './day';
import { differencesOf, type Figures, inReportOrder, sumOf, valueOf } from './figures';
import { missingNumbers } from './missing-numbers';
import { orderFigures, type OrdersById } from './order-figures';
import { receiptFigures } from './receipt-figures';
import { reportFigures } from './report-figures';

export interface DayInput {
  report: SitooZReport;
  /** Orders of Sitoo as read; those of other registers, times and kinds are left out here. */
  receipts: readonly unknown[];
  orders: OrdersById;
  /** Omnium's market id and Sitoo's site, of which ids are made. */
  market: string;
  site: number;
  timeZone: string;
  /** Closing of the register's report before, Unix seconds: for reports that do not tell their opening. */
  lastClosing?: number;
}

export interface NamedReceipt {
  /** Unknown for a receipt that Sitoo does not have. */
  orderId?: number;
  receiptNumber?: string;
}

/** What does not agree, which receipts it is about, by how much, and what to do. */
export interface DayDifference {
  kind: 'missing-in-omnium' | 'differs-in-omnium' | 'missing-in-sitoo' | 'not-in-report' | 'unreadable' | 'unexplained';
  receipts: readonly NamedReceipt[];
  /** Lines that differ: first side less second. */
  lines: Figures;
  advice: string;
}

export interface DayLine {
  line: string;
  report: string;
  sitoo: string;
  omnium: string;
  agrees: boolean;
}

export interface DayProof {
  agrees: boolean;
  /** Receipts: as the report counts them, as Sitoo has them, as Omnium has them. */
  receipts: { report: number | undefined; sitoo: number; omnium: number };
  lines: readonly DayLine[];
  differences: readonly DayDifference[];
}

interface Judged {
  order: DecodedSitooOrder;
  name: NamedReceipt;
  sitoo: Figures;
  omnium: Figures | undefined;
}

const advice = {
  'missing-in-omnium': 'import it (--import); if it stays away, look for its reason among the parked work',
  'differs-in-omnium': 'import it again (--import); if it still differs, somebody changed it in Omnium, and that is for a person to judge',
  'missing-in-sitoo': 'the till has sold it and Sitoo does not have it (yet): bring the till online, then import it',
  'not-in-report': 'Sitoo has it and the report does not count it: ask Sitoo, and look at the next report',
  unreadable: 'this order cannot be read as a receipt: look at it in Sitoo',
  unexplained: 'no single receipt explains it: compare the report with the list of receipts in Sitoo',
} as const;

/**
 * A register's day three times, to the cent: by its Z-report, by the receipts that Sitoo has, and by what Omnium holds of each. Sitoo and
 * Omnium are compared receipt by receipt, so a difference there has a name; what the report counts beyond them is named by the running
 * numbers that are not there.
 */
export function proveTradingDay(input: DayInput): DayProof {
  const { orders, unreadable } = readReceipts(input);
  const judged = orders.map((order) => judge(order, input));
  const report = reportFigures(input.report);
  const sitoo = sumOf(judged.map((one) => one.sitoo));
  const omnium = sumOf(judged.flatMap((one) => one.omnium ?? []));
  const differences = [...unreadable, ...inOmnium(judged), ...againstReport(input.report, report, sitoo, judged)];
  const lines = linesOf(report, sitoo, omnium);
  return {
    agrees: differences.length === 0 && lines.every(({ agrees }) => agrees),
    receipts: { report: input.report.numreceipts, sitoo: judged.length, omnium: judged.filter((one) => one.omnium).length },
    lines,
    differences,
  };
}

/** Sales and refunds of the register in the report's time: bookings and parked carts hold no money, and what was cancelled was never paid. */
function readReceipts(input: DayInput): { orders: DecodedSitooOrder[]; unreadable: DayDifference[] } {
  const { report, receipts, timeZone, lastClosing } = input;
  const orders: DecodedSitooOrder[] = [];
  const unreadable: DayDifference[] = [];
  for (const raw of receipts) {
    const decoded = decodeSitooOrder(raw);
    if (!decoded.ok) unreadable.push(difference('unreadable', [{ orderId: idOf(raw) }], new Map()));
    else if (isOfDay(decoded.order)) orders.push(decoded.order);
  }
  return { orders, unreadable };

  function isOfDay({ registerId, typeId, stateId, orderedAt }: DecodedSitooOrder): boolean {
    const isMoney = typeId === ORDER_TYPE.order && (stateId === ORDER_STATE.open || stateId === ORDER_STATE.closed);
    return isMoney && registerId === report.registerid && isInPeriod(orderedAt, report, timeZone, lastClosing);
  }
}

function judge(order: DecodedSitooOrder, { market, site, orders }: DayInput): Judged {
  const { orderId: sitooOrderId, data } = order;
  const name = { orderId: sitooOrderId, ...(data['pos-receiptid'] ? { receiptNumber: data['pos-receiptid'] } : {}) };
  const omnium = orderFigures({ market, site, sitooOrderId }, originalOf(order), orders);
  return { order, name, sitoo: receiptFigures(order), omnium };
}

function inOmnium(judged: readonly Judged[]): DayDifference[] {
  return judged.flatMap(({ name, sitoo, omnium }) => {
    if (!omnium) return [difference('missing-in-omnium', [name], sitoo)];
    const lines = differencesOf(sitoo, omnium);
    return lines.size === 0 ? [] : [difference('differs-in-omnium', [name], lines)];
  });
}

function againstReport(document: SitooZReport, report: Figures, sitoo: Figures, judged: readonly Judged[]): DayDifference[] {
  const lines = differencesOf(report, sitoo);
  const numbered = judged.flatMap(({ name }) => name.receiptNumber ?? []);
  const lacking = (document.numreceipts ?? numbered.length) - numbered.length;
  if (lacking > 0)
    return [
      difference(
        'missing-in-sitoo',
        missingNumbers(numbered, lacking).map((receiptNumber) => ({ receiptNumber })),
        lines,
      ),
    ];
  if (lines.size === 0) return [];
  const surplus = differencesOf(sitoo, report);
  const suspects = judged.filter((one) => differencesOf(one.sitoo, surplus).size === 0);
  if (lacking < 0 && suspects.length > 0)
    return [
      difference(
        'not-in-report',
        suspects.map(({ name }) => name),
        lines,
      ),
    ];
  return [difference('unexplained', [], lines)];
}

function linesOf(report: Figures, sitoo: Figures, omnium: Figures): DayLine[] {
  return inReportOrder([...report.keys(), ...sitoo.keys(), ...omnium.keys()]).map((line) => {
    const [first, second, third] = [report, sitoo, omnium].map((figures) => valueOf(figures, line).toFixed(2));
    return { line, report: first ?? '', sitoo: second ?? '', omnium: third ?? '', agrees: first === second && second === third };
  });
}

function difference(kind: DayDifference['kind'], receipts: readonly NamedReceipt[], lines: Figures): DayDifference {
  return { kind, receipts, lines, advice: advice[kind] };
}

function idOf(raw: unknown): number | undefined {
  const id = typeof raw === 'object' && raw !== null && 'orderid' in raw ? raw.orderid : undefined;
  return typeof id === 'number' ? id : undefined;
}
