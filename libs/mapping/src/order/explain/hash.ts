import { digest } from '../digest';
import { isEmpty } from '../reconcile/compare';

/**
 * Version of the rules, kept with every outcome: it tells a document that would be made otherwise today. Raise it by one with every change
 * that changes a recorded document (`fixtures/*.out.json`) of orders that are not new kinds.
 */
export const mappingVersion = 2;

/** The same for documents that say the same: keys in any order, every kind of nothing alike. For outcome records; it tells nothing back. */
export function hashOf(document: object): string {
  return digest(JSON.stringify(canonical(document)));
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => !isEmpty(inner));
  return Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : 1)).map(([key, inner]) => [key, canonical(inner)]));
}
