import type { OmniumLinesUpdate, OmniumStatusUpdate } from '@connector/contracts';
import type { Call, Operation, Reply } from '../call';
import { bodyIn, ok } from '../call';
import { isoTime } from '../clock';
import type { Order, OrderLine, Shipment } from '../documents';
import { listOf } from '../documents';
import type { Problem } from '../refusal';
import { Refusal } from '../refusal';
import { refuse, runWorkflow, writeOrder, writeProblems } from './write';

type ShipmentInfo = NonNullable<OmniumStatusUpdate['shipmentInfo']>;
type LineUpdate = OmniumLinesUpdate['lineItemUpdates'][number];

/** `POST /api/Orders/{orderId}/UpdateStatus`: sets the status and runs its workflow, every time it is called (api-guide section 7.8). */
export const updateStatus: Operation = {
  kind: 'write',
  writes: ({ params }) => [params.orderId ?? ''],
  run: (call) => {
    const current = orderOf(call);
    const patch = bodyIn<OmniumStatusUpdate>(call.body);
    refuse(shipmentProblems(current, patch.shipmentInfo));
    const moved = patch.returnId ? withReturnStatus(current, patch) : withStatus(current, patch.status, patch.shipmentInfo, call);
    refuse(writeProblems(moved, call));
    const stored = writeOrder(moved, call, 'status');
    return executed(stored, patch.skipRunWorkflow || patch.returnId ? undefined : runWorkflow(stored, call));
  },
};

/**
 * `POST /api/Orders/{orderId}/OrderLinesUpdate`: new delivered and cancelled quantities of lines; while something is left the order becomes
 * `PartiallyShipped`. A line that would have to be split over two shipments is refused: how Omnium splits it is not published.
 */
export const updateLines: Operation = {
  kind: 'write',
  writes: ({ params }) => [params.orderId ?? ''],
  run: (call) => {
    const current = orderOf(call);
    const patch = bodyIn<OmniumLinesUpdate>(call.body);
    refuse(lineProblems(current, patch));
    const updated = withLines(current, patch.lineItemUpdates);
    const placed = inShipment(updated, patch);
    const moved = withStatus(placed, statusAfter(placed, patch), patch.shipmentInfo, call);
    refuse(writeProblems(moved, call));
    const stored = writeOrder(moved, call, 'lines');
    return executed(stored, runWorkflow(stored, call));
  },
};

function orderOf(call: Call): Order {
  const order = call.tenant.orders.stored(call.params.orderId ?? '');
  if (!order) throw new Refusal(404, 'Order not found.');
  return order;
}

function executed(order: Order, results: ReturnType<typeof runWorkflow>): Reply {
  return ok({ orderActionExecutionResults: results ?? [], isAborted: false, order });
}

/** The status on the order and on its shipments; with a shipment named, on that one alone. */
function withStatus(order: Order, status: string | null | undefined, info: ShipmentInfo | null | undefined, call: Call): Order {
  if (!status) return order;
  const { shipmentStatusUpdate, isDeliveredStatus } = statusConfiguration(order, status, call) ?? {};
  const change = (shipment: Shipment): Shipment => {
    const isMeant = !info?.shipmentId || info.shipmentId === shipment.shipmentId;
    if (!isMeant) return shipment;
    const next = info?.orderStatus ?? status;
    const moved = shipment.orderStatus === next ? {} : { orderStatus: next, prevStatus: shipment.orderStatus };
    return { ...shipment, ...moved, ...(shipmentStatusUpdate ? { status: shipmentStatusUpdate } : {}), ...told(info) };
  };
  const completed = isDeliveredStatus && !order.completed ? { completed: isoTime(call.now) } : {};
  const shipments = listOf(order.orderForm?.shipments).map(change);
  return { ...order, ...completed, status, orderForm: { ...order.orderForm, shipments } };
}

function statusConfiguration(order: Order, status: string, call: Call) {
  const type = call.tenant.seed.orderTypes.find((candidate) => candidate.name === order.orderType);
  return listOf(type?.orderStatuses).find((candidate) => candidate.name === status);
}

/** What the caller tells about the shipment, under the names that the shipment has for it. */
function told(info: ShipmentInfo | null | undefined): Partial<Shipment> {
  if (!info) return {};
  const fields: Partial<Shipment> = {
    comment: info.comment,
    externalIds: info.externalIds,
    packages: info.packages,
    properties: info.properties,
    returnLabelLink: info.returnLabelLink,
    returnTrackingLink: info.returnTrackingLink,
    returnTrackingNumber: info.returnTrackingNumber,
    servicePointId: info.servicePointId,
    shipmentLabelLink: info.labelLink,
    shipmentTrackingLink: info.trackingUrl,
    shipmentTrackingNumber: info.trackingNumber,
    shippingMethodName: info.shipmentMethodName,
    shippingMethodProductId: info.shippingMethodProductId,
    warehouseCode: info.warehouseCode,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null));
}

function withReturnStatus(order: Order, { returnId, status }: OmniumStatusUpdate): Order {
  const forms = listOf(order.returnOrderForms);
  if (!forms.some((form) => form.returnId === returnId)) throw new Refusal(404, 'Return not found.');
  return { ...order, returnOrderForms: forms.map((form) => (form.returnId === returnId ? { ...form, status } : form)) };
}

