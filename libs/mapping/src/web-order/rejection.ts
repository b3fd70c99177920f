/** Why an Omnium order cannot go to Sitoo as it is. Stable: replay, alarms and the console go by these. */
export const webOrderRejectionCodes = {
  ORDER_WITHOUT_ID: 'The order has no id',
  EXTERNAL_ID_TOO_LONG: "The order id does not fit into Sitoo's 40 characters",
  CURRENCY_MISMATCH: 'The order is in another currency than its market',
  WAREHOUSE_UNKNOWN: 'The store that is to hand the goods over has no Sitoo warehouse (SitooWarehouseId)',
  SHIPMENT_WITHOUT_ID: 'A shipment has no id',
  ADDRESS_MISSING: 'A delivery from a store has no address',
  NO_LINES: 'Nothing is left to hand over',
  LINE_WITHOUT_ID: 'A line has no id',
  LINE_WITHOUT_SKU: 'A line has no SKU',
  LINE_WITHOUT_AMOUNT: 'A line has no total',
  LINE_NEGATIVE: 'A line has a negative quantity or total',
  LINE_QUANTITY: 'A quantity has more decimals than Sitoo keeps',
  VAT_RATE_MISSING: 'A line has no VAT rate and the market no default',
  VAT_DOES_NOT_FIT_RATE: 'The VAT of a line is not what its rate gives',
  REPLACED_TOO_OFTEN: 'The order was made anew in Sitoo too often',
  PARTLY_DELIVERED: 'The order changed after the store had delivered a part of it',
  CART_MALFORMED: 'What Omnium answers for the cart is not a document like an order; check CartReadPath',
  SITOO_ORDER_MALFORMED: 'The order in Sitoo is not as documented',
} as const;

export type WebOrderRejectionCode = keyof typeof webOrderRejectionCodes;

export interface WebOrderRejection {
  readonly code: WebOrderRejectionCode;
  /** Omnium's path of the field, empty for the whole document. */
  readonly path: string;
  /** For people; carries ids and codes, never personal data or amounts. */
  readonly message: string;
}

export type WebOrderStep<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly rejection: WebOrderRejection };

export function accepted<T>(value: T): WebOrderStep<T> {
  return { ok: true, value };
}

/** @param detail ids and codes that help to find the cause, never personal data */
export function rejected(code: WebOrderRejectionCode, path: string, detail?: string): { ok: false; rejection: WebOrderRejection } {
  const message = detail === undefined ? webOrderRejectionCodes[code] : `${webOrderRejectionCodes[code]}: ${detail}`;
  return { ok: false, rejection: { code, path, message } };
}

/** All values, or the first rejection. */
export function allAccepted<T>(steps: readonly WebOrderStep<T>[]): WebOrderStep<T[]> {
  const values: T[] = [];
  for (const step of steps) {
    if (!step.ok) return step;
    values.push(step.value);
  }
  return accepted(values);
}
