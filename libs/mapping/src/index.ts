export type { Amount } from './money/amount';
export { amount, toJsonNumber } from './money/amount';
export { type DecodedOrder, type DecodeProblem, decodeSitooOrder } from './order/decode-sitoo-order';
export { EXTERNAL_ID_ORDER, EXTERNAL_ID_RECEIPT, orderId, type OrderIdParts, PROPERTY_GROUP } from './order/identifiers';
export type { OrderContext, OrderMarket, PaymentMethodRule } from './order/order-context';
export {
  type OrderRejection,
  type OrderSkip,
  type OrderWarning,
  type RejectionCode,
  rejectionCodes,
  type SkipCode,
  skipCodes,
  type WarningCode,
  warningCodes,
} from './order/rejection';
export type { DecodedSitooOrder, SitooAddress, SitooBuyer, SitooData, SitooRow, SitooTender, SitooTotals } from './order/sitoo-order';
export { sitooOrderFields, sitooOrderSchema } from './order/sitoo-order.schema';
export { mapSitooOrder, type OrderMapping, toOmniumOrder } from './order/to-omnium-order';
export { netOf, vatByRate } from './vat/vat';
export { fieldOwnership, type OwnedField, renderFieldOwnership } from './order/reconcile/field-ownership';
export type { LoggableValue, OrderChange } from './order/reconcile/merge';
export type { WriteRule } from './order/reconcile/ownership';
export { type OrderReconciliation, reconcileOrder } from './order/reconcile/reconcile-order';
