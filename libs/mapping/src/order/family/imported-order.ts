import type { OmniumOrder, OmniumOrderLine, OmniumShipment } from '@connector/contracts';
import { toJsonNumber, ZERO } from '../../money/amount';
import type { ImportedOrder } from '../imported/judge-imported';
import { pairLines } from '../imported/pair-lines';
import type { OrderContext } from '../order-context';
import { statusOf } from '../order-state';
import type { Receipt } from '../receipt';
import { accept, each, reject, type Step } from '../rejection';
import { deliveredOf } from './deliveries';
import { type OmniumPatchParts, toShipmentPatch } from './omnium-order';
import { returnedOf, type SoldLine } from './return-lines';

/** Statuses of an order that is still being delivered (OrderStatusName). */
const openStatuses: ReadonlySet<string> = new Set([
  'New',
  'InProgress',
  'PartiallyShipped',
  'ReadyForShipment',
  'ReadyForPickup',
  'InTransit',
  'Shipped',
  'OnHold',
]);

/** Is this order of Omnium still being delivered? */
export function isOpenOrder({ status }: Pick<OmniumOrder, 'status'>): boolean {
  return status != null && openStatuses.has(status);
}

/** The lines of an order that another system made of a receipt, one for each row that was sold. */
export function importedLines({ sold }: Receipt, { orderForm }: ImportedOrder): Step<SoldLine[]> {
  const wanted = sold.map(({ product: { itemId, sku, pricedQuantity } }) => ({
    lineItemId: String(itemId),
    sku,
    quantity: pricedQuantity,
  }));
  const pairs = pairLines(wanted, orderForm?.lineItems ?? []);
  return each(sold, ({ product: { index, itemId, sku, pricedQuantity: quantity } }) => {
    const line = pairs.get(String(itemId));
    if (!line) return reject('IMPORTED_LINE_UNKNOWN', `orderitems[${index}].sku`);
    return accept({ itemId, lineItemId: line.lineItemId, code: line.code ?? undefined, sku, quantity });
  });
}

/**
 * What happened to a receipt since another system brought it to Omnium. Only what is added or moved on, as with Omnium's own orders: no price,
 * quantity, payment of the sale or reference is touched, and while Omnium does not call the order open only what came back is told.
 */
export function toImportedPatch(document: ImportedOrder, parts: OmniumPatchParts, context: OrderContext): OmniumOrder & { id: string } {
  const { state, sold, returns } = parts;
  const isOpen = isOpenOrder(document);
  const hasMoved = isOpen && state !== 'open' && state !== 'booked';
  return {
    id: document.id,
    ...(hasMoved ? { status: statusOf(state, context) } : {}),
    orderForm: {
      lineItems: sold.map((line) => toLine(line, parts, isOpen)),
      shipments: isOpen ? toShipments(document, parts, context) : [],
      payments: [...returns.payments],
    },
    ...(returns.forms.length === 0 ? {} : { returnOrderForms: [...returns.forms] }),
  };
}

function toLine(line: SoldLine, { family, receipt, deliveries, state, returns }: OmniumPatchParts, isOpen: boolean): OmniumOrderLine {
  const row = receipt.sold.find(({ product }) => product.itemId === line.itemId);
  const delivered = row && isOpen ? deliveredOf(row, family, deliveries) : ZERO;
  const canceled = isOpen && state === 'cancelled' ? line.quantity.minus(delivered) : ZERO;
  const back = returnedOf(returns.returned, line);
  return {
    lineItemId: line.lineItemId,
    ...(delivered.eq(0) ? {} : { deliveredQuantity: toJsonNumber(delivered) }),
    ...(canceled.eq(0) ? {} : { canceledQuantity: toJsonNumber(canceled) }),
    ...(back.eq(0) ? {} : { returnQuantity: toJsonNumber(back) }),
  };
}

/** Of several shipments nobody knows which one Sitoo's deliveries are. */
function toShipments({ orderForm }: ImportedOrder, parts: OmniumPatchParts, context: OrderContext): OmniumShipment[] {
  const [shipment, ...others] = orderForm?.shipments ?? [];
  if (!shipment?.shipmentId || others.length > 0) return [];
  const patch = toShipmentPatch(shipment.shipmentId, parts, context);
  return [parts.state === 'cancelled' ? { ...patch, status: 'Cancelled', orderStatus: statusOf('cancelled', context) } : patch];
}
