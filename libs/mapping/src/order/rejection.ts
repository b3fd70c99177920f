/** Why a receipt does not become an order. Stable: replay, alarms and the console go by these. */
export const rejectionCodes = {
  ORDER_MALFORMED: 'The document is not an order as Sitoo describes it',
  STORE_MISSING: 'The receipt names no store and its warehouse leads to none',
  STORE_UNKNOWN: 'No Omnium store carries the external id on the receipt',
  CURRENCY_MISMATCH: 'The receipt is in another currency than its market',
  TOTALS_DO_NOT_ADD_UP: "The rows, fees and round-off do not give the receipt's total",
  VAT_DOES_NOT_FIT_RATE: 'The VAT of a row is not what its rate gives',
  FEE_VAT_RATE_UNCLEAR: 'No VAT rate gives the net and VAT of a fee',
  FEE_WITHOUT_LINES: 'A delivery fee without any line has no delivery to stand on',
  LINE_WITHOUT_SKU: 'A row has no SKU and is not a gift card with a configured SKU',
  LINE_DUPLICATED: 'Two rows carry the same orderitemid',
  LINE_QUANTITY_ZERO: 'A row has an amount but no quantity',
  DISCOUNT_ROW_WITHOUT_PRODUCT: 'A discount row follows no product row',
  DISCOUNT_ROW_TOO_LARGE: 'A discount row takes more than its product row gives',
  DISCOUNT_ROW_VAT_DIFFERS: 'A discount row has another VAT rate than its product row',
  NO_SHIPMENT_OPTION: 'The market has no shipment option of the kind that is needed',
  PAYMENT_METHOD_UNKNOWN: 'No rule maps the payment type to an Omnium payment method',
  NOT_YET_SUPPORTED_RETURN: 'Returns are not yet supported',
  NOT_YET_SUPPORTED_EXCHANGE: 'Exchanges are not yet supported',
  NOT_YET_SUPPORTED_BOOKING: 'Bookings are not yet supported',
  NOT_YET_SUPPORTED_OPEN_ORDER: 'Open orders (endless aisle, ship later) are not yet supported',
  NOT_YET_SUPPORTED_CANCELLED: 'Cancelled orders are not yet supported',
  NOT_YET_SUPPORTED_WEB_ORDER: 'Orders that did not come from a register are not yet supported',
  NOT_YET_SUPPORTED_UNPAID: 'Closed orders that are not paid are not yet supported',
  NOT_YET_SUPPORTED_RESERVED_PAYMENT: 'Reserved payments are not yet supported',
  NOT_YET_SUPPORTED_ORDER_TYPE: 'This order type is not yet supported',
  NOT_YET_SUPPORTED_ORDER_STATE: 'This order state is not yet supported',
  NOT_YET_SUPPORTED_SALES_TAX: 'Sales tax is not yet supported',
  NOT_YET_SUPPORTED_TAX_EXCLUDED_MARKET: 'VAT in a market without tax is not yet supported',
  NOT_YET_SUPPORTED_NEGATIVE_AMOUNT: 'A negative row, fee or total of a sale is not yet supported',
  NOT_YET_SUPPORTED_CASH_BACK: 'More paid back than paid with one method is not yet supported',
} as const;

export type RejectionCode = keyof typeof rejectionCodes;

export interface OrderRejection {
  readonly code: RejectionCode;
  /** Sitoo's path of the field, empty for the whole document. */
  readonly path: string;
  /** For people; carries ids and codes, never personal data or amounts. */
  readonly message: string;
}

/** Documents that are not sales and never will be. */
export const skipCodes = {
  PARKED_CART: 'A parked cart is not a sale; the purchase made from it is an order of its own',
  ABANDONED_CART: 'An abandoned order is not a sale',
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
  PAYMENTS_DO_NOT_SUM: "The payments do not give the receipt's total",
  LINE_EMPTY: 'A row without quantity and amount was left out',
  STOCK_LOCATION_UNKNOWN: "The receipt's warehouse leads to no stock location; the selling store stands in",
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

/** @param detail ids and codes that help to find the cause, never personal data */
export function reject(code: RejectionCode, path: string, detail?: string): { ok: false; rejection: OrderRejection } {
  return { ok: false, rejection: { code, path, message: detail ? `${rejectionCodes[code]}: ${detail}` : rejectionCodes[code] } };
}

export function warn(code: WarningCode, path: string): OrderWarning {
  return { code, path, message: warningCodes[code] };
}
