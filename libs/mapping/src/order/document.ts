import type { OmniumOrder } from '@connector/contracts';
import { orderCustomer } from '../customer/order-customer';
import { type Amount, toJsonNumber, ZERO } from '../money/amount';
import { deliveredOf, type FamilyDeliveries } from './family/deliveries';
import type { OrderFamily } from './family/family';
import { exchangeRefundOf, exchangeSaleOf, originalOf, sourceOrderOf } from './family/family-root';
import {
  EXTERNAL_ID_EXCHANGE_REFUND,
  EXTERNAL_ID_EXCHANGE_SALE,
  EXTERNAL_ID_ORDER,
  EXTERNAL_ID_ORIGINAL,
  EXTERNAL_ID_RECEIPT,
  EXTERNAL_ID_SOURCE,
  orderId,
} from './identifiers';
import { type LineFigures, lineTotals, type MappedLine, toCheckoutFeeLine, toDeliveryFeeLine, toLine } from './lines';
import type { OrderContext } from './order-context';
import { type OrderStateName, statusOf } from './order-state';
import { toPayments } from './payments';
import { sitooProperties } from './properties';
import type { Receipt } from './receipt';
import { accept, each, reject, type Step } from './rejection';
import { shipmentLeaf } from './shipment-option';
import { toShipments } from './shipments';
import type { DecodedSitooOrder } from './sitoo-order';
import { formTotals } from './totals';

/** What a document is made of; returns are added afterwards. */
export interface DocumentParts {
  readonly family: OrderFamily;
  readonly receipt: Receipt;
  readonly deliveries: FamilyDeliveries;
  /** Where the order stands, returns aside. */
  readonly state: OrderStateName;
}

/** What was sold, delivered and paid: the document without what came back. */
export function toDocument(parts: DocumentParts, context: OrderContext): Step<OmniumOrder & { id: string }> {
  const { receipt, state } = parts;
  const { order, storeId } = receipt;
  const id = idOf(order, context);
  const soldAt = toUtc(order.orderedAt);
  const goods = toGoods(parts, context);
  if (!goods.ok) return goods;
  const { lines, freight } = goods.value;
  const shipments = toShipments({ ...parts, lines, freight }, context);
  if (!shipments.ok) return shipments;
  const payments = toPayments(order, { orderId: id, storeId, paidDate: soldAt, refund: refundOf(receipt) }, context);
  if (!payments.ok) return payments;
  const totals = formTotals(lineTotals(lines), freight, roundoffOf(parts));
  return accept({
    id,
    orderNumber: id,
    orderOrigin: 'Sitoo',
    orderType: context.orderType,
    status: statusOf(state, context),
    salesChannel: 'POS',
    marketId: context.market.id,
    storeId,
    billingCurrency: order.currency,
    created: soldAt,
    // A finished till sale: locked in Omnium's user interface, and no mail about an order to someone who holds the goods.
    ...(state === 'completed' ? { completed: completedAt(parts), isReadOnly: true, isNotificationsDisabled: true } : {}),
    ...orderCustomer(order, context),
    ...salesPerson(order),
    externalIds: externalIds(order),
    properties: orderProperties(receipt, soldAt),
    tags: ['sitoo'],
    ...replacements(order, context),
    orderForm: { lineItems: lines.map(({ line }) => line), shipments: shipments.value, payments: payments.value, ...totals },
    netTotal: totals.total,
    netTotalExclTax: totals.totalExclTax,
  });
}

export function idOf({ site, orderId: sitooOrderId }: DecodedSitooOrder, { market }: OrderContext): string {
  return orderId({ market: market.id, site, sitooOrderId });
}

/** `sitoo-{receipt}`: the return's number for people (api-guide 7.6). */
export function rmaNumberOf({ orderId: sitooOrderId, data }: DecodedSitooOrder): string {
  return `sitoo-${data['pos-receiptid'] ?? sitooOrderId}`;
}

interface Goods {
  readonly lines: readonly MappedLine[];
  readonly freight: LineFigures | undefined;
}

function toGoods(parts: DocumentParts, context: OrderContext): Step<Goods> {
  const { family, receipt, deliveries, state } = parts;
  const products = each(receipt.sold, (row) => {
    const delivered = deliveredOf(row, family, deliveries);
    const canceled = state === 'cancelled' ? row.product.pricedQuantity.minus(delivered) : ZERO;
    return toLine(row, { delivered, canceled, isFinished: state === 'completed' }, context);
  });
  if (!products.ok) return products;
  const isVoid = isNothingLeft(parts);
  const { checkout, delivery } = isVoid ? { checkout: undefined, delivery: undefined } : receipt.fees;
  const lines = checkout ? [...products.value, toCheckoutFeeLine(checkout, context)] : products.value;
  if (delivery && lines.length === 0 && receipt.back.length === 0) return reject('FEE_WITHOUT_LINES', 'moneydelivery_net');
  // Without a delivery there is nothing for the fee to stand on but a line.
  if (delivery && shipmentLeaf(receipt.order) === 'none')
    return accept({ lines: [...lines, toDeliveryFeeLine(delivery, context)], freight: undefined });
  return accept({ lines, freight: delivery });
}

