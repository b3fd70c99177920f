import type { OmniumOrder, OmniumOrderLine, OmniumShipment } from '@connector/contracts';
import { toJsonNumber } from '../../money/amount';
import { DELIVERIES_PROPERTY, EXTERNAL_ID_ORDER, OMNIUM_LINE_TAG, OMNIUM_SHIPMENT_TAG, SHIPMENT_ID } from '../identifiers';
import type { OrderContext } from '../order-context';
import { type OrderStateName, statusOf } from '../order-state';
import { sitooProperties } from '../properties';
import type { Receipt } from '../receipt';
import { accept, each, reject, type Step } from '../rejection';
import { deliveredOf, type FamilyDeliveries, leastAdvanced, statusOnDeliveries, unitsOn } from './deliveries';
import type { OrderFamily } from './family';
import { returnedOf, type SoldLine } from './return-lines';
import type { FamilyReturns } from './returns';

/**
 * What happened in the shop to an order that Omnium put into Sitoo. Only what is added or moved on: lines carry no quantity and no price, so
 * that nothing but their progress is merged, and nothing is made of what Omnium does not have.
 */
export function toOmniumPatch(omniumOrderId: string, parts: OmniumPatchParts, context: OrderContext): OmniumOrder & { id: string } {
  const { family, sold, returns } = parts;
  const { root } = family;
  const lineItems = sold.map((line) => toLinePatch(line, parts));
  const shipmentId = root.data[OMNIUM_SHIPMENT_TAG] ?? SHIPMENT_ID;
  const shipment = isStoreDelivery(family) ? [toShipmentPatch(shipmentId, parts, context)] : [];
  const state = stateOf(parts);
  return {
    id: omniumOrderId,
    ...(state === undefined ? {} : { status: statusOf(state, context) }),
    externalIds: [{ providerName: EXTERNAL_ID_ORDER, id: String(root.orderId) }],
    tags: ['sitoo'],
    orderForm: { lineItems, shipments: shipment, payments: [...returns.payments] },
    ...(returns.forms.length === 0 ? {} : { returnOrderForms: [...returns.forms] }),
  };
}

export interface OmniumPatchParts {
  readonly family: OrderFamily;
  readonly receipt: Receipt;
  readonly deliveries: FamilyDeliveries;
  readonly state: OrderStateName;
  readonly sold: readonly SoldLine[];
  readonly returns: FamilyReturns;
  readonly returned: 'none' | 'part' | 'all';
}

/** Lines by the id that the order carries for each row: Omnium's ids are not Sitoo's row numbers. */
export function omniumLines({ sold }: Receipt): Step<SoldLine[]> {
  return each(sold, ({ product }) => {
    const lineItemId = product.data[OMNIUM_LINE_TAG];
    if (lineItemId === undefined) return reject('OMNIUM_LINE_UNKNOWN', `orderitems[${product.index}].additionaldata.${OMNIUM_LINE_TAG}`);
    return accept({ itemId: product.itemId, lineItemId, code: undefined, sku: product.sku, quantity: product.pricedQuantity });
  });
}

/** A copy made so that a store can take goods back is delivered by someone else: its states say nothing (section 11, return in store). */
function isStoreDelivery({ root }: OrderFamily): boolean {
  return root.data['delivery-ignore-stock'] !== 'true';
}

/** undefined: nothing happened that Omnium does not know. A copy that Sitoo cancelled is a store that will not deliver. */
function stateOf({ family, state, returned }: OmniumPatchParts): OrderStateName | undefined {
  if (returned !== 'none') return returned === 'all' ? 'returned' : 'partlyReturned';
  if (!isStoreDelivery(family) || state === 'open') return undefined;
  return state === 'cancelled' ? 'pickupRejected' : state;
}

function toLinePatch(line: SoldLine, { family, receipt, deliveries, returns }: OmniumPatchParts): OmniumOrderLine {
  const row = receipt.sold.find(({ product }) => product.itemId === line.itemId);
  const back = returnedOf(returns.returned, line);
  const delivered = row && isStoreDelivery(family) ? deliveredOf(row, family, deliveries) : undefined;
  return {
    lineItemId: line.lineItemId,
    ...(delivered === undefined || delivered.eq(0) ? {} : { deliveredQuantity: toJsonNumber(delivered) }),
    ...(back.eq(0) ? {} : { returnQuantity: toJsonNumber(back) }),
  };
}

/** How far the deliveries in Sitoo are, on a shipment that is there already. */
export function toShipmentPatch(
  shipmentId: string,
  { receipt, deliveries, state }: OmniumPatchParts,
  context: OrderContext,
): OmniumShipment {
  const last = deliveries.live.at(-1)?.delivery;
  return {
    shipmentId,
    ...shipmentStatus(receipt, deliveries, state, context),
    ...(last?.reference === undefined ? {} : { shipmentTrackingNumber: last.reference }),
    ...(deliveries.text === undefined ? {} : { properties: sitooProperties({ [DELIVERIES_PROPERTY]: deliveries.text }) }),
  };
}

function shipmentStatus(
  { sold }: Receipt,
  { live }: FamilyDeliveries,
  state: OrderStateName,
  context: OrderContext,
): Pick<OmniumShipment, 'status' | 'orderStatus'> {
  if (state === 'cancelled' || state === 'pickupRejected') return { status: 'OnHold', orderStatus: statusOf('pickupRejected', context) };
  const units = live.map(({ delivery }) => delivery);
  const isWhole = sold.every(({ product }) => unitsOn(units, product.itemId) >= product.quantity);
  const least = isWhole ? leastAdvanced(live) : undefined;
  if (least) return statusOnDeliveries(least, state, context);
  if (state === 'readyForPickup' || state === 'completed') return { status: 'Released', orderStatus: statusOf(state, context) };
  return {};
}
