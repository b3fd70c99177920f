export type { Amount } from './money/amount';
export { amount, toJsonNumber } from './money/amount';
export { type DecodedOrder, type DecodeProblem, decodeSitooOrder } from './order/decode-sitoo-order';
export { explainOrder, type FieldExplanation } from './order/explain/explain-order';
export { hashOf, mappingVersion } from './order/explain/hash';
export { type ImportedJudgement, type ImportedOrder, judgeImported, referencesOf } from './order/imported/judge-imported';
export { isOpenOrder } from './order/family/imported-order';
export { deliveryStates, type DeliveryStateName } from './order/family/deliveries';
export { omniumOrderOf } from './order/family/classify';
export { type FamilySignals, familyOf, noSignals, type OrderFamily, pickupSignals } from './order/family/family';
export { exchangeRefundOf, exchangeSaleOf, type FamilyRoot, familyRoot, originalOf, sourceOrderOf } from './order/family/family-root';
export { type FamilyMapping, mapFamily } from './order/family/map-family';
export type { RefusedRefund } from './order/family/returns';
export { latestDeliveryStates } from './order/family/told-deliveries';
export { type PlacedReturns, placedReturns } from './order/family/placed-returns';
export { type DecodedDelivery, decodeSitooDelivery, type SitooDelivery } from './order/family/sitoo-delivery';
export {
  EXTERNAL_ID_EXCHANGE_REFUND,
  EXTERNAL_ID_EXCHANGE_SALE,
  EXTERNAL_ID_ORDER,
  EXTERNAL_ID_ORIGINAL,
  EXTERNAL_ID_RECEIPT,
  EXTERNAL_ID_SOURCE,
  OMNIUM_LINE_TAG,
  OMNIUM_ORDER_TAG,
  OMNIUM_SHIPMENT_TAG,
  orderId,
  type OrderIdParts,
  PROPERTY_GROUP,
  returnId,
} from './order/identifiers';
export { ORDER_STATE, ORDER_TYPE } from './order/receipt';
export type { OmniumAddress, OrderContext, OrderMarket, PaymentMethodRule } from './order/order-context';
export { orderStates, type OrderStateName, statusOf } from './order/order-state';
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
export type {
  DecodedSitooOrder,
  SitooAddress,
  SitooBuyer,
  SitooData,
  SitooLogEntry,
  SitooReservation,
  SitooRow,
  SitooTender,
  SitooTotals,
} from './order/sitoo-order';
export { sitooOrderFields, sitooOrderSchema } from './order/sitoo-order.schema';
export { mapSitooOrder, type OrderMapping, toOmniumOrder } from './order/to-omnium-order';
export { netOf, vatByRate } from './vat/vat';
export { fieldOwnership, type OwnedField, renderFieldOwnership } from './order/reconcile/field-ownership';
export type { LoggableValue, OrderChange } from './order/reconcile/merge';
export type { WriteRule } from './order/reconcile/ownership';
export { type OrderReconciliation, reconcileOrder } from './order/reconcile/reconcile-order';
export { compareImported } from './order/shadow/compare-imported';
export { compareOwn } from './order/shadow/compare-own';
export type { Comparison, Difference, DifferenceKind } from './order/shadow/difference';
export { type ComparedReceipt, type DifferenceGroup, type Parity, parityOf } from './order/shadow/parity';
export { CART_TAG, type OmniumCart, readCart, toSitooCart } from './web-order/cart';
export { decideSitooWrite, decideSitooWrites, externalIdsToLookUp, takeCartsAway } from './web-order/decide';
export { cartRevisionIds, decideCartWrites } from './web-order/decide-cart';
export type { CancelReason, IdleReason, SitooWrite } from './web-order/writes';
export { type ExportedOrder, readExportedOrder } from './web-order/exported-order';
export { cartIdToLookUp, type ExternalIdParts, omniumOrderIdOf, readExternalId, sitooExternalIdOf } from './web-order/external-id';
export { type WebOrderRejection, type WebOrderRejectionCode, webOrderRejectionCodes } from './web-order/rejection';
export { kindTags, type SitooWebOrder, type SitooWebOrderBody, toSitooOrders, WEB_ORDER_TAG } from './web-order/to-sitoo-order';
export { orderStatuses, type OrderStatuses, type StoreFlow, type WebOrderContext } from './web-order/web-order-context';
export type { WebOrderKind } from './web-order/allocations';
export { localDate, tradingDayOf } from './trading-day/day';
export { describeDay } from './trading-day/describe-day';
export { type DayDifference, type DayInput, type DayProof, type NamedReceipt, proveTradingDay } from './trading-day/prove-day';
export type { OrdersById } from './trading-day/order-figures';
