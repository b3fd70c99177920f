import type { OmniumOrder, OmniumOrderForm, OmniumOrderLine, OmniumPayment, OmniumShipment } from '@connector/contracts';
import type { OmniumReturnForm } from '../family/return-form';
import type { OmniumProperty } from '../properties';
import { isOrderForward, isShipmentForward } from './status';

/**
 * When the connector writes a field:
 * - `always`: the receipt decides; whatever differs is put right;
 * - `once`: written while Omnium has nothing there;
 * - `create`: written with the new entry, then Omnium's;
 * - `raise`: written when it is more than Omnium has, so that what Omnium knows of its own work is not taken back;
 * - `forward`: written when it is a later state than Omnium's (reconcile/status.ts);
 * - `derived`: Omnium calculates it; written with the new order and together with an amount it is calculated from.
 */
export type WriteRule = 'always' | 'once' | 'create' | 'raise' | 'forward' | 'derived';

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
  /** Is the second state later than the first? For `forward`. */
  readonly isForward?: (before: string | undefined, after: string) => boolean;
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
  {
    field: 'status',
    rule: 'forward',
    reason: 'forward only, and never over a status that the connector does not know',
    isForward: isOrderForward,
    ...LOG,
  },
  { field: 'created', rule: 'create', reason: 'Omnium may set its own; property SitooOrderDate keeps the time of the sale', ...LOG },
  { field: 'completed', rule: 'once', reason: 'time of the sale or of its last delivery', ...LOG },
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
  { field: 'deliveredQuantity', rule: 'raise', reason: 'the till and Omnium both hand goods over', ...LOG },
  { field: 'canceledQuantity', rule: 'raise', reason: 'an order cancelled in Sitoo; Omnium may have cancelled units of its own', ...MONEY },
  { field: 'returnQuantity', rule: 'raise', reason: "all return forms together, the connector's and others", ...LOG },
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
  { field: 'status', rule: 'forward', reason: 'by the deliveries in Sitoo, forward only', isForward: isShipmentForward, ...LOG },
  { field: 'orderStatus', rule: 'forward', reason: 'by the deliveries in Sitoo, forward only', isForward: isOrderForward, ...LOG },
  { field: 'shipmentTrackingNumber', rule: 'once', reason: 'waybill of the last delivery in Sitoo; staff may know better', ...LOG },
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
  { field: 'transactionType', rule: 'always', reason: 'taken at once, held, taken out of what is held, or paid out', ...LOG },
  { field: 'status', rule: 'create', reason: 'Omnium may settle or fail it', ...LOG },
  { field: 'amount', rule: 'always', reason: 'the receipt', ...LOG },
  { field: 'paidDate', rule: 'always', reason: 'time of the sale', ...LOG },
  { field: 'storeId', rule: 'always', reason: 'the store on the receipt', ...LOG },
  { field: 'reason', rule: 'once', reason: 'why money was paid out', ...LOG },
  { field: 'internalReference', rule: 'always', reason: 'the return that the money was paid for', ...LOG },
  { field: 'orderLineReferences', rule: 'create', reason: 'the lines that the money was paid for' },
];

/** Return forms whose `returnId` the connector made; all others are Omnium's and its staff's. */
export const returnFormFields: readonly FieldRule<OmniumReturnForm>[] = [
  { field: 'returnId', rule: 'create', reason: 'the key: made from the id of the refund receipt' },
  { field: 'status', rule: 'create', reason: 'return workflows move it on', ...LOG },
  { field: 'storeId', rule: 'always', reason: 'where the goods went', ...LOG },
  { field: 'created', rule: 'create', reason: 'time of the refund; Omnium may set its own', ...LOG },
  { field: 'modified', rule: 'create', reason: 'set by Omnium', ...LOG },
  { field: 'rmaNumber', rule: 'once', reason: 'Omnium may number returns itself', ...LOG },
  { field: 'creditPayment', rule: 'create', reason: 'false: the till has paid the money back', ...LOG },
  { field: 'creditAmount', rule: 'always', reason: 'the refund receipt', ...MONEY },
  { field: 'returnComment', rule: 'once', reason: 'staff may say more' },
  { field: 'grossRoundoff', rule: 'always', reason: 'cash rounding of the refund receipt', nullIsZero: true, ...MONEY },
  { field: 'subTotal', rule: 'derived', reason: CALCULATED, ...LOG },
  { field: 'subTotalExclTax', rule: 'derived', reason: CALCULATED, ...LOG },
  { field: 'shippingSubTotal', rule: 'derived', reason: CALCULATED, ...LOG },
  { field: 'shippingSubTotalExclTax', rule: 'derived', reason: CALCULATED, ...LOG },
  { field: 'shippingTotal', rule: 'derived', reason: CALCULATED, ...LOG },
  { field: 'taxTotal', rule: 'derived', reason: CALCULATED, ...LOG },
  { field: 'total', rule: 'derived', reason: CALCULATED, ...LOG },
  { field: 'totalExclTax', rule: 'derived', reason: CALCULATED, ...LOG },
];

