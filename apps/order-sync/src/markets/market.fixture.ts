import { Configuration, Secret, type MarketConfig, type WorkingMarket } from '@connector/connector-config';

/** An active market NOR of tenant DevShop. */
export function aMarket(overrides: Partial<WorkingMarket> = {}): WorkingMarket {
  const calls = { timeoutMs: 1_000, customHeaders: {}, retriesTransientFailures: true };
  const key = new Secret('1500-1:password');
  return {
    tenant: 'DevShop',
    market: 'NOR',
    state: 'active',
    sitoo: {
      ...calls,
      baseUrl: 'http://127.0.0.1:1/v2',
      accountNumber: 1500,
      siteId: 1,
      apiKeys: [key],
      rateLimit: { scope: 'auto', callsPerSecond: 2, concurrency: 1 },
    },
    omnium: { ...calls, baseUrl: 'http://127.0.0.1:1', clientId: key, clientSecret: key, eventTopic: undefined },
    webhookTokens: [key],
    omniumWebhookTokens: [],
    orderType: 'PosSitoo',
    capabilities: { orderExport: true, cartExport: true, implementations: ['IOrderExporter', 'ICartExporter'] },
    webOrders: {
      flows: { 'Online-PickupInStore': 'pick-up', 'Online-Delivery': 'ship-from-store' },
      prepareReturnsInStore: false,
      cartAs: 'parked',
      cartReadPath: undefined,
    },
    receipts: { bookings: 'order', foreignOrders: 'reject', paymentMethods: [], virtualPaymentMethod: undefined },
    startAtOrderId: 1,
    shadowMode: false,
    timeZone: 'Europe/Oslo',
    effective: [],
    records: [],
    ...overrides,
  };
}

/** A configuration of tenant DevShop alone. */
export function aConfiguration(markets: readonly MarketConfig[]): Configuration {
  const tenant = { id: 'DevShop', omnium: undefined, markets, records: [], scheduledTasks: [], scheduledTasksEnvironment: undefined };
  return new Configuration([tenant], []);
}
