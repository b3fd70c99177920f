/** Sitoo's envelope: `totalcount` counts matches, not the rows returned. */
export interface Page {
  totalcount: number;
  items: Record<string, unknown>[];
}

/** Cuts the rows that `start` and `num` ask for, each with the fields asked for; no default means all fields. The contract fills in 0 and 10. */
export function page(matches: readonly object[], query: Record<string, unknown>, defaultFields?: readonly string[]): Page {
  const start = Number(query.start);
  const rows = matches.slice(start, start + Number(query.num));
  const fields = Array.isArray(query.fields) ? query.fields.map(String) : defaultFields;
  return { totalcount: matches.length, items: rows.map((row) => pick(row, fields)) };
}

/** A copy with only the named fields that exist. */
export function pick(row: object, fields?: readonly string[]): Record<string, unknown> {
  const entries: [string, unknown][] = Object.entries(row);
  return Object.fromEntries(fields ? entries.filter(([name]) => fields.includes(name)) : entries);
}
