/** Who publishes the key: Omnium's documentation, Sitoo's, or this connector alone. */
export type KeyOwner = 'Omnium' | 'Sitoo' | 'connector';

export interface Setting {
  key: string;
  owner: KeyOwner;
  meaning: string;
  /** The value that holds when no level sets it. */
  default?: string;
  /** In words, what its absence means, where there is no default value. */
  ifMissing?: string;
  example: string;
  secret?: true;
  /** Entries with this `keyGroup` count as entries of this setting, whatever their key. */
  keyGroup?: string;
  /** May stand several times in one record, and hold several values joined with `||`. */
  many?: true;
  /** The name is a `keyGroup`; the entries' keys are the retailer's own. */
  grouped?: true;
}

export const DEFAULT_TIMEOUT_MS = 30_000;
/** A call that lasts longer would outlive the claim on the work it belongs to. */
export const MAXIMUM_TIMEOUT_MS = 45_000;
/** During a rotation the new token stands first and the old one stays until Sitoo sends it no more. */
export const LIVE_WEBHOOK_TOKENS = 2;
/** Omnium advises at least three; Sitoo serves one call at a time and key. */
export const ADVISED_API_KEYS = 3;

/** `properties` of the `sitoo` record. Each may stand in the tenant's record and in the market's; the market wins. */
export const SITOO_PROPERTIES = [
  {
    key: 'SitooOrderType',
    owner: 'Omnium',
    ifMissing: 'required',
    example: 'PosSitoo',
    meaning: 'Order type that orders from the till get in Omnium. Must exist there under Orders > Order Types.',
  },
  {
    key: 'WebhookApiKey',
    owner: 'Omnium',
    ifMissing: 'none: the market needs credentials',
    example: '${SITOO_NOR_WEBHOOK_KEY}',
    secret: true,
    keyGroup: 'WebhookApiKeys',
    many: true,
    meaning:
      "Must equal `api_token` of the event subscription in Sitoo's back office. Two may be live during a rotation, the new one first.",
  },
  {
    key: 'OmniumWebhookApiKey',
    owner: 'connector',
    ifMissing: "none: Omnium's events are not taken",
    example: '${OMNIUM_NOR_WEBHOOK_KEY}',
    secret: true,
    keyGroup: 'OmniumWebhookApiKeys',
    many: true,
    meaning:
      "What Omnium's event subscription and webhook workflow steps send for this market: as bearer token, as password of basic auth, or in the header `X-Api-Key`. Two may be live during a rotation, the new one first.",
  },
  {
    key: 'AccountNumber',
    owner: 'connector',
    ifMissing: 'required',
    example: '90000',
    meaning: 'Sitoo account number, an integer: `/accounts/{AccountNumber}/` of every call.',
  },
  {
    key: 'EshopId',
    owner: 'connector',
    default: '1',
    example: '1',
    meaning: 'Sitoo e-shop (site) id, an integer: `/sites/{EshopId}/` of every call.',
  },
  {
    key: 'ApiKey',
    owner: 'connector',
    ifMissing: 'none: the market needs credentials',
    example: '${SITOO_NOR_API_KEY_1}',
    secret: true,
    keyGroup: 'ApiKeys',
    many: true,
    meaning: 'One Sitoo API key, as `API id:password` or as base64 of it. At least three per market are advised: they form a pool.',
  },
  {
    key: 'StartAtOrderId',
    owner: 'connector',
    ifMissing: 'required',
    example: '1',
    meaning: 'First Sitoo order id to import. Older orders are never created in Omnium; 1 imports all there are.',
  },
  {
    key: 'CutOverLookUpUntil',
    owner: 'connector',
    ifMissing: 'nothing is looked up',
    example: '2026-12-31T00:00:00Z',
    meaning:
      "Until when Omnium's built-in plugin may have imported receipts, as date and time with offset. What was sold before it, and everything until it has passed, is looked up in Omnium by its Sitoo order id and receipt number before it is created. Leave it standing: what came from the plugin is known by it for good.",
  },
  {
    key: 'CutOverLookUpBy',
    owner: 'connector',
    default: 'ExternalId||OrderNumber',
    example: 'ExternalId:SitooOrderId||Property:ReceiptId',
    many: true,
    meaning:
      'Where the built-in plugin keeps these numbers, which is not published: `ExternalId` (any provider) or `ExternalId:{provider name}`, `OrderNumber` (or the id), `Property:{key}`. Tried in this order until an order of the market and of `SitooOrderType` is found. External ids are looked up a hundred at a time, the others cost two calls for each receipt.',
  },
  {
    key: 'TimeZone',
    owner: 'connector',
    default: 'UTC',
    ifMissing: 'UTC, with a warning',
    example: 'Europe/Oslo',
    meaning: 'IANA time zone of the shops, for the trading day.',
  },
  {
    key: 'Paused',
    owner: 'connector',
    default: 'false',
    example: 'false',
    meaning: 'true: events are accepted and kept, no work is done.',
  },
  {
    key: 'ShadowMode',
    owner: 'connector',
    default: 'false',
    example: 'true',
    meaning:
      'true: everything is read, mapped and compared, and nothing is written at Sitoo or Omnium. Outcomes say what would have been written.',
  },
  {
    key: 'MarketGroup',
    owner: 'connector',
    ifMissing: 'none',
    example: 'Nordics',
    meaning: 'Omnium market group of the market. Needed only when a record uses `enabledForMarketGroups` or `disabledForMarketGroups`.',
  },
  {
    key: 'RateLimitScope',
    owner: 'connector',
    default: 'auto',
    example: 'auto',
    meaning: "What Sitoo's rate limit counts: `account`, `key`, or `auto` to find out.",
  },
  {
    key: 'RateLimitPerSecond',
    owner: 'connector',
    default: '2',
    example: '2',
    meaning: 'Calls per second to begin with, per scope. Sitoo publishes no number; 2 is the safe assumption.',
  },
  {
    key: 'RateLimitConcurrency',
    owner: 'connector',
    default: '1',
    example: '1',
    meaning: 'Calls in flight at a time to begin with, per scope. Sitoo answers "Too many connections" to a second one.',
  },
  {
    key: 'PickUpOrderType',
    owner: 'connector',
    default: 'Online-PickupInStore',
    example: 'Online-PickupInStore',
    many: true,
    meaning: 'Order types of Omnium that customers collect in a store: each order becomes one in Sitoo, without delivery address.',
  },
  {
    key: 'ShipFromStoreOrderType',
    owner: 'connector',
    default: 'Online-Delivery',
    example: 'Online-Delivery',
    many: true,
    meaning:
      'Order types of Omnium whose goods are sent. What leaves from a store with a Sitoo warehouse becomes an order there, with the delivery address; the rest stays in Omnium.',
  },
  {
    key: 'ExportPickUp',
    owner: 'connector',
    default: 'true',
    example: 'true',
    meaning: 'false: orders of `PickUpOrderType` stay in Omnium. Works only with `IOrderExporter`.',
  },
  {
    key: 'ExportShipFromStore',
    owner: 'connector',
    default: 'true',
    example: 'true',
    meaning: 'false: orders of `ShipFromStoreOrderType` stay in Omnium. Works only with `IOrderExporter`.',
  },
  {
    key: 'PrepareReturnsInStore',
    owner: 'connector',
    default: 'false',
    example: 'true',
    meaning:
      'true: an order of these types that is over and was in no store becomes a closed, paid order in Sitoo, delivered without touching stock, so that a till can take goods back. Four to six calls for each such order.',
  },
  {
    key: 'CartAs',
    owner: 'connector',
    default: 'parked',
    example: 'booking',
    meaning:
      "What Omnium's carts become in Sitoo with `ICartExporter`: `parked` orders or `booking`s. What is there already stays what it is.",
  },
  {
    key: 'CartReadPath',
    owner: 'connector',
    ifMissing: 'none: no cart is exported',
    example: '/api/<as Omnium tells you>/{cartId}',
    meaning:
      "Path of Omnium's API that answers one cart, with `{cartId}` where its id belongs. Omnium publishes no such operation, so ask Omnium for the one of your tenant; the answer has to have the fields of an order.",
  },
  {
    key: 'Bookings',
    owner: 'connector',
    default: 'order',
    example: 'skip',
    meaning:
      '`order`: a booking at the till becomes an order in Omnium without payments, which is over when it was purchased or ended. `skip`: bookings stay in Sitoo.',
  },
  {
    key: 'ForeignOrders',
    owner: 'connector',
    default: 'reject',
    example: 'import',
    meaning:
      'Orders that another system put into Sitoo. `reject`: parked, since Omnium may have them by another road. `import`: they become orders like those of the tills.',
  },
  {
    key: 'PaymentMethods',
    owner: 'connector',
    ifMissing: "none: the tills' names are Omnium's",
    example: 'Klarna',
    grouped: true,
    meaning:
      "Entries with this `keyGroup` map a payment type of the tills (key: its external id, or its name in any case) to a payment method of Omnium (value). As soon as there is one entry, a receipt paid with a type that has none is parked. Entries of both levels count; the market's wins by key.",
  },
  {
    key: 'VirtualPaymentMethod',
    owner: 'connector',
    ifMissing: "the entries of `PaymentMethods`, else the till's name",
    example: 'Exchange',
    meaning: 'Payment method of Omnium for what the two halves of an exchange owe each other.',
  },
  {
    key: 'SitooVariantGroupProperty',
    owner: 'Omnium',
    ifMissing: 'none',
    example: 'Color|Name|Size',
    meaning: 'Kept for the product export: variant properties shown in Sitoo, in this order.',
  },
  {
    key: 'MaxImageSize',
    owner: 'Omnium',
    ifMissing: 'none',
    example: '2000|2000|4000000',
    meaning: 'Kept for the product export: largest image, as width, height (pixels) and size (bytes).',
  },
  {
    key: 'DefaultProductGroup',
    owner: 'Omnium',
    ifMissing: 'none',
    example: '2',
    meaning: 'Kept for the product export: Sitoo product group (VAT) of a product without product type.',
  },
  {
    key: 'ProductGroupPropertyKey',
    owner: 'Omnium',
    ifMissing: 'none',
    example: 'SitooVatId',
    meaning: 'Kept for the product export: product property that names the Sitoo product group.',
  },
  {
    key: 'ProductGroupKeyGroup',
    owner: 'Omnium',
    ifMissing: 'none',
    example: '3',
    grouped: true,
    meaning: 'Kept for the product export: entries with this `keyGroup` map a product type (key) to a Sitoo product group (value).',
  },
] as const satisfies readonly Setting[];

