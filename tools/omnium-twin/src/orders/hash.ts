import { createHash } from 'node:crypto';
import type { Order } from '../documents';
import { isObject } from '../documents';

/** Changes with every write, whatever is written. */
const VOLATILE = ['modified', 'modifiedBy', 'versionId'];

/** Sixteen hex digits of the content, the same for the same content whatever the order of keys. */
export function contentHash(order: Order): string {
  const content = Object.fromEntries(Object.entries(order).filter(([key]) => !VOLATILE.includes(key)));
  return createHash('sha256').update(stable(content)).digest('hex').slice(0, 16);
}

function stable(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stable).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value) ?? 'null';
  const keys = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${stable(value[key])}`).join(',')}}`;
}
