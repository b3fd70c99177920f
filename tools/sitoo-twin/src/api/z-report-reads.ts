import type { SitooZReport } from '@connector/contracts';
import type { Account } from '../account';
import { page } from './page';
import type { ReadCall } from './reads';

/** Most reports in one answer of `GET /pos-z-reports`. */
const LARGEST_ANSWER = 500;

/** `GET /pos-z-reports`: a plain array, ascending `dateadded` (orders-and-customers section 15). */
export function listPosZReports({ account, query }: ReadCall): unknown {
  const isAsked = (report: SitooZReport) =>
    isListed(query.eshopid, report.eshopid) &&
    isListed(query.store_id, report.store_id) &&
    isListed(query.registerid, report.registerid) &&
    isBetween(report.dateadded, query.dateaddedfrom, query.dateaddedto);
  return account.zReports
    .filter(isAsked)
    .toSorted((a, b) => (a.dateadded ?? 0) - (b.dateadded ?? 0))
    .slice(0, LARGEST_ANSWER);
}

/** The deprecated list of one register. */
export function listZReports({ account, params, query }: ReadCall): unknown {
  const isAsked = (report: SitooZReport) => isBetween(report.datecreated, query.datecreatedfrom, query.datecreatedto);
  return page(reportsOf(account, params.registerid).filter(isAsked), query);
}

export function readZReport({ account, params }: ReadCall): unknown {
  return reportsOf(account, params.registerid).find((report) => String(report.zreportid) === params.zreportid);
}

function reportsOf(account: Account, registerid: string | undefined): SitooZReport[] {
  return account.zReports.filter((report) => report.registerid === registerid);
}

function isListed(wanted: unknown, value: string | number | undefined): boolean {
  return !Array.isArray(wanted) || wanted.includes(value);
}

/** Both ends belong to it. */
function isBetween(value: number | undefined, from: unknown, to: unknown): boolean {
  const at = value ?? 0;
  return (typeof from !== 'number' || at >= from) && (typeof to !== 'number' || at <= to);
}