/** Lines of those return forms. */
export const returnLineFields: readonly FieldRule<OmniumOrderLine>[] = [
  { field: 'lineItemId', rule: 'create', reason: 'the key: the sold line' },
  { field: 'code', rule: 'always', reason: 'the SKU that came back', ...LOG },
  { field: 'displayName', rule: 'once', reason: 'Omnium enriches it from the product', ...LOG },
  { field: 'quantity', rule: 'always', reason: 'the refund receipt', ...MONEY },
  { field: 'returnQuantity', rule: 'always', reason: 'the refund receipt', ...MONEY },
  { field: 'unit', rule: 'once', reason: 'Omnium enriches it from the product', ...LOG },
  { field: 'placedPrice', rule: 'always', reason: 'the refund receipt', ...MONEY },
  { field: 'discounted', rule: 'always', reason: 'the refund receipt', ...MONEY },
  { field: 'taxRate', rule: 'always', reason: 'the refund receipt', ...MONEY },
  { field: 'returnReason', rule: 'once', reason: 'staff may say more' },
  { field: 'returnDate', rule: 'create', reason: 'time of the refund', ...LOG },
  { field: 'updateStock', rule: 'create', reason: 'staff may find the goods damaged', ...LOG },
  { field: 'isVirtualProduct', rule: 'always', reason: 'gift cards and fees move no stock', ...LOG },
  { field: 'placedPriceExclTax', rule: 'derived', reason: CALCULATED, ...LOG },
  { field: 'discountedExclTax', rule: 'derived', reason: CALCULATED, ...LOG },
  { field: 'discountedPrice', rule: 'derived', reason: CALCULATED, ...LOG },
  { field: 'discountedPriceExclTax', rule: 'derived', reason: CALCULATED, ...LOG },
  { field: 'extendedPrice', rule: 'derived', reason: CALCULATED, ...LOG },
  { field: 'extendedPriceExclTax', rule: 'derived', reason: CALCULATED, ...LOG },
  { field: 'taxTotal', rule: 'derived', reason: CALCULATED, ...LOG },
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

export interface StateOwnership {
  readonly state: string;
  /** What the connector writes. */
  readonly connector: string;
  /** What belongs to Omnium, its workflows and its staff. */
  readonly omnium: string;
}

/** Who may write what, by the state of the order. The rules above hold in every state; this says what is left of them. */
export const stateOwnership: readonly StateOwnership[] = [
  {
    state: 'booked',
    connector: 'the whole document at its creation, without payments; prices and quantities after it; the status when the booking ends',
    omnium: 'allocation, shipping method, sender, notes, tags',
  },
  {
    state: 'open, partlyDelivered, shipped, readyForPickup, pickupRejected',
    connector:
      'prices, quantities, payments; status and shipment status forward by what happened in Sitoo; delivered quantities upwards; the first waybill',
    omnium: 'allocation, split and moved lines, sender, shipping method, packing, its own deliveries, every status of its own',
  },
  {
    state: 'completed',
    connector: 'prices, quantities, payments, references: a late correction of the receipt is put right',
    omnium: 'customer, addresses, names after the first writing; any status beyond Completed',
  },
  {
    state: 'partlyReturned, returned',
    connector: 'return forms of its own ids, their payments, the returned quantity of the lines upwards, the net total when a form changed',
    omnium: 'return forms of other ids, status and comment of every form, fees and credits of its own',
  },
  {
    state: 'cancelled',
    connector: 'the status, the cancelled quantity upwards, the shipment unless Omnium has shipped it',
    omnium: 'everything else',
  },
  {
    state: 'came from Omnium (any)',
    connector:
      'the Sitoo order id, the tag, return forms and their payments, delivered and returned quantities upwards, states and waybill of the shipment; the status only when the whole order went to the store',
    omnium: 'the document: nothing is created, no price, line, payment or address is touched',
  },
];
