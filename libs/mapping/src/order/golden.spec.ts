import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OmniumShipmentOption } from '@connector/contracts';
import type { OrderContext, OrderMarket, PaymentMethodRule } from './order-context';
import { mapSitooOrder } from './to-omnium-order';

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
}

interface Fixture {
  title: string;
  sitoo: unknown;
  context?: FixtureContext;
}

const folder = join(__dirname, 'fixtures');
const cases = readdirSync(folder)
  .filter((file) => file.endsWith('.in.json'))
  .map((file) => file.replace('.in.json', ''));

const options: OmniumShipmentOption[] = [
  { shippingMethodId: 'home', shippingMethodName: 'HomeDelivery', shipmentDeliveryType: 'Delivery', isDefaultShipment: true },
  { shippingMethodName: 'PickUpInStore', shipmentDeliveryType: 'PickUp' },
  { shippingMethodName: 'Locker', shipmentDeliveryType: 'PickUp' },
];

function contextOf(given: FixtureContext = {}): OrderContext {
  const stores = given.stores ?? { 'oslo-downtown': 'oslo-downtown' };
  const { storesOfWarehouses, stockLocations, customerIds } = given;
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
  };
}

function read<T>(file: string): T {
  return JSON.parse(readFileSync(join(folder, file), 'utf8')) as T;
}

describe('the map of a Sitoo order, by example', () => {
  it.each(cases)('gives what is recorded for %s', (name) => {
    const { sitoo, context } = read<Fixture>(`${name}.in.json`);
    const result = JSON.parse(JSON.stringify(mapSitooOrder(sitoo, contextOf(context)))) as unknown;
    const recorded = `${name}.out.json`;
    if (process.env['UPDATE_GOLDEN'] || !existsSync(join(folder, recorded))) {
      if (process.env['CI']) throw new Error(`${recorded} is missing`);
      writeFileSync(join(folder, recorded), `${JSON.stringify(result, null, 2)}\n`);
    }
    expect(result).toEqual(read(recorded));
  });
});
