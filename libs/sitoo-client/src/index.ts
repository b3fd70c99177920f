export { createSitooClient, type SitooClient, type SitooClientOptions } from './client';
export { encodeApiKey } from './api-key';
export { orderFields } from './order-fields';
export type { OrderPage, SitooOrders } from './orders';
export type { CheckedStore, CheckedWarehouse, SitooStores, SitooWarehouses } from './places';
export type { ReadOptions } from './sitoo-seam';
