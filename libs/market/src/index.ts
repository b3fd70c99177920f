export { openOmnium, openSitooGate, type OmniumAccess } from './access';
export { connectMarket, orderContext, webOrderContext, type ConnectOptions, type MarketConnection } from './market-connection';
export { MarketNotOpened, openMarket, type OpenMarket } from './open-market';
export type { SetupProblem } from './order-types';
export { readReferenceData, ReferenceCache, type ReferenceData, type ReferenceSource } from './reference-data';
export { createStoreMap, type StoreMap } from './store-map';
