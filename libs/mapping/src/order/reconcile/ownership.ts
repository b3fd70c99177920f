import type { OmniumOrder, OmniumOrderForm, OmniumOrderLine, OmniumPayment, OmniumShipment } from '@connector/contracts';
import type { OmniumProperty } from '../properties';

/**
 * When the connector writes a field of a completed till sale:
 * - `always`: the receipt decides; whatever differs is put right;
 * - `once`: written while Omnium has nothing there;
 * - `create`: written with the new order, then Omnium's;
 * - `derived`: Omnium calculates it; written with the new order and together with an amount it is calculated from.
 */
export type WriteRule = 'always' | 'once' | 'create' | 'derived';

export interface FieldRule<T> {
  readonly field: keyof T & string;
  readonly rule: WriteRule;
  readonly reason: string;
  /** Totals follow from this field. */
  readonly isMoney?: true;
  /** The value may be logged: an amount, a code, never anything about a person. */
  readonly isLoggable?: true;
  /** Omnium may store null for 0. */
  readonly nullIsZero?: true;
}

export type ExternalId = NonNullable<OmniumOrder['externalIds']>[number];

const LOG = { isLoggable: true } as const;
const MONEY = { isLoggable: true, isMoney: true } as const;

const CALCULATED = 'calculated by Omnium';
const BUYER = 'staff correct it, the tenant reformats it, the customer flow links it';

export const orderFields: readonly FieldRule<OmniumOrder>[] = [
  { field: 'id', rule: 'create', reason: 'the key' },
  { field: 'orderNumber', rule: 'create', reason: 'defaults to the key' },
  { field: 'marketId', rule: 'always', reason: 'from the connector of the market', ...LOG },
  { field: 'storeId', rule: 'always', reason: 'the store on the receipt', ...LOG },
  { field: 'billingCurrency', rule: 'always', reason: "the receipt's currency", ...LOG },
  { field: 'orderOrigin', rule: 'once', reason: 'a label', ...LOG },
  { field: 'salesChannel', rule: 'once', reason: 'a label', ...LOG },
  { field: 'orderType', rule: 'create', reason: 'selects the workflow', ...LOG },
  { field: 'status', rule: 'create', reason: 'staff, workflows and returns move it on', ...LOG },
  { field: 'created', rule: 'create', reason: 'Omnium may set its own; property SitooOrderDate keeps the time of the sale', ...LOG },
  { field: 'completed', rule: 'once', reason: 'time of the sale', ...LOG },
  { field: 'isReadOnly', rule: 'create', reason: 'staff may unlock the order', ...LOG },
  { field: 'isNotificationsDisabled', rule: 'create', reason: 'staff may turn it on', ...LOG },
  { field: 'salesPersonId', rule: 'always', reason: 'the till knows who sold' },
  { field: 'salesPersonName', rule: 'always', reason: 'the till knows who sold' },
  { field: 'customerId', rule: 'once', reason: BUYER },
  { field: 'customerName', rule: 'once', reason: BUYER },
  { field: 'customerEmail', rule: 'once', reason: BUYER },
  { field: 'customerPhone', rule: 'once', reason: BUYER },
  { field: 'customerType', rule: 'once', reason: BUYER },
  { field: 'customerReference', rule: 'once', reason: BUYER },
  { field: 'billingAddress', rule: 'once', reason: BUYER },
  { field: 'netTotal', rule: 'derived', reason: 'form total less return forms', ...LOG },
  { field: 'netTotalExclTax', rule: 'derived', reason: CALCULATED, ...LOG },
];

export const formFields: readonly FieldRule<OmniumOrderForm>[] = [
  { field: 'grossRoundoff', rule: 'always', reason: 'cash rounding of the receipt', nullIsZero: true, ...MONEY },
  { field: 'subTotal', rule: 'derived', reason: CALCULATED, ...LOG },
  { field: 'subTotalExclTax', rule: 'derived', reason: CALCULATED, ...LOG },
  { field: 'shippingSubTotal', rule: 'derived', reason: CALCULATED, ...LOG },
  { field: 'shippingSubTotalExclTax', rule: 'derived', reason: CALCULATED, ...LOG },
  { field: 'shippingTotal', rule: 'derived', reason: CALCULATED, ...LOG },
  { field: 'taxTotal', rule: 'derived', reason: CALCULATED, ...LOG },
  { field: 'total', rule: 'derived', reason: CALCULATED, ...LOG },
  { field: 'totalExclTax', rule: 'derived', reason: CALCULATED, ...LOG },
];

