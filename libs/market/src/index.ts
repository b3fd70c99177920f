export {
  completedStatus,
  connectMarket,
  connectOmnium,
  orderContext,
  webOrderContext,
  type ConnectOptions,
  type MarketConnection,
  type OmniumShared,
} from './market-connection';
export { MarketNotOpened, openMarket, type OpenMarket } from './open-market';
export type { SetupProblem } from './order-types';
export { readReferenceData, ReferenceCache, type ReferenceData, type ReferenceSource } from './reference-data';
export { createStoreMap, type StoreMap } from './store-map';