export type SitooKey = (typeof SITOO_PROPERTIES)[number]['key'];

/** `properties` of the `omnium` record, in the tenant's file. */
export const OMNIUM_PROPERTIES = [
  {
    key: 'ClientId',
    owner: 'connector',
    ifMissing: 'required',
    example: '${OMNIUM_CLIENT_ID}',
    secret: true,
    meaning: "Client id of the connector's own API user in Omnium.",
  },
  {
    key: 'ClientSecret',
    owner: 'connector',
    ifMissing: 'required',
    example: '${OMNIUM_CLIENT_SECRET}',
    secret: true,
    meaning: 'Its secret. Omnium shows it once.',
  },
  {
    key: 'ScheduledTasksEnvironment',
    owner: 'connector',
    ifMissing: 'no scheduled task fires',
    example: 'production',
    meaning:
      "The one environment that fires the tenant's scheduled tasks: they fire only where `CONNECTOR_ENVIRONMENT` says the same. Omnium's Dev and Test share their data, so only one of the two may.",
  },
  {
    key: 'EventTopic',
    owner: 'connector',
    ifMissing: 'none: events come by webhook alone',
    example: 'omnium-events',
    meaning:
      "Topic on the connector's own Kafka to which an event subscription of Omnium (connector Apache Kafka) publishes. Its records are read as the bodies of webhooks are, which Omnium does not say. Who may write to it is a matter of the broker's access list.",
  },
] as const satisfies readonly Setting[];