export const lineFields: readonly FieldRule<OmniumOrderLine>[] = [
  { field: 'lineItemId', rule: 'create', reason: 'the key: orderitemid' },
  { field: 'code', rule: 'always', reason: 'the SKU that was sold', ...LOG },
  { field: 'displayName', rule: 'once', reason: 'Omnium enriches it from the product', ...LOG },
  { field: 'quantity', rule: 'always', reason: 'the receipt', ...MONEY },
  { field: 'deliveredQuantity', rule: 'always', reason: 'a completed sale is handed over', ...LOG },
  { field: 'unit', rule: 'once', reason: 'Omnium enriches it from the product', ...LOG },
  { field: 'placedPrice', rule: 'always', reason: 'the receipt', ...MONEY },
  { field: 'discounted', rule: 'always', reason: 'the receipt', ...MONEY },
  { field: 'taxRate', rule: 'always', reason: 'the receipt', ...MONEY },
  { field: 'campaignId', rule: 'always', reason: 'the campaign on the receipt', ...LOG },
  { field: 'discountReasonCode', rule: 'always', reason: 'the reason given at the till', ...LOG },
  { field: 'isExcludedFromPromotions', rule: 'always', reason: 'no promotion may change a price that was paid', ...LOG },
  { field: 'isVirtualProduct', rule: 'always', reason: 'gift cards and fees move no stock', ...LOG },
  { field: 'isReadOnly', rule: 'create', reason: 'staff may unlock the line', ...LOG },
  { field: 'placedPriceExclTax', rule: 'derived', reason: CALCULATED, ...LOG },
  { field: 'discountedExclTax', rule: 'derived', reason: CALCULATED, ...LOG },
  { field: 'discountedPrice', rule: 'derived', reason: CALCULATED, ...LOG },
  { field: 'discountedPriceExclTax', rule: 'derived', reason: CALCULATED, ...LOG },
  { field: 'extendedPrice', rule: 'derived', reason: CALCULATED, ...LOG },
  { field: 'extendedPriceExclTax', rule: 'derived', reason: CALCULATED, ...LOG },
  { field: 'taxTotal', rule: 'derived', reason: CALCULATED, ...LOG },
];

export const shipmentFields: readonly FieldRule<OmniumShipment>[] = [
  { field: 'shipmentId', rule: 'create', reason: 'the key' },
  { field: 'status', rule: 'create', reason: 'moved on by Omnium', ...LOG },
  { field: 'orderStatus', rule: 'create', reason: 'moved on by Omnium', ...LOG },
  { field: 'shippingMethodName', rule: 'once', reason: 'staff may choose another', ...LOG },
  { field: 'shippingMethodId', rule: 'once', reason: 'staff may choose another', ...LOG },
  { field: 'warehouseCode', rule: 'once', reason: 'staff may reallocate', ...LOG },
  { field: 'pickUpWarehouseCode', rule: 'once', reason: 'staff may reallocate', ...LOG },
  { field: 'address', rule: 'once', reason: BUYER },
  { field: 'shipmentTaxRate', rule: 'always', reason: 'the VAT rate behind the delivery fee', ...MONEY },
  { field: 'shippingSubTotal', rule: 'always', reason: 'the delivery fee of the receipt', nullIsZero: true, ...MONEY },
  { field: 'shippingSubTotalExclTax', rule: 'derived', reason: CALCULATED, ...LOG },
  { field: 'shippingTax', rule: 'derived', reason: CALCULATED, ...LOG },
  { field: 'shippingTotal', rule: 'derived', reason: CALCULATED, ...LOG },
  { field: 'subTotal', rule: 'derived', reason: CALCULATED, ...LOG },
  { field: 'taxTotal', rule: 'derived', reason: CALCULATED, ...LOG },
  { field: 'total', rule: 'derived', reason: CALCULATED, ...LOG },
];

export const paymentFields: readonly FieldRule<OmniumPayment>[] = [
  { field: 'id', rule: 'create', reason: 'the key' },
  { field: 'paymentMethodName', rule: 'always', reason: 'from the payment rules', ...LOG },
  { field: 'paymentType', rule: 'always', reason: 'from the payment rules', ...LOG },
  { field: 'transactionId', rule: 'always', reason: "the provider's reference on the receipt" },
  { field: 'transactionType', rule: 'always', reason: 'money taken at once', ...LOG },
  { field: 'status', rule: 'create', reason: 'Omnium may settle or fail it', ...LOG },
  { field: 'amount', rule: 'always', reason: 'the receipt', ...LOG },
  { field: 'paidDate', rule: 'always', reason: 'time of the sale', ...LOG },
  { field: 'storeId', rule: 'always', reason: 'the store on the receipt', ...LOG },
];

/** Entries of the connector's own key group; all others are Omnium's. */
export const propertyFields: readonly FieldRule<OmniumProperty>[] = [
  { field: 'key', rule: 'create', reason: 'the key, within group Sitoo' },
  { field: 'keyGroup', rule: 'create', reason: 'the key, within group Sitoo' },
  { field: 'value', rule: 'always', reason: 'the receipt' },
];

/** Entries whose provider name the connector writes. */
export const externalIdFields: readonly FieldRule<ExternalId>[] = [
  { field: 'providerName', rule: 'create', reason: 'the key' },
  { field: 'id', rule: 'always', reason: 'the receipt', ...LOG },
];
