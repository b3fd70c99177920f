import type { OmniumShipment } from '@connector/contracts';
import { toOmniumAddress } from '../customer/order-customer';
import { toJsonNumber, ZERO } from '../money/amount';
import { deliveryStates, type FamilyDeliveries, isTakenAlong, leastAdvanced, statusOnDeliveries, unitsOn } from './family/deliveries';
import type { OrderFamily } from './family/family';
import { DELIVERIES_PROPERTY, SHIPMENT_ID, TAKEN_SHIPMENT_ID } from './identifiers';
import { type LineFigures, lineTotals, type MappedLine } from './lines';
import type { OrderContext } from './order-context';
import { type OrderStateName, statusOf } from './order-state';
import { sitooProperties } from './properties';
import type { Receipt } from './receipt';
import { accept, type Step } from './rejection';
import { isPickup, isToBeDelivered, pickupStore, type ShipmentLeaf, shipmentLeaf, shipmentLeaves, shipmentOption } from './shipment-option';

export interface ShipmentParts {
  readonly family: OrderFamily;
  readonly receipt: Receipt;
  readonly deliveries: FamilyDeliveries;
  readonly state: OrderStateName;
  readonly lines: readonly MappedLine[];
  readonly freight: LineFigures | undefined;
}

type Goods = Pick<ShipmentParts, 'lines' | 'freight'>;

/** The deliveries of an order: usually one; two when the buyer took part of an open order along. */
export function toShipments(parts: ShipmentParts, context: OrderContext): Step<OmniumShipment[]> {
  const leaf = shipmentLeaf(parts.family.root);
  if (parts.lines.length === 0 || leaf === 'none') return accept([]);
  const { taken, rest } = split(parts, leaf);
  const shipments: OmniumShipment[] = [];
  if (rest.lines.length > 0) {
    const shipment = toShipment(SHIPMENT_ID, leaf, rest, parts, context);
    if (!shipment.ok) return shipment;
    shipments.push({ ...shipment.value, ...progress(rest, parts, leaf, context) });
  }
  if (taken.lines.length > 0) {
    const shipment = toShipment(TAKEN_SHIPMENT_ID, 'closed', taken, parts, context);
    if (!shipment.ok) return shipment;
    const { address: _, ...inTheShop } = shipment.value; // the address is where the rest goes
    shipments.push({ ...inTheShop, status: shipmentLeaves.closed.status, orderStatus: context.completedStatus });
  }
  return accept(shipments);
}

/** Lines that left the shop with the buyer, and the others. A line sits in one shipment only (api-guide 7.3), so half a row counts as rest. */
function split({ family, receipt, deliveries, lines, freight }: ShipmentParts, leaf: ShipmentLeaf): { taken: Goods; rest: Goods } {
  if (leaf === 'closed' || leaf === 'booking') return { taken: { lines: [], freight: undefined }, rest: { lines, freight } };
  const along = deliveries.live.map(({ delivery }) => delivery).filter((delivery) => isTakenAlong(family.root, delivery));
  const takenIds = new Set(
    receipt.sold.filter(({ product }) => unitsOn(along, product.itemId) >= product.quantity).map(({ product }) => String(product.itemId)),
  );
  const isTaken = ({ line }: MappedLine) => takenIds.has(line.lineItemId ?? '');
  const taken = lines.filter(isTaken);
  const rest = lines.filter((line) => !isTaken(line));
  return { taken: { lines: taken, freight: rest.length === 0 ? freight : undefined }, rest: { lines: rest, freight } };
}

function toShipment(
  shipmentId: string,
  leaf: Exclude<ShipmentLeaf, 'none'>,
  goods: Goods,
  { receipt }: ShipmentParts,
  context: OrderContext,
): Step<OmniumShipment> {
  const { order } = receipt;
  const option = shipmentOption(leaf, order, context);
  if (!option.ok) return option;
  const place = placeOf(shipmentId === TAKEN_SHIPMENT_ID ? 'taken' : leaf, receipt, option.value.defaultWarehouseCode, context);
  if (!place.ok) return place;
  const { shippingMethodName, shippingMethodId } = option.value;
  return accept({
    shipmentId,
    shippingMethodName,
    ...(shippingMethodId ? { shippingMethodId } : {}),
    ...place.value,
    ...totals(goods),
    lineItems: goods.lines.map(({ line }) => line),
  });
}

type Place = Pick<OmniumShipment, 'warehouseCode' | 'pickUpWarehouseCode' | 'address'>;