/** Cancelled before anything was delivered: no fee is owed and nothing is rounded. */
function isNothingLeft({ family, receipt, deliveries, state }: DocumentParts): boolean {
  return state === 'cancelled' && receipt.sold.every((row) => deliveredOf(row, family, deliveries).eq(0));
}

/** Rounding stands where the goods are: with what was sold, or, when goods only came back, in the return form. */
function roundoffOf(parts: DocumentParts): Amount {
  return isNothingLeft(parts) || isRoundedInReturn(parts.receipt) ? ZERO : parts.receipt.roundoff;
}

export function isRoundedInReturn({ sold, back, fees }: Receipt): boolean {
  return sold.length === 0 && (back.length > 0 || fees.checkoutBack !== undefined || fees.deliveryBack !== undefined);
}

function refundOf({ order, sold, back }: Receipt): { rmaNumber: string; lineItemIds: string[] } | undefined {
  if (sold.length > 0 || back.length === 0) return undefined;
  return { rmaNumber: rmaNumberOf(order), lineItemIds: back.map(({ product }) => String(product.itemId)) };
}

/** @param seconds Unix time @returns ISO 8601 in UTC, whole seconds as Sitoo gives them */
export function toUtc(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

/** The sale, or the last delivery after it. */
function completedAt({ family, deliveries }: DocumentParts): string {
  const times = deliveries.live.map(({ delivery }) => delivery.deliveredAt ?? 0);
  return toUtc(Math.max(family.root.orderedAt, ...times));
}

/** The staff credited with the sale, else the cashier; the retailer's own id before Sitoo's. */
function salesPerson({ data, staffUserId }: DecodedSitooOrder): Pick<OmniumOrder, 'salesPersonId' | 'salesPersonName'> {
  const id =
    data['pos-staffsales-externalid'] ??
    data['pos-staff-externalid'] ??
    data['pos-staffsales-userid'] ??
    data['pos-staff-userid'] ??
    staffUserId;
  const name = data['pos-staffsales-name'];
  return { ...(id === undefined ? {} : { salesPersonId: id }), ...(name === undefined ? {} : { salesPersonName: name }) };
}

/** The receipt's own ids, and those of the receipts it belongs together with. */
export function externalIds(order: DecodedSitooOrder): NonNullable<OmniumOrder['externalIds']> {
  const ids: readonly (readonly [string, number | string | undefined])[] = [
    [EXTERNAL_ID_ORDER, order.orderId],
    [EXTERNAL_ID_RECEIPT, order.data['pos-receiptid']],
    [EXTERNAL_ID_ORIGINAL, originalOf(order)],
    [EXTERNAL_ID_EXCHANGE_REFUND, exchangeRefundOf(order)],
    [EXTERNAL_ID_EXCHANGE_SALE, exchangeSaleOf(order)],
    [EXTERNAL_ID_SOURCE, sourceOrderOf(order)],
  ];
  return ids.flatMap(([providerName, value]) => (value === undefined ? [] : [{ providerName, id: String(value) }]));
}

/** The purchase made in the same exchange, by its Omnium id: a purchase always has a document of its own. */
export function replacements(order: DecodedSitooOrder, { market }: OrderContext): { replacementOrderIds?: string[] } {
  const sale = exchangeSaleOf(order);
  return sale === undefined ? {} : { replacementOrderIds: [orderId({ market: market.id, site: order.site, sitooOrderId: sale })] };
}

/**
 * What Omnium has no field for, under the connector's group; additionaldata under Sitoo's own key names. Comments are properties rather than
 * notes, because nothing says that Omnium keeps the id of a note, and a note without id would be added again on every write.
 */
export function orderProperties({ order, totalsDifference }: Receipt, at: string): ReturnType<typeof sitooProperties> {
  return sitooProperties({
    SitooSiteId: order.site,
    SitooRegisterId: order.registerId,
    SitooWarehouseId: order.warehouseId,
    SitooOrderDate: at,
    SitooCheckoutName: order.checkoutName,
    SitooCheckoutReference: order.checkoutReference,
    SitooComment: order.comment,
    SitooCommentInternal: order.commentInternal,
    SitooReservedUntil: order.reservedUntil === undefined ? undefined : toUtc(order.reservedUntil),
    SitooTotalsDifference: totalsDifference.eq(0) ? undefined : totalsDifference.toFixed(2),
    ...order.data,
  });
}

/** `netTotal = orderForm.total - sum(returnOrderForms.total)` (api-guide 7.4). */
export function withReturns(
  order: OmniumOrder & { id: string },
  returns: { total: Amount; totalExclTax: Amount },
): OmniumOrder & { id: string } {
  const less = (total: number | undefined, back: Amount) => toJsonNumber(ZERO.plus(total ?? 0).minus(back));
  return {
    ...order,
    netTotal: less(order.netTotal, returns.total),
    netTotalExclTax: less(order.netTotalExclTax, returns.totalExclTax),
  };
}
