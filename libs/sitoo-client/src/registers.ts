import type { SitooPaymentType, SitooRegister, SitooZReport } from '@connector/contracts';
import { isRecord, listOf } from '@connector/platform';
import { unixSeconds } from './order-lists';
import { badAnswer, type ReadOptions, type SitooReader } from './sitoo-seam';

/** A Z-report with the fields that have been checked. */
export type CheckedZReport = SitooZReport & { dateadded: number };

/** The tills of the site. */
export class SitooRegisters {
  constructor(
    private readonly reader: SitooReader,
    private readonly siteId: number,
  ) {}

  /** Registers that have been put into use. */
  async all(options: ReadOptions = {}): Promise<SitooRegister[]> {
    const path = `/sites/${this.siteId}/cashregisters.json`;
    const rows = await this.reader.all(
      { operation: 'registers.all', path, isRow: isRegister, idOf: ({ registerid }) => registerid },
      options,
    );
    return [...rows.values()];
  }
}

/** Payment types of the site's tills. */
export class SitooPaymentTypes {
  constructor(
    private readonly reader: SitooReader,
    private readonly siteId: number,
  ) {}

  /** Answered as a plain list, in the till's order (orders-and-customers section 2). */
  all(options: ReadOptions = {}): Promise<SitooPaymentType[]> {
    const path = `/sites/${this.siteId}/pospaymenttypes.json`;
    return this.reader.get({ operation: 'paymentTypes.all', path, decode: listOf(isPaymentType, 'payment types') }, options);
  }
}

/** Most reports of one answer (orders-and-customers section 15). */
const MAX_REPORTS = 500;

/** End-of-day reports of the site's tills. */
export class SitooZReports {
  constructor(
    private readonly reader: SitooReader,
    private readonly siteId: number,
  ) {}

  /**
   * Reports that reached Sitoo between the two times, both included, ascending by that time. A full answer is continued at its last time, so
   * reports of that second come twice and are told apart by register and number.
   */
  async addedBetween(from: Date, to: Date, options: ReadOptions = {}): Promise<CheckedZReport[]> {
    const operation = 'zReports.addedBetween';
    const until = unixSeconds(to);
    const found = new Map<string, CheckedZReport>();
    for (let since = unixSeconds(from); ;) {
      const query = { eshopid: this.siteId, dateaddedfrom: since, dateaddedto: until };
      const isWanted = (row: unknown): row is CheckedZReport =>
        isZReport(row, this.siteId) && row.dateadded >= since && row.dateadded <= until;
      const rows = await this.reader.get({ operation, path: '/pos-z-reports', query, decode: listOf(isWanted, 'reports') }, options);
      for (const row of rows) found.set(`${row.registerid}|${row.zreportid}`, row);
      if (rows.length < MAX_REPORTS) return [...found.values()];
      const last = Math.max(...rows.map(({ dateadded }) => dateadded));
      if (last === since) throw badAnswer(operation, 'more reports of one second than an answer holds');
      since = last;
    }
  }
}

function isRegister(row: unknown): row is SitooRegister {
  return isRecord(row) && typeof row['registerid'] === 'string' && row['registerid'] !== '';
}

function isPaymentType(row: unknown): row is SitooPaymentType {
  return isRecord(row) && Number.isSafeInteger(row['paymenttypeid']) && typeof row['name'] === 'string';
}

function isZReport(row: unknown, siteId: number): row is CheckedZReport {
  const isIdentified = isRecord(row) && Number.isSafeInteger(row['zreportid']) && typeof row['registerid'] === 'string';
  return isIdentified && typeof row['dateadded'] === 'number' && row['eshopid'] === siteId;
}