/** Sender, place of collection and address. Who sends an open order is Omnium's to decide, unless the shipping method says it. */
function placeOf(
  leaf: Exclude<ShipmentLeaf, 'none'> | 'taken',
  { order, storeId, stockStoreId }: Receipt,
  defaultWarehouse: string | null | undefined,
  context: OrderContext,
): Step<Place> {
  const address = order.deliveryAddress ? { address: toOmniumAddress(order.deliveryAddress, order.buyer, context) } : {};
  const sender = defaultWarehouse ? { warehouseCode: defaultWarehouse } : {};
  const inTheShop: Place = { warehouseCode: stockStoreId, pickUpWarehouseCode: storeId, ...address };
  if (leaf === 'delivery') return accept({ ...sender, ...address });
  if (leaf !== 'pickup' && !(leaf === 'closed' && isPickup(order))) return accept(inTheShop);
  const store = pickupStore(order, context);
  // A closed order is over: that nobody knows where it was collected is no reason to refuse it.
  if (!store.ok) return leaf === 'closed' ? accept(inTheShop) : store;
  const storeAddress = context.addressOfStore?.(store.value);
  return accept({ ...sender, pickUpWarehouseCode: store.value, ...(storeAddress ? { address: storeAddress } : {}) });
}

/** How far a delivery is: what the order's state says, refined by its deliveries. */
function progress(rest: Goods, parts: ShipmentParts, leaf: ShipmentLeaf, context: OrderContext): Partial<OmniumShipment> {
  const { family, state, deliveries } = parts;
  const orderStatus = statusOf(state, context);
  if (state === 'cancelled') return { status: 'Cancelled', orderStatus };
  if (leaf === 'closed' && !isToBeDelivered(family.root))
    return { status: shipmentLeaves.closed.status, orderStatus: context.completedStatus };
  const live = deliveries.live.filter(({ delivery }) => !isTakenAlong(family.root, delivery));
  const last = live.at(-1)?.delivery;
  const sender = last && context.stockLocationOfWarehouse?.(last.warehouseId);
  return {
    ...statuses(rest, parts, live, leaf, context),
    ...(last?.reference === undefined ? {} : { shipmentTrackingNumber: last.reference }),
    ...(sender === undefined ? {} : { warehouseCode: sender }),
    ...(deliveries.text === undefined ? {} : { properties: sitooProperties({ [DELIVERIES_PROPERTY]: deliveries.text }) }),
  };
}

function statuses(
  rest: Goods,
  { receipt, state, deliveries }: ShipmentParts,
  live: FamilyDeliveries['live'],
  leaf: ShipmentLeaf,
  context: OrderContext,
): Pick<OmniumShipment, 'status' | 'orderStatus'> {
  const isOnItsWay = live.some((one) => deliveryStates[one.state].isHandedOver);
  const orderStatus = statusOf(state === 'partlyDelivered' && !isOnItsWay ? 'open' : state, context);
  if (state === 'pickupRejected') return { status: 'OnHold', orderStatus };
  const units = live.map(({ delivery }) => delivery);
  const ids = new Set(rest.lines.map(({ line }) => line.lineItemId));
  const isWhole = receipt.sold
    .filter(({ product }) => ids.has(String(product.itemId)))
    .every(({ product }) => unitsOn(units, product.itemId) >= product.quantity);
  const least = isWhole ? leastAdvanced(live) : undefined;
  if (least) return statusOnDeliveries(least, state, context);
  if (live.length === 0 && deliveries.cancelled.length > 0 && leaf !== 'closed') return { status: 'Cancelled', orderStatus };
  if (leaf === 'closed' || state === 'readyForPickup') return { status: 'Released', orderStatus };
  return { status: 'AwaitingInventory', orderStatus };
}

function totals({ lines, freight }: Goods): Partial<OmniumShipment> {
  const goods = lineTotals(lines);
  const net = freight?.net ?? ZERO;
  const vat = freight?.vat ?? ZERO;
  const gross = net.plus(vat);
  return {
    ...(freight ? { shipmentTaxRate: toJsonNumber(freight.rate) } : {}),
    shippingSubTotal: toJsonNumber(gross),
    shippingSubTotalExclTax: toJsonNumber(net),
    shippingTax: toJsonNumber(vat),
    shippingTotal: toJsonNumber(gross),
    subTotal: toJsonNumber(goods.gross),
    taxTotal: toJsonNumber(goods.vat.plus(vat)),
    total: toJsonNumber(goods.gross.plus(gross)),
  };
}
