import type { OmniumShipment } from '@connector/contracts';
import { type Amount, amount, ZERO } from '../../money/amount';
import type { OrderContext } from '../order-context';
import type { OrderStateName } from '../order-state';
import { ORDER_STATE, ORDER_TYPE } from '../receipt';
import { type OrderWarning, warn } from '../rejection';
import type { SaleRow } from '../rows';
import type { DecodedSitooOrder } from '../sitoo-order';
import type { OrderFamily } from './family';
import type { SitooDelivery } from './sitoo-delivery';

/**
 * States that Sitoo announces of a delivery (events-spi), and what they are in Omnium (ShipmentStatusName, OrderStatusName): earlier ones first.
 * Omnium's shipments know no `arrived` or `delivered`: the order status kept on the shipment tells them apart.
 */
export const deliveryStates = {
  new: { shipment: 'Packing', order: 'InProgress', isHandedOver: false },
  'ready-to-ship': { shipment: 'Released', order: 'ReadyForShipment', isHandedOver: false },
  'in-transit': { shipment: 'Shipped', order: 'InTransit', isHandedOver: true },
  arrived: { shipment: 'Shipped', order: 'InTransit', isHandedOver: true },
  'ready-for-pickup': { shipment: 'Shipped', order: 'ReadyForPickup', isHandedOver: true },
  delivered: { shipment: 'Shipped', order: 'Completed', isHandedOver: true },
  cancelled: { shipment: 'Cancelled', order: undefined, isHandedOver: false },
} as const;

export type DeliveryStateName = keyof typeof deliveryStates;

/** Earlier states first. */
const stateOrder = Object.keys(deliveryStates);

/** A delivery that exists and of which no state was announced: at least handed to the carrier or the buyer (section 5.8). */
const WITHOUT_STATE: DeliveryStateName = 'in-transit';
/** The same on a closed order, which is handed over. */
const WHEN_CLOSED: DeliveryStateName = 'delivered';

/** Goods that leave the shop with the buyer are delivered at the till, at the warehouse of the sale and without a waybill. */
const TAKEN_WITHIN_SECONDS = 600;

export interface FamilyDeliveries {
  /** Ways the goods go that are not cancelled, each with its state. */
  readonly live: readonly { readonly delivery: SitooDelivery; readonly state: DeliveryStateName }[];
  readonly cancelled: readonly SitooDelivery[];
  readonly warnings: readonly OrderWarning[];
  /** `10:in-transit 11:cancelled`, for people. Without what the buyer took along. */
  readonly text: string | undefined;
}

export function readDeliveries({ root, deliveries, signals }: OrderFamily): FamilyDeliveries {
  const own = deliveries
    .filter(({ orderId }) => orderId === root.orderId)
    .sort((left, right) => left.orderDeliveryId - right.orderDeliveryId);
  const known = own.map((delivery) => ({ delivery, announced: signals.deliveryStates.get(delivery.orderDeliveryId) }));
  const otherwise = isClosed(root) ? WHEN_CLOSED : WITHOUT_STATE;
  const stated = known.map(({ delivery, announced }) => ({
    delivery,
    announced,
    state: delivery.cancelledAt === undefined ? toState(announced, otherwise) : ('cancelled' as const),
  }));
  return {
    live: stated.filter(({ state }) => state !== 'cancelled'),
    cancelled: stated.filter(({ state }) => state === 'cancelled').map(({ delivery }) => delivery),
    warnings: known
      .filter(({ announced }) => announced !== undefined && !isDeliveryState(announced))
      .map(({ delivery }) => warn('DELIVERY_STATE_UNKNOWN', `orderdeliveries[${delivery.orderDeliveryId}]`)),
    text: toText(stated.filter(({ delivery }) => !isTakenAlong(root, delivery))),
  };
}

function toText(
  stated: readonly { readonly delivery: SitooDelivery; readonly announced: string | undefined; readonly state: DeliveryStateName }[],
): string | undefined {
  const texts = stated.map(({ delivery, announced, state }) => {
    const told = state === 'cancelled' ? state : (announced ?? state);
    return `${delivery.orderDeliveryId}:${told}`;
  });
  return texts.length === 0 ? undefined : texts.join(' ');
}

function toState(announced: string | undefined, otherwise: DeliveryStateName): DeliveryStateName {
  return announced !== undefined && isDeliveryState(announced) ? announced : otherwise;
}

function isClosed({ typeId, stateId }: DecodedSitooOrder): boolean {
  return typeId === ORDER_TYPE.order && stateId === ORDER_STATE.closed;
}

export function isDeliveryState(text: string): text is DeliveryStateName {
  return Object.hasOwn(deliveryStates, text);
}

/** How far a shipment is of which all units are on deliveries. A closed order is over, whatever its carrier still says. */
export function statusOnDeliveries(
  least: DeliveryStateName,
  state: OrderStateName,
  { completedStatus }: Pick<OrderContext, 'completedStatus'>,
): Pick<OmniumShipment, 'status' | 'orderStatus'> {
  const { shipment, order } = deliveryStates[least];
  return { status: shipment, orderStatus: least === 'delivered' || state === 'completed' ? completedStatus : order };
}

/** Is this delivery what the buyer took along? */
export function isTakenAlong(root: DecodedSitooOrder, { warehouseId, reference, deliveredAt }: SitooDelivery): boolean {
  if (reference !== undefined || deliveredAt === undefined || warehouseId !== root.warehouseId) return false;
  return deliveredAt - root.orderedAt <= TAKEN_WITHIN_SECONDS;
}

/** The state that holds for all of these deliveries: the earliest. */
export function leastAdvanced(live: FamilyDeliveries['live']): DeliveryStateName | undefined {
  return [...live].sort((left, right) => stateOrder.indexOf(left.state) - stateOrder.indexOf(right.state))[0]?.state;
}

/** Units of a row on these deliveries. */
export function unitsOn(deliveries: readonly SitooDelivery[], itemId: number): number {
  const rows = deliveries.flatMap((delivery) => delivery.rows).filter(({ orderItemId }) => orderItemId === itemId);
  return rows.reduce((total, { quantity }) => total + quantity, 0);
}

/** How much of a row is with the buyer or a carrier, in the row's own measure. A closed order is handed over. */
export function deliveredOf({ product }: SaleRow, family: OrderFamily, { live }: FamilyDeliveries): Amount {
  if (isClosed(family.root)) return product.pricedQuantity;
  const handedOver = live.filter(({ state }) => deliveryStates[state].isHandedOver).map(({ delivery }) => delivery);
  const units = Math.min(unitsOn(handedOver, product.itemId), product.quantity);
  return units <= 0
    ? ZERO
    : units === product.quantity
      ? product.pricedQuantity
      : product.pricedQuantity.times(amount(units)).div(product.quantity);
}
