/** Unix seconds of an Omnium time, for Sitoo. Undefined for none, and for the year 1, Omnium's way of saying none (api-guide section 3). */
export function unixSeconds(time: string | null | undefined): number | undefined {
  if (!time || time.startsWith('0001-')) return undefined;
  // Some values come without an offset and are UTC all the same.
  const ms = Date.parse(/(Z|[+-]\d\d:?\d\d)$/i.test(time) ? time : `${time}Z`);
  return Number.isNaN(ms) ? undefined : Math.floor(ms / 1_000);
}