function shipmentProblems(order: Order, info: ShipmentInfo | null | undefined): Problem[] {
  const isKnown = !info?.shipmentId || listOf(order.orderForm?.shipments).some((shipment) => shipment.shipmentId === info.shipmentId);
  return isKnown ? [] : [{ rule: 'shipment', detail: `the order has no shipment '${info?.shipmentId}'`, orderId: order.id ?? undefined }];
}

function lineProblems(order: Order, { lineItemUpdates, shipmentInfo }: OmniumLinesUpdate): Problem[] {
  const lines = listOf(order.orderForm?.lineItems);
  const isNewShipment = shipmentProblems(order, shipmentInfo).length > 0;
  return lineItemUpdates
    .flatMap((update) => {
      const line = lines.find((candidate) => candidate.lineItemId === update.lineItemId);
      if (!line) return [{ rule: 'line', detail: `the order has no line '${update.lineItemId}'` }];
      return [...quantityProblems(line, update), ...splitProblems(line, update, isNewShipment)];
    })
    .map((problem) => ({ ...problem, orderId: order.id ?? undefined }));
}

function quantityProblems(line: OrderLine, update: LineUpdate): Problem[] {
  const { deliveredQuantity = line.deliveredQuantity ?? 0, canceledQuantity = line.canceledQuantity ?? 0 } = update;
  const quantities = [deliveredQuantity, canceledQuantity, update.readyForPickupQuantity ?? 0];
  const isTooMuch = deliveredQuantity + canceledQuantity > (line.quantity ?? 0);
  return [
    ...(quantities.some((quantity) => quantity < 0)
      ? [{ rule: 'negative-quantity', detail: `line '${line.lineItemId}' gets a negative quantity` }]
      : []),
    ...(isTooMuch ? [{ rule: 'line-quantity', detail: `line '${line.lineItemId}' is delivered and cancelled for more than it has` }] : []),
  ];
}

function splitProblems(
  line: OrderLine,
  { splitQuantity, reallocateQuantity, deliveredQuantity = 0 }: LineUpdate,
  isNewShipment: boolean,
): Problem[] {
  const isSplit = isNewShipment && deliveredQuantity > 0 && deliveredQuantity < (line.quantity ?? 0);
  if (!splitQuantity && !reallocateQuantity && !isSplit) return [];
  return [{ rule: 'not-served', detail: `the twin does not split or reallocate line '${line.lineItemId}'` }];
}

function withLines(order: Order, updates: readonly LineUpdate[]): Order {
  const change = (line: OrderLine): OrderLine => {
    const update = updates.find((candidate) => candidate.lineItemId === line.lineItemId);
    return update ? { ...line, ...quantitiesOf(update) } : line;
  };
  const shipments = listOf(order.orderForm?.shipments).map((shipment) => ({
    ...shipment,
    lineItems: listOf(shipment.lineItems).map(change),
  }));
  return { ...order, orderForm: { ...order.orderForm, lineItems: listOf(order.orderForm?.lineItems).map(change), shipments } };
}

function quantitiesOf({ deliveredQuantity, canceledQuantity, readyForPickupQuantity, cost }: LineUpdate): Partial<OrderLine> {
  const fields = { deliveredQuantity, canceledQuantity, readyForPickupQuantity, cost: cost ?? undefined };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** "An unknown shipmentId makes a shipment": the delivered lines move into it. */
function inShipment(order: Order, { shipmentInfo, lineItemUpdates }: OmniumLinesUpdate): Order {
  if (shipmentProblems(order, shipmentInfo).length === 0) return order;
  const moving = lineItemUpdates.filter(({ deliveredQuantity = 0 }) => deliveredQuantity > 0).map(({ lineItemId }) => lineItemId);
  const isMoving = (line: OrderLine) => moving.includes(line.lineItemId);
  const lines = listOf(order.orderForm?.lineItems);
  const [first] = listOf(order.orderForm?.shipments);
  const rest = listOf(order.orderForm?.shipments).map((shipment) => ({
    ...shipment,
    lineItems: listOf(shipment.lineItems).filter((line) => !isMoving(line)),
  }));
  const { warehouseCode, pickUpWarehouseCode, shippingMethodName, status } = first ?? {};
  const made = {
    shipmentId: shipmentInfo?.shipmentId ?? null,
    warehouseCode,
    pickUpWarehouseCode,
    shippingMethodName,
    status,
    lineItems: lines.filter(isMoving),
  };
  return { ...order, orderForm: { ...order.orderForm, shipments: [...rest, made] } };
}

function statusAfter(order: Order, { status }: OmniumLinesUpdate): string | null | undefined {
  const left = listOf(order.orderForm?.lineItems).some(
    (line) => (line.quantity ?? 0) - (line.deliveredQuantity ?? 0) - (line.canceledQuantity ?? 0) > 0,
  );
  const isPartial = left && listOf(order.orderForm?.lineItems).some((line) => (line.deliveredQuantity ?? 0) > 0);
  return isPartial ? 'PartiallyShipped' : (status ?? order.status);
}
