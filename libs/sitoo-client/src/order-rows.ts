import { AnswerMismatch, isRecord } from '@connector/platform';

/** A row of an order list: an object with its id; the rest is decoded by the mapping. */
export interface OrderRow {
  orderid: number;
}

export function isOrderRow(value: unknown): value is OrderRow {
  return isRecord(value) && Number.isSafeInteger(value['orderid']);
}

export function anOrder(data: unknown): OrderRow {
  if (isOrderRow(data)) return data;
  throw new AnswerMismatch('not an order');
}

export function idOfOrder(order: OrderRow): number {
  return order.orderid;
}

/** Any field of a row; rows are objects of which only the id has been checked. */
export function fieldOf(row: unknown, name: string): unknown {
  return isRecord(row) ? row[name] : undefined;
}

/**
 * A row check that also proves the filter: Sitoo ignores query parameters it does not know and would then answer with everybody's orders
 * (orders-and-customers section 3).
 */
export function rowThat(matches: (row: unknown) => boolean, complaint: string): (row: unknown) => row is OrderRow {
  return (row): row is OrderRow => {
    if (!isOrderRow(row)) return false;
    if (!matches(row)) throw new AnswerMismatch(complaint);
    return true;
  };
}

/** Anything but a positive whole number would change what a filter means. */
export function orderId(id: number): number {
  if (Number.isSafeInteger(id) && id > 0) return id;
  throw new RangeError('a Sitoo order id is a positive whole number');
}

/** 1-40 characters out of [A-Za-z0-9_-] (orders-and-customers section 5.1); a comma in it would ask for two. */
export function externalId(id: string): string {
  if (/^[A-Za-z0-9_-]{1,40}$/.test(id)) return id;
  throw new RangeError('an external id of a Sitoo order is 1-40 characters out of A-Z, a-z, 0-9, _ and -');
}

/** Field names with those that a check needs in front. */
export function withFields(fields: readonly string[], needed: readonly string[]): string {
  return [...needed.filter((name) => !fields.includes(name)), ...fields].join(',');
}

const MAX_IDS_PER_CALL = 100;
/** Ids of one call, in characters with commas; with fields and path the address stays below 4 KB, half of what servers usually take. */
const MAX_IDS_LENGTH = 2_000;

/** Ids in chunks that fit into one address. */
export function* chunksOf<T extends number | string>(ids: readonly T[]): Generator<T[]> {
  let chunk: T[] = [];
  let length = 0;
  for (const id of ids) {
    const added = String(id).length + 1;
    if (chunk.length === MAX_IDS_PER_CALL || length + added > MAX_IDS_LENGTH) {
      yield chunk;
      chunk = [];
      length = 0;
    }
    chunk.push(id);
    length += added;
  }
  if (chunk.length > 0) yield chunk;
}
