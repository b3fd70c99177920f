import type { OmniumOrder } from '@connector/contracts';
import { isEmpty, sameValue } from '../reconcile/compare';
import type { OwnedField } from '../reconcile/field-ownership';
import { ADDED, HIDDEN, type LoggableValue } from '../reconcile/merge';
import { type Comparison, type Difference, patternOf } from './difference';
import { withOurIds } from './our-ids';
import { type OwnedValue, ownedValues } from './owned-values';

/** Ids, times of writing and references of the connector's own: another system cannot have the same. */
const notCompared = [
  'id',
  'orderNumber',
  'created',
  'tags[]',
  'replacementOrderIds[]',
  'externalIds[].',
  'properties[].',
  'orderForm.lineItems[].lineItemId',
  'orderForm.shipments[].shipmentId',
  'orderForm.payments[].id',
  'orderForm.payments[].internalReference',
  'orderForm.payments[].orderLineReferences',
  'returnOrderForms[].returnId',
  'returnOrderForms[].created',
  'returnOrderForms[].modified',
  'returnOrderForms[].rmaNumber',
  'returnOrderForms[].replacementOrderIds[]',
  'returnOrderForms[].lineItems[].lineItemId',
];

/**
 * Of a document that another system made: what the connector would have made otherwise, field by field of those that are its own. Entries of
 * lists are matched by what they say. Calculated fields count only where no amount that they follow from differs.
 */
export function compareImported(existing: OmniumOrder, wanted: OmniumOrder): Comparison {
  const theirs = comparedValues(withOurIds(existing, wanted));
  const ours = comparedValues(wanted);
  const entries = [...entriesOnly(ours, theirs, 'missing'), ...entriesOnly(theirs, ours, 'extra')];
  const isInEntry = (path: string) => entries.some(({ entry }) => path.startsWith(entry));
  const paths = [...new Set([...ours.keys(), ...theirs.keys()])].filter((path) => !isInEntry(path));
  const fields = paths.flatMap((path) => compareField(path, theirs.get(path), ours.get(path)) ?? []);
  const isMoneyOff = entries.length > 0 || fields.some(({ field, difference }) => field.isMoney && difference);
  const counted = fields.filter(({ field }) => field.rule !== 'derived' || !isMoneyOff);
  return {
    compared: counted.length + entries.length,
    differences: [...entries.map(({ difference }) => difference), ...counted.flatMap(({ difference }) => difference ?? [])],
  };
}

type Values = ReadonlyMap<string, OwnedValue>;

function comparedValues(order: OmniumOrder): Values {
  const isLeftOut = ({ field: { path } }: OwnedValue) =>
    notCompared.some((one) => path === one || (one.endsWith('.') && path.startsWith(one)));
  return new Map([...ownedValues(order)].filter(([, value]) => !isLeftOut(value)));
}

/** Entries of lists that one document has and the other has not, each told once. */
function entriesOnly(of: Values, other: Values, kind: 'missing' | 'extra'): { entry: string; difference: Difference }[] {
  const known = new Set([...other.keys()].flatMap(entriesOf));
  const only = new Set([...of.keys()].flatMap((path) => entriesOf(path).find((entry) => !known.has(entry)) ?? []));
  return [...only].map((entry) => ({ entry, difference: { path: patternOf(entry), kind, ...(kind === 'missing' ? added : removed) } }));
}

const added = { before: null, after: ADDED };
const removed = { before: ADDED, after: null };

/** `returnOrderForms[a].lineItems[0].code` is in `returnOrderForms[a]` and in `returnOrderForms[a].lineItems[0]`. */
function entriesOf(path: string): string[] {
  return [...path.matchAll(/\]/g)].map(({ index }) => path.slice(0, index + 1));
}

/** Undefined: neither document says anything there. */
function compareField(
  path: string,
  theirs: OwnedValue | undefined,
  ours: OwnedValue | undefined,
): { field: OwnedField; difference?: Difference } | undefined {
  const field = (ours ?? theirs)?.field;
  const [before, after] = [theirs?.value, ours?.value];
  if (!field || (isNothing(before) && isNothing(after))) return undefined;
  if (sameValue(before, after)) return { field };
  const kind = isEmpty(before) ? 'missing' : isEmpty(after) ? 'extra' : 'different';
  return { field, difference: { path: patternOf(path), kind, before: show(before, field), after: show(after, field) } };
}

/** Omnium fills in 0 and false where nothing was sent. */
function isNothing(value: unknown): boolean {
  return isEmpty(value) || value === 0 || value === false;
}

function show(value: unknown, { isLoggable }: OwnedField): LoggableValue {
  if (isEmpty(value)) return null;
  const isScalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isLoggable && isScalar ? value : HIDDEN;
}
