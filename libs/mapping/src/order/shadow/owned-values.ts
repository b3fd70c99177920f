import type { OmniumOrder } from '@connector/contracts';
import { leavesOf, type Leaf } from '../explain/explain-order';
import { fieldOwnership, type OwnedField } from '../reconcile/field-ownership';

/** A field of the connector's in a document. */
export interface OwnedValue {
  readonly field: OwnedField;
  /** An address is one value. */
  readonly value: unknown;
}

/** Every field of the connector's that a document has, by its path; entries of lists by their key. A line is told once, not per shipment. */
export function ownedValues(order: OmniumOrder): Map<string, OwnedValue> {
  const values = new Map<string, OwnedValue>();
  for (const leaf of leavesOf(order)) {
    const field = ownerOf(leaf);
    if (!field) continue;
    const inner = leaf.pattern.slice(field.path.length);
    const path = leaf.path.slice(0, leaf.path.length - inner.length);
    const known = values.get(path)?.value;
    values.set(path, { field, value: inner === '' ? leaf.value : { ...(typeof known === 'object' ? known : {}), [inner]: leaf.value } });
  }
  return values;
}

const byPath = new Map(fieldOwnership.map((field) => [field.path, field]));

function ownerOf({ pattern }: Leaf): OwnedField | undefined {
  for (let path = pattern; path !== ''; path = path.slice(0, Math.max(0, path.lastIndexOf('.')))) {
    const field = byPath.get(path);
    if (field) return field;
  }
  return undefined;
}
