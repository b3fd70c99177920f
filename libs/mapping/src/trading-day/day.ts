import type { SitooZReport } from '@connector/contracts';

const formats = new Map<string, Intl.DateTimeFormat>();

/** The local date of a time, `2026-11-24`. @param unix seconds @param timeZone IANA name, for example `Europe/Oslo` */
export function localDate(unix: number, timeZone: string): string {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  formats.set(timeZone, format);
  return format.format(new Date(unix * 1000));
}

/**
 * The trading day of a report: the store's date when the register was opened, so that a sale at half past midnight is part of the evening
 * before. Old POS versions do not say when (orders-and-customers section 15); then the date of closing.
 */
export function tradingDayOf({ dateopened, datecreated }: SitooZReport, timeZone: string): string | undefined {
  const at = dateopened || datecreated;
  return at ? localDate(at, timeZone) : undefined;
}

/**
 * What the report counts: sales from opening to closing, both in Unix seconds, the closing excluded (assumed). Without an opening the
 * register was open since its last report, or for the whole day.
 */
export function isInPeriod(orderedAt: number, report: SitooZReport, timeZone: string, lastClosing?: number): boolean {
  const { dateopened, datecreated } = report;
  if (datecreated === undefined || orderedAt >= datecreated) return false;
  const opened = dateopened || lastClosing;
  return opened ? orderedAt >= opened : localDate(orderedAt, timeZone) === localDate(datecreated, timeZone);
}
