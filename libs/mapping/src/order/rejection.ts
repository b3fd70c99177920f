/** Why a receipt does not become an order. Stable: replay, alarms and the console go by these. */
export const rejectionCodes = {
  ORDER_MALFORMED: 'The document is not an order as Sitoo describes it',
  STORE_MISSING: 'The receipt names no store and its warehouse leads to none',
  STORE_UNKNOWN: 'No Omnium store carries the external id on the receipt',
  CURRENCY_MISMATCH: 'The receipt is in another currency than its market',
  VAT_DOES_NOT_FIT_RATE: 'The VAT of a row is not what its rate gives',
  VAT_RATE_WITHOUT_GROUP: 'The market has no VAT group of the rate on a row',
  FEE_VAT_RATE_UNCLEAR: 'No VAT rate gives the net and VAT of a fee',
  FEE_WITHOUT_LINES: 'A delivery fee without any line has no delivery to stand on',
  LINE_WITHOUT_SKU: 'A row has no SKU and is not a gift card with a configured SKU',
  LINE_DUPLICATED: 'Two rows carry the same orderitemid',
  LINE_QUANTITY_ZERO: 'A row has an amount but no quantity',
  LINE_AMOUNT_NEGATIVE: 'A row has a quantity and an amount of opposite signs',
  DISCOUNT_ROW_WITHOUT_PRODUCT: 'A discount row follows no product row',
  DISCOUNT_ROW_TOO_LARGE: 'A discount row takes more than its product row gives',
  DISCOUNT_ROW_VAT_DIFFERS: 'A discount row has another VAT rate than its product row',
  NO_SHIPMENT_OPTION: 'The market has no shipment option of the kind that is needed',
  PAYMENT_METHOD_UNKNOWN: 'No rule maps the payment type to an Omnium payment method',
  REFUND_BELONGS_TO_SALE: 'A refund is written to the document of the sale that it credits',
  RETURN_EXCEEDS_SOLD: 'More units are returned than were sold and not yet returned',
  RETURN_WITH_FEE: 'A fee was charged on a refund',
  RETURN_NOT_CLOSED: 'A refund that is neither closed nor cancelled is not over yet',
  ORDER_OF_ANOTHER_SYSTEM: 'Another system put this order into Sitoo; nothing says whether Omnium has it by another road',
  OMNIUM_LINE_UNKNOWN: 'A row of an order that came from Omnium does not say which line it is',
  IMPORTED_TWICE: 'Omnium has several orders under the numbers of this receipt',
  IMPORTED_DIFFERENTLY: 'Omnium has an order of another amount under the numbers of this receipt',
  IMPORTED_LINE_UNKNOWN: 'The order that another system made of this receipt has no line for a row',
  RETURN_PERHAPS_IMPORTED: 'Omnium has a return of the same lines that names no receipt; it may be this one',
  NOT_YET_SUPPORTED_ORDER_TYPE: 'This order type is not yet supported',
  NOT_YET_SUPPORTED_ORDER_STATE: 'This order state is not yet supported',
  NOT_YET_SUPPORTED_SALES_TAX: 'Sales tax is not yet supported',
  NOT_YET_SUPPORTED_TAX_EXCLUDED_MARKET: 'VAT in a market without tax is not yet supported',
} as const;

export type RejectionCode = keyof typeof rejectionCodes;

export interface OrderRejection {
  readonly code: RejectionCode;
  /** Sitoo's path of the field, empty for the whole document. */
  readonly path: string;
  /** For people; carries ids, codes and quantities, never personal data or amounts. */
  readonly message: string;
}

/** Documents that are not sales and never will be. */
export const skipCodes = {
  PARKED_CART: 'A parked cart is not a sale; the purchase made from it is an order of its own',
  ABANDONED_CART: 'An abandoned order is not a sale',
  OMNIUM_CART: 'A cart of Omnium that the connector put into the store; the order made of it is an order of its own',
  BOOKING_NOT_WANTED: 'Bookings stay in Sitoo by the setting of this market; the purchase made from one is an order of its own',
} as const;

export type SkipCode = keyof typeof skipCodes;

export interface OrderSkip {
  readonly code: SkipCode;
  readonly message: string;
}

/** Imported all the same, and worth a look. */
export const warningCodes = {
  VAT_DIFFERS_FROM_RATE: "A row's VAT is a cent off what its rate gives; Omnium may show its own figure",
  TOTALS_WITHIN_TOLERANCE: "The rows are cents off the receipt's total; the total counts and the difference is in the round-off",
  TOTALS_DO_NOT_ADD_UP_IMPORTED: "The rows do not give the receipt's total; the total counts and the difference is in the round-off",
  PAYMENTS_DO_NOT_SUM: "The payments do not give the receipt's total",
  ORDER_UNPAID: 'The order is not paid',
  PAYMENT_FAILED: 'Sitoo says that the payment failed or was cancelled',
  LINE_EMPTY: 'A row without quantity and amount was left out',
  STOCK_LOCATION_UNKNOWN: "The receipt's warehouse leads to no stock location; the selling store stands in",
  DELIVERY_STATE_UNKNOWN: 'A delivery is in a state that nobody knows; it counts as handed over',
} as const;

export type WarningCode = keyof typeof warningCodes;

export interface OrderWarning {
  readonly code: WarningCode;
  readonly path: string;
  readonly message: string;
}

export type Step<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly rejection: OrderRejection };

export function accept<T>(value: T): Step<T> {
  return { ok: true, value };
}

/** @param detail ids, codes and quantities that help to find the cause, never personal data */
export function reject(code: RejectionCode, path: string, detail?: string): { ok: false; rejection: OrderRejection } {
  return { ok: false, rejection: { code, path, message: detail ? `${rejectionCodes[code]}: ${detail}` : rejectionCodes[code] } };
}

export function warn(code: WarningCode, path: string): OrderWarning {
  return { code, path, message: warningCodes[code] };
}

/** Maps a list, or stops at the first entry that is refused. */
export function each<T, U>(items: readonly T[], step: (item: T) => Step<U>): Step<U[]> {
  const values: U[] = [];
  for (const item of items) {
    const result = step(item);
    if (!result.ok) return result;
    values.push(result.value);
  }
  return accept(values);
}
