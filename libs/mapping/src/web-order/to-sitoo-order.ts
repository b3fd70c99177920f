import type { OmniumOrder, SitooOrderWrite } from '@connector/contracts';
import { amount, sum } from '../money/amount';
import { OMNIUM_ORDER_TAG, OMNIUM_SHIPMENT_TAG } from '../order/identifiers';
import { allocationsOf, shipmentParts, type Allocation, type WebOrderKind } from './allocations';
import { sitooExternalIdOf } from './external-id';
import { contactOf, isAddress, type ContactFields } from './people';
import { sitooPayments } from './payments';
import { accepted, allAccepted, rejected, type WebOrderStep } from './rejection';
import { sitooRows, type SitooRowWrite } from './rows';
import { unixSeconds } from './times';
import type { WebOrderContext } from './web-order-context';

/** Tags on every order we make, after Sitoo's own guide (orders-and-customers section 11); they tell reports and echo handling what it is. */
export const WEB_ORDER_TAG = 'weborder';
export const kindTags: Readonly<Record<WebOrderKind, string>> = {
  'pick-up': 'weborder-bopis',
  'ship-from-store': 'weborder-bosfs',
  'return-in-store': 'weborder-boris',
};

export type SitooWebOrderBody = Pick<SitooOrderWrite, 'currencycode' | 'payments' | 'orderdate' | 'datereserved'> &
  ContactFields & {
    externalid: string;
    ordertypeid: 10 | 100 | 110;
    orderstateid: 0 | 10;
    paymentstateid: 0 | 20;
    warehouseid?: number;
    additionaldata: Record<string, string>;
    orderitems: SitooRowWrite[];
  };

/** One Sitoo order of an Omnium order: what one store has to do. */
export interface SitooWebOrder {
  readonly kind: WebOrderKind;
  readonly shipmentId: string;
  /** From 1, when the order is split. */
  readonly part: number | undefined;
  readonly body: SitooWebOrderBody;
}

/**
 * What Sitoo gets for an Omnium order: one order per shipment that a store handles, none when no store has to do with it. Paid is what
 * Sitoo's guide demands of web orders, so the caller lets only paid ones come here.
 */
export function toSitooOrders(order: OmniumOrder, context: WebOrderContext): WebOrderStep<SitooWebOrder[]> {
  if (!order.id) return rejected('ORDER_WITHOUT_ID', 'id');
  if (order.billingCurrency && order.billingCurrency !== context.market.currency)
    return rejected('CURRENCY_MISMATCH', 'billingCurrency', order.billingCurrency);
  const allocations = allocationsOf(order, context);
  if (!allocations.ok) return allocations;
  const parts = shipmentParts(order);
  const isSplit = allocations.value.length > 1;
  const steps = allocations.value.map((allocation) =>
    webOrder(order, allocation, isSplit ? parts.get(allocation.shipment) : undefined, context),
  );
  return allAccepted(steps);
}

function webOrder(
  order: OmniumOrder,
  { kind, path, shipmentId, shipment, warehouseId }: Allocation,
  part: number | undefined,
  context: WebOrderContext,
): WebOrderStep<SitooWebOrder> {
  const externalid = sitooExternalIdOf(order.id ?? '', { part });
  if (externalid === undefined) return rejected('EXTERNAL_ID_TOO_LONG', 'id', order.id ?? '');
  if (kind === 'ship-from-store' && !isAddress(shipment.address)) return rejected('ADDRESS_MISSING', `${path}.address`, shipmentId);
  const rows = sitooRows(shipment.lineItems ?? [], context.market.defaultTaxRate, `${path}.lineItems`);
  if (!rows.ok) return rows;
  const isOver = kind === 'return-in-store';
  const deliverTo = kind === 'ship-from-store' ? (shipment.address ?? undefined) : undefined;
  const body: SitooWebOrderBody = {
    externalid,
    ordertypeid: 10,
    orderstateid: isOver ? 10 : 0,
    paymentstateid: 20,
    currencycode: order.billingCurrency ?? context.market.currency,
    ...(warehouseId === undefined ? {} : { warehouseid: warehouseId }),
    ...contactOf(order, deliverTo),
    ...(isOver ? overFields(order, rows.value, context) : reservedUntil(order)),
    additionaldata: tagsOf(kind, order.id ?? '', shipmentId),
    orderitems: rows.value,
  };
  return accepted({ kind, shipmentId, part, body });
}

/** Stock is held for a pick-up until the customer's deadline, when there is one; else for as long as Sitoo's own setting says. */
function reservedUntil({ customerPickupDeadline }: OmniumOrder): Pick<SitooWebOrderBody, 'datereserved'> {
  const datereserved = unixSeconds(customerPickupDeadline);
  return datereserved === undefined ? {} : { datereserved };
}

/** What a till needs to take goods back: when they were bought and how they were paid (orders-and-customers section 11, BORIS). */
function overFields(
  order: OmniumOrder,
  rows: readonly SitooRowWrite[],
  context: WebOrderContext,
): Pick<SitooWebOrderBody, 'orderdate' | 'payments'> {
  const total = sum(rows.map(({ moneyrowprice = '0', moneyrowdiscount = '0' }) => amount(moneyrowprice).minus(moneyrowdiscount)));
  const payments = sitooPayments(order.orderForm?.payments ?? [], total, context);
  const orderdate = unixSeconds(order.created);
  return { ...(orderdate === undefined ? {} : { orderdate }), ...(payments.length === 0 ? {} : { payments }) };
}

/** The way back names order and shipment, whatever the external id: shipments keep their number when others come and go. */
function tagsOf(kind: WebOrderKind, omniumOrderId: string, shipmentId: string): Record<string, string> {
  const origin = { [OMNIUM_ORDER_TAG]: omniumOrderId, [OMNIUM_SHIPMENT_TAG]: shipmentId };
  const tags = { [WEB_ORDER_TAG]: 'true', [kindTags[kind]]: 'true', ...origin };
  return kind === 'return-in-store' ? { ...tags, 'delivery-ignore-stock': 'true' } : tags;
}
