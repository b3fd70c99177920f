import { isEmpty, sameValue } from './compare';
import type { FieldRule } from './ownership';

/** One field that the connector writes. Carries no personal value, so it may be logged. */
export interface OrderChange {
  /** `orderForm.lineItems[0].placedPrice`; list entries by their key. */
  readonly path: string;
  readonly before: LoggableValue;
  readonly after: LoggableValue;
}

export type LoggableValue = string | number | boolean | null;

/** Stands for a value that is not for logs. */
export const HIDDEN = '(hidden)';
/** Stands for an entry that was not there. */
export const ADDED = '(added)';

export interface Merged<T> {
  readonly value: T;
  readonly changes: readonly OrderChange[];
  /** An amount changed, so figures calculated from it are out of date. */
  readonly isMoneyChanged: boolean;
}

export function unchanged<T>(value: T): Merged<T> {
  return { value, changes: [], isMoneyChanged: false };
}

/** Takes over the fields that the rules give to the connector; all others stay as they are. */
export function mergeFields<T extends object>(existing: T, wanted: T, rules: readonly FieldRule<T>[], path: string): Merged<T> {
  const value = { ...existing };
  const written = rules.filter((rule) => isWritten(rule, existing[rule.field], wanted[rule.field]));
  for (const { field } of written) value[field] = wanted[field];
  return {
    value,
    changes: written.map((rule) => toChange(rule, existing, wanted, path)),
    isMoneyChanged: written.some((rule) => rule.isMoney),
  };
}

/** Takes over the calculated fields, which is right only when everything they are calculated from is the connector's. */
export function takeDerived<T extends object>(existing: T, wanted: T, rules: readonly FieldRule<T>[]): T {
  const value = { ...existing };
  for (const { field, rule } of rules) if (rule === 'derived' && wanted[field] !== undefined) value[field] = wanted[field];
  return value;
}

/** Merges the entries that share a key, appends the wanted ones that are missing, and leaves all others in place. */
export function mergeList<T>(
  existing: readonly T[] | null | undefined,
  wanted: readonly T[] | null | undefined,
  keyOf: (entry: T) => string | undefined,
  mergeEntry: (existing: T, wanted: T, path: string) => Merged<T>,
  path: string,
): Merged<T[]> {
  const open = new Map((wanted ?? []).map((entry) => [keyOf(entry), entry]));
  const merged = (existing ?? []).map((entry) => {
    const key = keyOf(entry);
    const match = key === undefined ? undefined : open.get(key);
    if (match === undefined) return unchanged(entry);
    open.delete(key);
    return mergeEntry(entry, match, `${path}[${key}]`);
  });
  const added = [...open].map(([key, entry]) => addedEntry(entry, `${path}[${key}]`));
  return collect([...merged, ...added]);
}

export function addedEntry<T>(value: T, path: string): Merged<T> {
  return { value, changes: [{ path, before: null, after: ADDED }], isMoneyChanged: true };
}

export function collect<T>(parts: readonly Merged<T>[]): Merged<T[]> {
  return {
    value: parts.map((part) => part.value),
    changes: parts.flatMap((part) => part.changes),
    isMoneyChanged: parts.some((part) => part.isMoneyChanged),
  };
}

function isWritten<T>({ rule, nullIsZero, isForward }: FieldRule<T>, before: unknown, after: unknown): boolean {
  if (isEmpty(after) || rule === 'create' || rule === 'derived') return false;
  if (rule === 'once') return isEmpty(before);
  if (rule === 'raise') return typeof after === 'number' && after > (typeof before === 'number' ? before : 0);
  if (rule === 'forward') return typeof after === 'string' && Boolean(isForward?.(typeof before === 'string' ? before : undefined, after));
  return !sameValue(nullIsZero ? (before ?? 0) : before, after);
}

function toChange<T extends object>(rule: FieldRule<T>, existing: T, wanted: T, path: string): OrderChange {
  const show = (value: unknown): LoggableValue => (isEmpty(value) ? null : rule.isLoggable && isScalar(value) ? value : HIDDEN);
  return { path: path === '' ? rule.field : `${path}.${rule.field}`, before: show(existing[rule.field]), after: show(wanted[rule.field]) };
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
