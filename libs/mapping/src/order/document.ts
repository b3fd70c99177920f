import type { OmniumOrder } from '@connector/contracts';
import { orderCustomer } from '../customer/order-customer';
import { EXTERNAL_ID_ORDER, EXTERNAL_ID_RECEIPT, orderId } from './identifiers';
import { lineTotals } from './lines';
import type { OrderContext } from './order-context';
import { toPayments } from './payments';
import { sitooProperties } from './properties';
import { accept, type Step } from './rejection';
import type { Sale } from './sale';
import { toShipments } from './shipments';
import type { DecodedSitooOrder } from './sitoo-order';
import { formTotals } from './totals';

/** The whole Omnium document of a checked sale. */
export function toDocument(order: DecodedSitooOrder, sale: Sale, context: OrderContext): Step<OmniumOrder> {
  const id = orderId({ market: context.market.id, site: order.site, sitooOrderId: order.orderId });
  const soldAt = toUtc(order.orderedAt);
  const shipments = toShipments(order, sale, context);
  if (!shipments.ok) return shipments;
  const payments = toPayments(order, { orderId: id, storeId: sale.storeId, paidDate: soldAt }, context);
  if (!payments.ok) return payments;
  const totals = formTotals(lineTotals(sale.lines), sale.freight, sale.roundoff);
  return accept({
    id,
    orderNumber: id,
    orderOrigin: 'Sitoo',
    orderType: context.orderType,
    status: context.completedStatus,
    salesChannel: 'POS',
    marketId: context.market.id,
    storeId: sale.storeId,
    billingCurrency: order.currency,
    created: soldAt,
    completed: soldAt,
    // A finished till sale: locked in Omnium's user interface, and no mail about an order to someone who holds the goods.
    isReadOnly: true,
    isNotificationsDisabled: true,
    ...orderCustomer(order, context),
    ...salesPerson(order),
    externalIds: externalIds(order),
    properties: orderProperties(order, sale, soldAt),
    tags: ['sitoo'],
    orderForm: { lineItems: sale.lines.map(({ line }) => line), shipments: shipments.value, payments: payments.value, ...totals },
    netTotal: totals.total,
    netTotalExclTax: totals.totalExclTax,
  });
}

/** @param seconds Unix time @returns ISO 8601 in UTC, whole seconds as Sitoo gives them */
function toUtc(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
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

function externalIds({ orderId: sitooOrderId, data }: DecodedSitooOrder): NonNullable<OmniumOrder['externalIds']> {
  const receipt = data['pos-receiptid'];
  return [
    { providerName: EXTERNAL_ID_ORDER, id: String(sitooOrderId) },
    ...(receipt === undefined ? [] : [{ providerName: EXTERNAL_ID_RECEIPT, id: receipt }]),
  ];
}

/**
 * What Omnium has no field for, under the connector's group; additionaldata under Sitoo's own key names. Comments are properties rather than
 * notes, because nothing says that Omnium keeps the id of a note, and a note without id would be added again on every write.
 */
function orderProperties(order: DecodedSitooOrder, sale: Sale, soldAt: string): ReturnType<typeof sitooProperties> {
  return sitooProperties({
    SitooSiteId: order.site,
    SitooRegisterId: order.registerId,
    SitooWarehouseId: order.warehouseId,
    SitooOrderDate: soldAt,
    SitooCheckoutName: order.checkoutName,
    SitooCheckoutReference: order.checkoutReference,
    SitooComment: order.comment,
    SitooCommentInternal: order.commentInternal,
    SitooTotalsDifference: sale.totalsDifference.eq(0) ? undefined : sale.totalsDifference.toFixed(2),
    ...order.data,
  });
}
