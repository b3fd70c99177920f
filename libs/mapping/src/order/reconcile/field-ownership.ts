import { orderStatusRanks, shipmentStatusRanks } from './status';
import {
  externalIdFields,
  type FieldRule,
  formFields,
  lineFields,
  orderFields,
  paymentFields,
  propertyFields,
  returnFormFields,
  returnLineFields,
  shipmentFields,
  stateOwnership,
  type WriteRule,
} from './ownership';

export interface OwnedField {
  readonly path: string;
  readonly rule: WriteRule;
  readonly reason: string;
  /** Whether a change shows its values. */
  readonly isLoggable: boolean;
  /** Calculated fields follow from it. */
  readonly isMoney: boolean;
}

const plain = { isLoggable: false, isMoney: false };

/** Every field of an Omnium order that the connector writes, from the rules that do the writing. */
export const fieldOwnership: readonly OwnedField[] = [
  ...at('', orderFields),
  ...at('externalIds[].', externalIdFields),
  ...at('properties[].', propertyFields),
  { path: 'tags[]', rule: 'once', reason: 'the connector adds its tag and removes none', ...plain },
  { path: 'replacementOrderIds[]', rule: 'once', reason: 'the purchase of an exchange; the connector removes none', ...plain },
  ...at('orderForm.', formFields),
  ...at('orderForm.lineItems[].', lineFields),
  ...at('orderForm.shipments[].', shipmentFields),
  ...at('orderForm.payments[].', paymentFields),
  ...at('returnOrderForms[].', returnFormFields),
  { path: 'returnOrderForms[].replacementOrderIds[]', rule: 'once', reason: 'the purchase of an exchange', ...plain },
  ...at('returnOrderForms[].lineItems[].', returnLineFields),
];

function at<T>(prefix: string, rules: readonly FieldRule<T>[]): OwnedField[] {
  return rules.map(({ field, rule, reason, isLoggable = false, isMoney = false }) => ({
    path: `${prefix}${field}`,
    rule,
    reason,
    isLoggable,
    isMoney,
  }));
}

/** The ownership table as a page for people. */
export function renderFieldOwnership(): string {
  const rows = fieldOwnership.map(({ path, rule, reason }) => `| \`${path}\` | ${rule} | ${reason} |`);
  const states = stateOwnership.map(({ state, connector, omnium }) => `| ${state} | ${connector} | ${omnium} |`);
  return [
    INTRODUCTION,
    '## By state\n',
    '| State | The connector writes | Omnium keeps |\n|---|---|---|',
    `${states.join('\n')}\n`,
    STATUSES,
    '## Field by field\n',
    '| Field | Written | Why |\n|---|---|---|',
    `${rows.join('\n')}\n`,
  ].join('\n');
}

const INTRODUCTION = `# Who owns which field of an Omnium order

Every document that the connector writes. Generated from the rules that do the writing (\`libs/mapping/src/order/reconcile/ownership.ts\`);
\`UPDATE_GOLDEN=1 nx run mapping:test --skip-nx-cache\` writes it again.

A field that is not listed belongs to Omnium and its staff and is never touched: notes, other tags and properties, return forms with other
ids, assets, errors, further payments, enrichment of lines, packages.

- **always**: the receipt decides; whatever differs is put right.
- **once**: written while Omnium has nothing there.
- **create**: written with the new entry, then Omnium's.
- **raise**: written when it is more than Omnium has. What Omnium delivered or took back by itself is never taken off.
- **forward**: written when it is a later state than Omnium's, by the order below.
- **derived**: Omnium calculates it. Written with the new order, and again only together with an amount it is calculated from, unless staff
  added lines or order discounts.

The connector removes nothing. Entries of lists are matched by key: lines by \`lineItemId\` (also inside whichever shipment staff moved them
to), shipments by \`shipmentId\`, payments by \`id\`, return forms by \`returnId\`, external ids by \`providerName\`, properties by \`key\` within the group \`Sitoo\`. Lines
carry the same fields in \`orderForm.lineItems\` and in their shipment.
`;

const STATUSES = `## Forward

A status is written only over one that stands before it here. A status that is not in the list (a fault, a closed order, one of the tenant's
own) is never written over: whoever set it takes it away.

- Orders: ${ladder(orderStatusRanks)}
- Shipments: ${ladder(shipmentStatusRanks)}; \`Cancelled\` from each of them but \`Shipped\`, unless it was Sitoo that had told of the shipping,
  and from \`Cancelled\` only to \`Shipped\`, unless Sitoo tells of another delivery.

A line that Omnium has split over warehouses (ours is smaller, another of the same SKU holds the rest) keeps Omnium's quantities.

When lines are counted as returned, return forms of others count too, so a line says what came back in all.
`;

function ladder(ranks: Readonly<Record<string, number>>): string {
  const steps = [...new Set(Object.values(ranks))].sort((left, right) => left - right);
  const names = (rank: number) => Object.keys(ranks).filter((name) => ranks[name] === rank);
  return steps
    .map((rank) =>
      names(rank)
        .map((name) => `\`${name}\``)
        .join(' / '),
    )
    .join(' → ');
}
