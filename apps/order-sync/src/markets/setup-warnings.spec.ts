import type { WorkingMarket } from '@connector/connector-config';
import type { OmniumOrderType, OmniumShipmentOption, SitooPaymentType } from '@connector/contracts';
import { aMarket } from './market.fixture';
import { setupWarnings } from './setup-warnings';

const options: OmniumShipmentOption[] = [
  { shippingMethodName: 'PickUpInStore', shipmentDeliveryType: 'PickUp' },
  { shippingMethodName: 'HomeDelivery', shipmentDeliveryType: 'Delivery' },
];
const orderTypes: OmniumOrderType[] = ['PosSitoo', 'Online-PickupInStore', 'Online-Delivery'].map((name) => ({ name }));
const reference = { shipmentOptions: options, orderTypes };
const types: SitooPaymentType[] = [
  { paymenttypeid: 1, paymentmethodid: 200, name: 'Card', externalid: 'CARD' },
  { paymenttypeid: 2, paymentmethodid: 100, name: 'Cash' },
];
const withMethods = (...paymentTypes: string[]) => {
  const paymentMethods = paymentTypes.map((paymentType) => ({ paymentType, paymentMethod: 'Any' }));
  return market({ receipts: { ...aMarket().receipts, paymentMethods } });
};

/** Its carts can be read. */
const market = (change: Partial<WorkingMarket> = {}) =>
  aMarket({ webOrders: { ...aMarket().webOrders, cartReadPath: '/api/Something/{cartId}' }, ...change });

test('a market that has everything is not warned of', () => {
  expect(setupWarnings(market(), reference, types)).toEqual([]);
  expect(setupWarnings(withMethods('CARD', 'cash'), reference, types)).toEqual([]);
});

test.each([
  ['PickUp', options.slice(1)],
  ['Delivery', options.slice(0, 1)],
  // An option without a name cannot be written to a shipment.
  ['Delivery', [...options.slice(0, 1), { shipmentDeliveryType: 'Delivery' as const }]],
])('a market without an option to %s is told what will be parked', (kind, shipmentOptions) => {
  expect(setupWarnings(market(), { ...reference, shipmentOptions }, types)).toEqual([
    { code: 'NO_SHIPMENT_OPTION', message: expect.stringContaining(`delivery type ${kind} in Omnium`) },
  ]);
});

test('an order type of web orders that Omnium does not have is named with those it has', () => {
  const known = { ...reference, orderTypes: orderTypes.slice(0, 2) };
  expect(setupWarnings(market(), known, types)).toEqual([
    {
      code: 'WEB_ORDER_TYPE_UNKNOWN',
      message: expect.stringMatching(/"Online-Delivery".*"ShipFromStoreOrderType".*PosSitoo, Online-PickupInStore/),
    },
  ]);
});

test('without the export of orders nothing is said of their types', () => {
  const config = aMarket({ capabilities: { orderExport: false, cartExport: false, implementations: [] } });
  expect(setupWarnings(config, { ...reference, orderTypes: [] }, types)).toEqual([]);
});

test('carts that are to be exported and cannot be read are told with the setting, and only then', () => {
  expect(setupWarnings(aMarket(), reference, types)).toEqual([
    { code: 'CART_READ_PATH_MISSING', message: expect.stringContaining('set "CartReadPath" in the "sitoo" record of tenant DevShop') },
  ]);
  const off = { orderExport: true, cartExport: false, implementations: ['IOrderExporter'] };
  expect(setupWarnings(aMarket({ capabilities: off }), reference, types)).toEqual([]);
});

test('a payment type of the tills without an entry is told with the entry to add', () => {
  expect(setupWarnings(withMethods('Cash'), reference, types)).toEqual([
    { code: 'PAYMENT_METHOD_UNKNOWN', message: expect.stringContaining('{"key": "CARD", "value":') },
  ]);
});

test('an entry that is no payment type of the tills is told with those there are', () => {
  expect(setupWarnings(withMethods('CARD', 'Cash', 'KLARNA'), reference, types)).toEqual([
    {
      code: 'PAYMENT_TYPE_UNKNOWN',
      message: expect.stringContaining('"KLARNA" of "PaymentMethods" is no payment type of the tills; there are: Card (CARD), Cash'),
    },
  ]);
});

test('payment types that could not be read are not judged', () => {
  expect(setupWarnings(withMethods('KLARNA'), reference, undefined)).toEqual([]);
});
