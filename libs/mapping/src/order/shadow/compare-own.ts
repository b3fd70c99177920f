import type { OmniumOrder } from '@connector/contracts';
import { ADDED } from '../reconcile/merge';
import { reconcileOrder } from '../reconcile/reconcile-order';
import { type Comparison, type Difference, patternOf } from './difference';
import { ownedValues } from './owned-values';

/** Of a document that the connector made, or of an order that came from Omnium: what it would write now, by the rules that do the writing. */
export function compareOwn(existing: OmniumOrder, wanted: OmniumOrder): Comparison {
  const result = reconcileOrder(existing, wanted);
  const changes = result.action === 'patch' ? result.changes : [];
  // A line is told in the form and in its shipment.
  const byPlace = new Map(changes.map((change) => [change.path.replace(/\.shipments\[[^\]]*\]\.lineItems/, '.lineItems'), change]));
  const differences = [...byPlace].map(([path, { before, after }]): Difference => {
    return { path: patternOf(path), kind: before === null || after === ADDED ? 'missing' : 'different', before, after };
  });
  const compared = [...ownedValues(wanted).values()].filter(({ field: { rule } }) => rule !== 'create' && rule !== 'derived').length;
  return { compared: Math.max(compared, differences.length), differences };
}
