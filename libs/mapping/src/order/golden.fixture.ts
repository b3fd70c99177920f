import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OmniumShipmentOption } from '@connector/contracts';
import { decodeSitooOrder } from './decode-sitoo-order';
import { noSignals, type OrderFamily } from './family/family';
import { decodeSitooDelivery } from './family/sitoo-delivery';
import type { ImportedOrder } from './imported/judge-imported';
import type { OmniumAddress, OrderContext, OrderMarket, PaymentMethodRule } from './order-context';

/** The context of a fixture, as data. */
interface FixtureContext {
  market?: OrderMarket;
  stores?: Record<string, string>;
  storesOfWarehouses?: Record<string, string>;
  stockLocations?: Record<string, string>;
  shipmentOptions?: OmniumShipmentOption[];
  paymentMethods?: PaymentMethodRule[];
  giftCardSku?: string;
  customerIds?: Record<string, string>;
  storeAddresses?: Record<string, OmniumAddress>;
  statuses?: OrderContext['statuses'];
  bookings?: OrderContext['bookings'];
  foreignOrders?: OrderContext['foreignOrders'];
  virtualPaymentMethodName?: string;
}

interface Fixture {
  title: string;
  /** The root order. */
  sitoo: unknown;
  context?: FixtureContext;
  /** Orders that credit the root. */
  refunds?: unknown[];
  deliveries?: unknown[];
  signals?: { readyForPickup?: boolean; pickupRejected?: boolean; deliveryStates?: Record<string, string> };
  purchaseOrderId?: number;
  isOriginalGone?: boolean;
  imported?: ImportedOrder;
}

export const folder = join(__dirname, 'fixtures');
export const cases = readdirSync(folder)
  .filter((file) => file.endsWith('.in.json'))
  .map((file) => file.replace('.in.json', ''));

const options: OmniumShipmentOption[] = [
  { shippingMethodId: 'home', shippingMethodName: 'HomeDelivery', shipmentDeliveryType: 'Delivery', isDefaultShipment: true },
  { shippingMethodName: 'PickUpInStore', shipmentDeliveryType: 'PickUp' },
  { shippingMethodName: 'Locker', shipmentDeliveryType: 'PickUp' },
];

function contextOf(given: FixtureContext = {}): OrderContext {
  const stores = given.stores ?? { 'oslo-downtown': 'oslo-downtown' };
  const { storesOfWarehouses, stockLocations, customerIds, storeAddresses } = given;
  return {
    tenant: 'fashion',
    market: given.market ?? { id: 'nor', currency: 'NOK', countryCode: 'NO', vatRates: [25, 15, 12, 0] },
    orderType: 'PosSitoo',
    completedStatus: 'Completed',
    storeByExternalId: (id) => stores[id],
    storeOfWarehouse: storesOfWarehouses && ((id) => storesOfWarehouses[id]),
    stockLocationOfWarehouse: stockLocations && ((id) => stockLocations[id]),
    shipmentOptions: given.shipmentOptions ?? options,
    paymentMethods: given.paymentMethods,
    giftCardSku: given.giftCardSku,
    customerIdOf: customerIds && (({ email }) => customerIds[email ?? '']),
    addressOfStore: storeAddresses && ((id) => storeAddresses[id]),
    statuses: given.statuses,
    bookings: given.bookings,
    foreignOrders: given.foreignOrders,
    virtualPaymentMethodName: given.virtualPaymentMethodName,
  };
}

/** A fixture's whole family; undefined when it is one order that goes through the whole decoding. */
function familyOf({
  sitoo,
  refunds = [],
  deliveries = [],
  signals,
  purchaseOrderId,
  isOriginalGone,
  imported,
}: Fixture): OrderFamily | undefined {
  const root = decodeSitooOrder(sitoo);
  if (!root.ok) return undefined;
  const states = Object.entries(signals?.deliveryStates ?? {}).map(([id, state]) => [Number(id), state] as const);
  return {
    root: root.order,
    refunds: refunds.map((refund) => decoded(decodeSitooOrder(refund)).order),
    deliveries: deliveries.map((delivery) => decoded(decodeSitooDelivery(delivery)).delivery),
    signals: { ...noSignals, ...signals, deliveryStates: new Map(states) },
    purchaseOrderId,
    isOriginalGone,
    imported,
  };
}

function decoded<T extends { ok: boolean }>(result: T): Extract<T, { ok: true }> {
  if (!result.ok) throw new Error('the fixture cannot be read');
  return result as Extract<T, { ok: true }>;
}

export function read<T>(file: string): T {
  return JSON.parse(readFileSync(join(folder, file), 'utf8')) as T;
}

/** A recorded case: its family (undefined when the document cannot be read) and what it is mapped with. */
export function readCase(name: string): { title: string; sitoo: unknown; family: OrderFamily | undefined; context: OrderContext } {
  const fixture = read<Fixture>(`${name}.in.json`);
  return { title: fixture.title, sitoo: fixture.sitoo, family: familyOf(fixture), context: contextOf(fixture.context) };
}
