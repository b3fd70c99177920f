import type { OmniumMarket, OmniumOrderType, OmniumOrderWorkflowStep, OmniumShipmentOption, OmniumStore } from '@connector/contracts';
import type { EventSubscription } from './webhooks/subscription';
import type { ConnectorSeed } from './workflow/connectors';

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
  connectors?: ConnectorSeed[];
  subscriptions?: EventSubscription[];
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

/** Steps by status; a status without any runs an empty workflow. */
type Steps = Readonly<Record<string, OmniumOrderWorkflowStep[]>>;

const orderType = (name: string, statuses: string[], steps: Steps = {}): OmniumOrderType => ({
  name,
  enableEdit: true,
  orderStatuses: statuses.map((status, order) => ({
    name: status,
    order,
    workflowSteps: steps[status] ?? [],
    isDeliveredStatus: status === 'Completed',
    isCanceledStatus: status === 'OrderCanceled',
  })),
});

const STATUSES = [
  'New',
  'InProgress',
  'ReadyForPickup',
  'Ship',
  'PartiallyShipped',
  'OnHold',
  'Completed',
  'OrderCanceled',
  'PartiallyReturned',
  'Returned',
];

/** Hands a new web order to the till (configuration section 4): after saving, since the receiver reads the order back. */
const EXPORTED: Steps = { New: [{ name: 'ExportOrder', connector: 'sitoo', active: true, runAfterOrderIsSaved: true }] };

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
    orderType('PosSitoo', STATUSES),
    orderType('Online-Delivery', STATUSES, EXPORTED),
    orderType('Online-PickupInStore', STATUSES, EXPORTED),
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
