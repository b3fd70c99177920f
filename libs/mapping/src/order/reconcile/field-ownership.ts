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
  type WriteRule,
} from './ownership';

export interface OwnedField {
  readonly path: string;
  readonly rule: WriteRule;
  readonly reason: string;
  /** Whether a change shows its values. */
  readonly isLoggable: boolean;
}

/** Every field of an Omnium order that the connector writes, from the rules that do the writing. */
export const fieldOwnership: readonly OwnedField[] = [
  ...at('', orderFields),
  ...at('externalIds[].', externalIdFields),
  ...at('properties[].', propertyFields),
  { path: 'tags[]', rule: 'once', reason: 'the connector adds its tag and removes none', isLoggable: false },
  { path: 'replacementOrderIds[]', rule: 'once', reason: 'the purchase of an exchange; the connector removes none', isLoggable: false },
  ...at('orderForm.', formFields),
  ...at('orderForm.lineItems[].', lineFields),
  ...at('orderForm.shipments[].', shipmentFields),
  ...at('orderForm.payments[].', paymentFields),
  ...at('returnOrderForms[].', returnFormFields),
  { path: 'returnOrderForms[].replacementOrderIds[]', rule: 'once', reason: 'the purchase of an exchange', isLoggable: false },
  ...at('returnOrderForms[].lineItems[].', returnLineFields),
];

function at<T>(prefix: string, rules: readonly FieldRule<T>[]): OwnedField[] {
  return rules.map(({ field, rule, reason, isLoggable = false }) => ({ path: `${prefix}${field}`, rule, reason, isLoggable }));
}

/** The ownership table as a page for people. */
export function renderFieldOwnership(): string {
  const rows = fieldOwnership.map(({ path, rule, reason }) => `| \`${path}\` | ${rule} | ${reason} |`);
  return `${INTRODUCTION}\n| Field | Written | Why |\n|---|---|---|\n${rows.join('\n')}\n`;
}

const INTRODUCTION = `# Who owns which field of an Omnium order

Completed till sales. Generated from the rules that do the writing (\`libs/mapping/src/order/reconcile/ownership.ts\`);
\`UPDATE_GOLDEN=1 nx run mapping:test --skip-nx-cache\` writes it again.

A field that is not listed belongs to Omnium and its staff and is never touched: notes, other tags and properties, return forms, assets,
errors, further payments, enrichment of lines, package and tracking data.

- **always**: the receipt decides; whatever differs is put right.
- **once**: written while Omnium has nothing there.
- **create**: written with the new order, then Omnium's.
- **derived**: Omnium calculates it. Written with the new order, and again only together with an amount it is calculated from, unless staff
  added lines or order discounts.

The connector removes nothing. Entries of lists are matched by key: lines by \`lineItemId\` (also inside whichever shipment staff moved them
to), shipments by \`shipmentId\`, payments by \`id\`, external ids by \`providerName\`, properties by \`key\` within the group \`Sitoo\`. Lines
carry the same fields in \`orderForm.lineItems\` and in their shipment.
`;
