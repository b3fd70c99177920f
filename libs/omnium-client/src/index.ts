export { createOmniumClient, type OmniumClient, type OmniumClientOptions } from './client';
export type { OmniumOrders, OrderPatch } from './orders';
export type { FailedOrder, IdentifiedOrder, UpsertResult } from './order-write';
export type { CallOptions } from './omnium-seam';
export type { CheckedOmniumMarket, CheckedOmniumStore, OmniumMarkets, OmniumSettings, OmniumStores } from './reference-data';
