import type { OmniumShipmentOption } from '@connector/contracts';
import type { OrderContext } from './order-context';
import { accept, reject, type Step } from './rejection';
import { groupRows } from './rows';
import { ORDER_STATE, ORDER_TYPE } from './receipt';
import type { DecodedSitooOrder } from './sitoo-order';

/**
 * The leaves of the tree by which Omnium's own Sitoo import chooses a shipping method (api-guide 7.7), and two that it has no need of:
 * bookings, and orders that were cancelled.
 */
export const shipmentLeaves = {
  none: { option: 'no shipment', status: '–', when: 'no lines, or goods came back' },
  closed: { option: 'first `PickUp`', status: 'Released', when: 'closed' },
  pickup: {
    option: 'name or id equals `delivery-carrier-productid`, else first `PickUp`',
    status: 'AwaitingInventory',
    when: 'open, to be collected (`delivery-pickup-externalid` or `delivery-pickup-warehouseid`)',
  },
  delivery: {
    option: 'name or id equals `delivery-carrier-productid`, else the default `Delivery`, else first `Delivery`',
    status: 'AwaitingInventory',
    when: 'open, not to be collected',
  },
  booking: { option: 'first `PickUp`', status: 'AwaitingInventory', when: 'a booking: collected where it was made' },
} as const;

export type ShipmentLeaf = keyof typeof shipmentLeaves;

export function shipmentLeaf(order: DecodedSitooOrder): ShipmentLeaf {
  const quantities = groupRows(order.rows).map(({ product }) => product.quantity);
  if (quantities.some((quantity) => quantity < 0)) return 'none';
  if (order.typeId === ORDER_TYPE.booking) return 'booking';
  if (order.stateId === ORDER_STATE.closed) return 'closed';
  if (isPickup(order)) return 'pickup';
  // A cancelled order that says nothing about a delivery need not have been one.
  if (order.stateId === ORDER_STATE.cancelled && !isToBeDelivered(order)) return 'closed';
  return 'delivery';
}

/** Was (part of) this order ever to leave the shop without the buyer? */
export function isToBeDelivered(order: DecodedSitooOrder): boolean {
  return order.data['delivery-carrier-productid'] !== undefined || isPickup(order) || order.deliveryAddress !== undefined;
}

/** Is (part of) it to be collected in a store? */
export function isPickup({ data }: DecodedSitooOrder): boolean {
  return data['delivery-pickup-externalid'] !== undefined || data['delivery-pickup-warehouseid'] !== undefined;
}

/** The store where the goods wait for the buyer. */
export function pickupStore({ data }: DecodedSitooOrder, context: OrderContext): Step<string> {
  const externalId = data['delivery-pickup-externalid'];
  if (externalId !== undefined) {
    const known = context.storeByExternalId(externalId);
    return known === undefined ? reject('STORE_UNKNOWN', 'additionaldata.delivery-pickup-externalid', externalId) : accept(known);
  }
  const warehouse = data['delivery-pickup-warehouseid'] ?? '';
  const ofWarehouse = /^\d{1,15}$/.test(warehouse) ? context.storeOfWarehouse?.(Number(warehouse)) : undefined;
  return ofWarehouse === undefined
    ? reject('STORE_UNKNOWN', 'additionaldata.delivery-pickup-warehouseid', `warehouse ${warehouse}`)
    : accept(ofWarehouse);
}

/** The option of a leaf. A market that has none configured is a mistake in Omnium, and named. */
export function shipmentOption(
  leaf: Exclude<ShipmentLeaf, 'none'>,
  order: DecodedSitooOrder,
  context: OrderContext,
): Step<OmniumShipmentOption> {
  const options = context.shipmentOptions.filter(({ shippingMethodName }) => Boolean(shippingMethodName));
  const chosen = leaf === 'pickup' || leaf === 'delivery' ? carrierOption(order, options) : undefined;
  const kind = leaf === 'delivery' ? 'Delivery' : 'PickUp';
  const ofKind = options.filter(({ shipmentDeliveryType }) => shipmentDeliveryType === kind);
  const usual = kind === 'Delivery' ? ofKind.find(({ isDefaultShipment }) => isDefaultShipment) : undefined;
  const option = chosen ?? usual ?? ofKind[0];
  return option
    ? accept(option)
    : reject('NO_SHIPMENT_OPTION', '', `no ${kind} option on market ${context.market.id} of ${context.tenant}`);
}

function carrierOption({ data }: DecodedSitooOrder, options: readonly OmniumShipmentOption[]): OmniumShipmentOption | undefined {
  const carrier = data['delivery-carrier-productid'];
  if (carrier === undefined) return undefined;
  return options.find(({ shippingMethodName, shippingMethodId }) => shippingMethodName === carrier || shippingMethodId === carrier);
}