export type OmniumKey = (typeof OMNIUM_PROPERTIES)[number]['key'];

/** Fields of a connector record. All names are Omnium's. */
export const RECORD_FIELDS = [
  {
    key: 'name',
    owner: 'Omnium',
    ifMissing: 'required',
    example: 'sitoo',
    meaning:
      '`sitoo` (one per tenant, one per market) or `omnium` (one per tenant), spelled exactly so. Records of any other name are kept and not used.',
  },
  { key: 'type', owner: 'Omnium', ifMissing: 'required for the tenant', example: 'pos', meaning: '`pos` for `sitoo`, `oms` for `omnium`.' },
  {
    key: 'host',
    owner: 'Omnium',
    ifMissing: 'required',
    example: 'https://api.mysitoo.com/v2',
    meaning: 'Base URL. For `sitoo` up to and including `/v2`, as shown in the Sitoo back office. https, except for a loopback address.',
  },
  {
    key: 'isAuthenticatedManually',
    owner: 'Omnium',
    default: 'true',
    example: 'true',
    meaning: 'The credentials are those of the properties. `false` changes nothing and is warned about.',
  },
  {
    key: 'timeOut',
    owner: 'Omnium',
    ifMissing: '30 s',
    example: '00:00:00',
    meaning: 'Longest wait for one call, `hh:mm:ss`. Zero means not set. More than 45 s is cut to 45 s, with a warning.',
  },
  {
    key: 'implementations',
    owner: 'Omnium',
    ifMissing: 'none',
    example: 'IOrderExporter',
    meaning:
      "Capabilities: `IOrderExporter` exports Omnium's orders to Sitoo, `ICartExporter` its carts; what is not listed is not written. A list on the market replaces the tenant's.",
  },
  {
    key: 'customHeaders',
    owner: 'Omnium',
    ifMissing: 'none',
    example: '[{"key": "X-Client", "value": "shop"}]',
    meaning: 'Headers of every call; the levels are joined, the market wins. `Authorization` is refused.',
  },
  {
    key: 'disableStandardErrorPolicy',
    owner: 'Omnium',
    default: 'false',
    example: 'false',
    meaning: 'true: a call that failed for a passing reason is not repeated at once.',
  },
  {
    key: 'enabledForMarkets',
    owner: 'Omnium',
    ifMissing: 'all markets',
    example: 'NOR',
    meaning: 'Markets the record is for. Empty means all.',
  },
  {
    key: 'disabledForMarkets',
    owner: 'Omnium',
    ifMissing: 'none',
    example: 'SWE',
    meaning: 'Markets the record is not for. Wins over `enabledForMarkets`.',
  },
  { key: 'enabledForMarketGroups', owner: 'Omnium', ifMissing: 'all groups', example: 'Nordics', meaning: 'The same by market group.' },
  {
    key: 'disabledForMarketGroups',
    owner: 'Omnium',
    ifMissing: 'none',
    example: 'Nordics',
    meaning: 'The same by market group. Wins over the enabled ones.',
  },
] as const satisfies readonly Setting[];

