import type { OmniumMarket, OmniumOrderType, OmniumShipmentOption, OmniumStore } from '@connector/contracts';

/** One API user of a tenant; each has its own rate budget. */
export interface ApiUserSeed {
  clientId: string;
  clientSecret: string;
  /** Omnium role names; `ApiOwner` may do everything and is the default. */
  roles?: string[];
}

/** What a tenant's settings hold before the first call. */
export interface TenantSeed {
  id: string;
  apiUsers: ApiUserSeed[];
  markets: OmniumMarket[];
  stores: OmniumStore[];
  orderTypes: OmniumOrderType[];
  /** Every market's options; `validOnMarkets` empty or absent means all markets. */
  shipmentOptions: OmniumShipmentOption[];
  /** No endpoint reads these; orders that name another method are refused. */
  paymentMethods: string[];
}

const market = (marketId: string, marketName: string, currency: string, countryCode: string, language: string): OmniumMarket => ({
  marketId,
  marketName,
  currency,
  countryCode,
  languageCode: language,
  productContentLanguage: language,
  defaultTaxRate: 25,
  isTaxExcluded: false,
  isActive: true,
  isDefaultMarket: marketId === 'NOR',
});

const store = (id: string, name: string, city: string, warehouseId: string): OmniumStore => ({
  id,
  name,
  availableOnMarkets: ['NOR'],
  address: { city, countryCode: 'NO' },
  isWarehouse: true,
  isInactive: false,
  externalIds: [warehouseId],
  externalIdsList: [
    { providerName: 'SitooWarehouseId', id: warehouseId },
    { providerName: 'SitooWarehouseId-NOR', id: warehouseId },
  ],
  properties: [{ key: 'SitooWarehouseType', value: 'Virtual' }],
});

const orderType = (name: string, statuses: string[]): OmniumOrderType => ({
  name,
  enableEdit: true,
  orderStatuses: statuses.map((status, order) => ({ name: status, order, workflowSteps: [], isDeliveredStatus: status === 'Completed' })),
});

const WEB_STATUSES = ['New', 'InProgress', 'ReadyForPickup', 'Ship', 'Completed', 'OrderCanceled', 'PartiallyReturned', 'Returned'];

/** The tenant the twin has when no seed file is given: one Norwegian retailer with three shops, and a Swedish market. */
export const devShop: TenantSeed = {
  id: 'DevShop',
  apiUsers: [{ clientId: 'devshop-connector', clientSecret: 'devshop-secret' }],
  markets: [market('NOR', 'Norway', 'NOK', 'NO', 'no'), market('SWE', 'Sweden', 'SEK', 'SE', 'sv')],
  stores: [
    store('oslo-downtown', 'Oslo Downtown', 'Oslo', '1'),
    store('bergen-sentrum', 'Bergen Sentrum', 'Bergen', '2'),
    store('trondheim-torg', 'Trondheim Torg', 'Trondheim', '3'),
  ],
  orderTypes: [
    orderType('PosSitoo', ['Completed']),
    orderType('Online-Delivery', WEB_STATUSES),
    orderType('Online-PickupInStore', WEB_STATUSES),
  ],
  shipmentOptions: [
    { shippingMethodId: 'pickup-in-store', shippingMethodName: 'PickUpInStore', shipmentDeliveryType: 'PickUp', validOnMarkets: [] },
    {
      shippingMethodId: 'home-delivery',
      shippingMethodName: 'HomeDelivery',
      shipmentDeliveryType: 'Delivery',
      isDefaultShipment: true,
      validOnMarkets: [],
    },
    { shippingMethodId: 'postnord', shippingMethodName: 'PostNord', shipmentDeliveryType: 'Delivery', validOnMarkets: [] },
  ],
  paymentMethods: ['Card', 'Cash', 'Gift Card', 'Vipps', 'Swish', 'Klarna', 'Invoice', 'Credit note'],
};
