import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OmniumOrder } from '@connector/contracts';
import { decodeSitooOrder } from '../decode-sitoo-order';
import type { OrderContext } from '../order-context';
import type { DecodedSitooOrder } from '../sitoo-order';
import { noSignals, type OrderFamily } from './family';
import { type FamilyMapping, mapFamily } from './map-family';
import { decodeSitooDelivery, type SitooDelivery } from './sitoo-delivery';

interface Fixture {
  sitoo: unknown;
  refunds?: unknown[];
  deliveries?: unknown[];
}

export const context: OrderContext = {
  tenant: 'fashion',
  market: { id: 'nor', currency: 'NOK', countryCode: 'NO' },
  orderType: 'PosSitoo',
  completedStatus: 'Completed',
  storeByExternalId: (id) => (['oslo-downtown', 'bergen-harbour'].includes(id) ? id : undefined),
  shipmentOptions: [
    { shippingMethodName: 'HomeDelivery', shipmentDeliveryType: 'Delivery' },
    { shippingMethodName: 'PickUpInStore', shipmentDeliveryType: 'PickUp' },
  ],
};

export function anOrder(raw: unknown): DecodedSitooOrder {
  const decoded = decodeSitooOrder(raw);
  if (!decoded.ok) throw new Error(decoded.problems.map(({ path, message }) => `${path} ${message}`).join());
  return decoded.order;
}

export function aDelivery(raw: unknown): SitooDelivery {
  const decoded = decodeSitooDelivery(raw);
  if (!decoded.ok) throw new Error('not a delivery');
  return decoded.delivery;
}

/** The family of a golden case. */
export function aFamily(name: string, change: Partial<OrderFamily> = {}): OrderFamily {
  const fixture = JSON.parse(readFileSync(join(__dirname, `../fixtures/${name}.in.json`), 'utf8')) as Fixture;
  return {
    root: anOrder(fixture.sitoo),
    refunds: (fixture.refunds ?? []).map(anOrder),
    deliveries: (fixture.deliveries ?? []).map(aDelivery),
    signals: noSignals,
    ...change,
  };
}

export function mapped(family: OrderFamily, change: Partial<OrderContext> = {}): Extract<FamilyMapping, { ok: true }> {
  const mapping = mapFamily(family, { ...context, ...change });
  if (!mapping.ok) throw new Error(mapping.rejection?.code ?? mapping.skip?.code);
  return mapping;
}

export function documentOf(name: string, change: Partial<OrderFamily> = {}): OmniumOrder {
  return mapped(aFamily(name, change)).order;
}