/** Fields of an entry of `event_subscriptions`. All names are Sitoo's. */
export const SUBSCRIPTION_FIELDS = [
  {
    key: 'base_url',
    owner: 'Sitoo',
    ifMissing: 'required',
    example: 'https://connector.example.com/api/sitoowebhook/DevShop/NOR/',
    meaning: "Where Sitoo sends the market's events. Sitoo appends `/events`.",
  },
  {
    key: 'api_token',
    owner: 'Sitoo',
    ifMissing: 'required',
    example: '${SITOO_NOR_WEBHOOK_KEY}',
    secret: true,
    meaning: "Must equal the market's `WebhookApiKey`.",
  },
  {
    key: 'event_types',
    owner: 'Sitoo',
    ifMissing: 'required',
    example: 'order',
    meaning: '`order`, `order-delivery` and `warehouse-transaction` at least; `booking` where stores take bookings.',
  },
] as const satisfies readonly Setting[];

/** The setting a property belongs to, by its key or its `keyGroup`, in any case. */
export function findSetting(settings: readonly Setting[], key: string, keyGroup?: string): Setting | undefined {
  const name = key.toLowerCase();
  const group = keyGroup?.toLowerCase();
  return settings.find(
    (setting) =>
      !setting.grouped && (setting.key.toLowerCase() === name || (group !== undefined && setting.keyGroup?.toLowerCase() === group)),
  );
}

/** Whether a property is one of the settings or stands in one of their groups. */
export function isKnownProperty(settings: readonly Setting[], key: string, keyGroup?: string): boolean {
  const group = keyGroup?.toLowerCase();
  return (
    findSetting(settings, key, keyGroup) !== undefined || settings.some((setting) => setting.grouped && setting.key.toLowerCase() === group)
  );
}
