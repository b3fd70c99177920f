import { revealHeaders, type ReceiptSettings, type WorkingMarket } from '@connector/connector-config';
import { orderStatuses, type OrderContext, type WebOrderContext } from '@connector/mapping';
import type { OmniumClient } from '@connector/omnium-client';
import { createSitooClient, type SitooClient } from '@connector/sitoo-client';
import type { CallEvent, CallGate } from '@connector/platform';
import { readReferenceData, ReferenceCache, type ReferenceData } from './reference-data';

/** Status of a finished sale in the Sitoo set-up (configuration.md section 5). */
export const completedStatus = 'Completed';

/** Both platforms of one market, and what its receipts are mapped with. */
export interface MarketConnection {
  config: WorkingMarket;
  sitoo: SitooClient;
  omnium: OmniumClient;
  reference: ReferenceCache;
}

export interface ConnectOptions {
  sitooGate: CallGate;
  omnium: OmniumClient;
  referenceMaxAgeMs: number;
  onCall: (event: CallEvent) => void;
}

export function connectMarket(config: WorkingMarket, { sitooGate, omnium, referenceMaxAgeMs, onCall }: ConnectOptions): MarketConnection {
  const { baseUrl, accountNumber, siteId, apiKeys, timeoutMs, customHeaders, retriesTransientFailures } = config.sitoo;
  const sitoo = createSitooClient({
    baseUrl,
    accountNumber,
    siteId,
    apiKeys: apiKeys.map((key) => key.reveal()),
    timeoutMs,
    customHeaders: revealHeaders(customHeaders),
    ...(retriesTransientFailures ? {} : { retries: false as const }),
    gate: sitooGate,
    onCall,
  });
  const load = () => readReferenceData({ market: config.market, orderType: config.orderType, completedStatus, sitoo, omnium });
  return { config, sitoo, omnium, reference: new ReferenceCache(load, referenceMaxAgeMs) };
}

/** What the map is told about a market. */
export function orderContext(
  { tenant, market, orderType, receipts }: WorkingMarket,
  { stores, market: omniumMarket, shipmentOptions, statuses }: ReferenceData,
): OrderContext {
  return {
    tenant,
    market: {
      id: omniumMarket?.marketId ?? market,
      currency: omniumMarket?.currency ?? '',
      countryCode: omniumMarket?.countryCode ?? '',
      isTaxExcluded: omniumMarket?.isTaxExcluded ?? false,
    },
    orderType,
    completedStatus,
    statuses,
    storeByExternalId: stores.byExternalId,
    storeOfWarehouse: stores.ofWarehouse,
    stockLocationOfWarehouse: stores.stockLocation,
    addressOfStore: stores.addressOf,
    shipmentOptions,
    ...receiptRules(receipts),
  };
}

type ReceiptRules = Pick<OrderContext, 'bookings' | 'foreignOrders' | 'paymentMethods' | 'virtualPaymentMethodName'>;

/** A payment type is named by its external id or by its name, so each entry is a rule for either; the map asks the external id first. */
function receiptRules({ bookings, foreignOrders, paymentMethods, virtualPaymentMethod }: ReceiptSettings): ReceiptRules {
  const rules = paymentMethods.flatMap(({ paymentType, paymentMethod: paymentMethodName }) => [
    { externalId: paymentType, paymentMethodName },
    { name: paymentType, paymentMethodName },
  ]);
  return {
    bookings,
    foreignOrders,
    ...(rules.length > 0 ? { paymentMethods: rules } : {}),
    ...(virtualPaymentMethod === undefined ? {} : { virtualPaymentMethodName: virtualPaymentMethod }),
  };
}

/** What Omnium's orders are mapped with on their way to a market's stores. */
export function webOrderContext(
  { webOrders }: Pick<WorkingMarket, 'webOrders'>,
  { stores, market, orderTypes }: Pick<ReferenceData, 'stores' | 'market' | 'orderTypes'>,
): WebOrderContext {
  const defaultTaxRate = market?.defaultTaxRate;
  return {
    market: { currency: market?.currency ?? '', ...(typeof defaultTaxRate === 'number' ? { defaultTaxRate } : {}) },
    flows: webOrders.flows,
    warehouseOfStore: stores.warehouseOf,
    statuses: orderStatuses(orderTypes),
    prepareReturnsInStore: webOrders.prepareReturnsInStore,
    cartAs: webOrders.cartAs,
  };
}
