import type { OmniumOrder, OmniumShipment } from '@connector/contracts';
import { accepted, allAccepted, rejected, type WebOrderStep } from './rejection';
import type { WebOrderContext } from './web-order-context';

/** What a Sitoo order made by us is for. `return-in-store`: it is over, and there only so that a till can take goods back. */
export type WebOrderKind = 'pick-up' | 'ship-from-store' | 'return-in-store';

/** A shipment that Sitoo has to know about. */
export interface Allocation {
  readonly kind: WebOrderKind;
  readonly path: string;
  readonly shipmentId: string;
  readonly shipment: OmniumShipment;
  readonly warehouseId: number | undefined;
}

/** The shipments that stores handle, and those that are over and may come back to a store. */
export function allocationsOf(order: OmniumOrder, context: WebOrderContext): WebOrderStep<Allocation[]> {
  const flow = context.flows[order.orderType ?? ''];
  if (flow === undefined) return accepted([]);
  const over = finishedShipments(order, context);
  const steps = (order.orderForm?.shipments ?? []).map((shipment, index): WebOrderStep<Allocation | undefined> => {
    const path = `orderForm.shipments[${index}]`;
    if (shipment.status === 'Cancelled' || openLines(shipment).length === 0) return accepted(undefined);
    if (!shipment.shipmentId) return rejected('SHIPMENT_WITHOUT_ID', `${path}.shipmentId`);
    const store = (flow === 'pick-up' ? shipment.pickUpWarehouseCode : undefined) ?? shipment.warehouseCode ?? '';
    const warehouseId = context.warehouseOfStore(store);
    const common = { path, shipmentId: shipment.shipmentId, shipment, warehouseId };
    if (over.has(shipment.shipmentId)) return accepted(context.prepareReturnsInStore ? { ...common, kind: 'return-in-store' } : undefined);
    if (warehouseId !== undefined) return accepted({ ...common, kind: flow });
    // Goods that leave from a place without a till are not Sitoo's business; a pick-up always needs one.
    return flow === 'pick-up' ? rejected('WAREHOUSE_UNKNOWN', path, store) : accepted(undefined);
  });
  const found = allAccepted(steps);
  return found.ok ? accepted(found.value.filter((allocation) => allocation !== undefined)) : found;
}

/** Ids of the shipments that are with the customer. */
export function finishedShipments({ status, orderForm }: OmniumOrder, { statuses }: Pick<WebOrderContext, 'statuses'>): Set<string> {
  const isOver = statuses.isDelivered(status ?? '');
  const over = (orderForm?.shipments ?? []).filter((shipment) => isOver || isShipped(shipment));
  return new Set(over.map(({ shipmentId }) => shipmentId ?? ''));
}

/**
 * Number of each shipment in the external ids of a split order: Omnium's own, which stays when other shipments come and go; the places when
 * some id is no number.
 */
export function shipmentParts({ orderForm }: OmniumOrder): Map<OmniumShipment, number> {
  const shipments = orderForm?.shipments ?? [];
  const areNumbered = shipments.every(({ shipmentId }) => /^[1-9]\d{0,3}$/.test(shipmentId ?? ''));
  return new Map(shipments.map((shipment, index) => [shipment, areNumbered ? Number(shipment.shipmentId) : index + 1]));
}

function isShipped(shipment: OmniumShipment): boolean {
  const lines = openLines(shipment);
  const isHandedOver = lines.every(
    ({ quantity = 0, canceledQuantity = 0, deliveredQuantity = 0 }) => deliveredQuantity >= quantity - canceledQuantity,
  );
  return shipment.status === 'Shipped' || shipment.status === 'SplittedShippedShipment' || (lines.length > 0 && isHandedOver);
}

function openLines({ lineItems }: OmniumShipment) {
  return (lineItems ?? []).filter(({ quantity = 0, canceledQuantity = 0 }) => quantity !== canceledQuantity);
}
