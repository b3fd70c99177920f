import { amount } from '../../money/amount';

/** `2026-03-02T14:11:09`, with or without fraction and offset. */
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?$/;
/** Omnium's way of saying that a date is not set. */
const YEAR_ONE = /^0001-/;

/** Nothing: absent, null, empty text, empty list or object, or a date in the year 1. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (typeof value === 'string') return YEAR_ONE.test(value);
  return typeof value === 'object' && Object.values(value).every(isEmpty);
}

/** Do two JSON values mean the same? Numbers by value, dates by instant (UTC when no offset is given), every kind of nothing alike. */
export function sameValue(left: unknown, right: unknown): boolean {
  if (isEmpty(left) || isEmpty(right)) return isEmpty(left) && isEmpty(right);
  if (typeof left === 'number' && typeof right === 'number') return amount(left).eq(amount(right));
  if (typeof left === 'string' && typeof right === 'string') return left === right || sameInstant(left, right);
  if (Array.isArray(left) && Array.isArray(right))
    return left.length === right.length && left.every((item, index) => sameValue(item, right[index]));
  if (isRecord(left) && isRecord(right)) {
    return [...new Set([...Object.keys(left), ...Object.keys(right)])].every((key) => sameValue(left[key], right[key]));
  }
  return left === right;
}

function sameInstant(left: string, right: string): boolean {
  const [one, other] = [toInstant(left), toInstant(right)];
  return one !== undefined && one === other;
}

/** Milliseconds since 1970; .NET's seven decimals are cut to three. */
function toInstant(text: string): number | undefined {
  const match = DATE_TIME.exec(text);
  return match ? Date.parse(match[2] ? text : `${text}Z`) : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
