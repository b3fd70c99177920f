import type { Operation } from '../call';
import { ok } from '../call';
import { listOf } from '../documents';
import { Refusal } from '../refusal';

const page = (result: readonly unknown[]) => ok({ result, totalHits: result.length, facets: null, scrollId: null, isValid: true });

const read = (run: Operation['run']): Operation => ({ kind: 'read', run });

/** `GET /api/Stores` */
export const getStores = read(({ tenant, query }) =>
  page(tenant.seed.stores.filter((store) => query.filterPublicVisible !== true || store.isPublicVisible === true)),
);

/** `GET /api/Stores/{storeId}` */
export const getStore = read(({ tenant, params }) => {
  const store = tenant.seed.stores.find((candidate) => candidate.id === params.storeId);
  if (!store) throw new Refusal(404, 'Store not found.');
  return ok(store);
});

/** `GET /api/Stores/GetByExternalId?id=`: looks in both lists of external ids. */
export const getStoresByExternalId = read(({ tenant, query }) =>
  page(
    tenant.seed.stores.filter((store) =>
      [...listOf(store.externalIds), ...listOf(store.externalIdsList).map((external) => external.id)].some((id) => id === query.id),
    ),
  ),
);

/** `GET /api/Markets` */
export const getMarkets = read(({ tenant }) => ok(tenant.seed.markets));

/** `GET /api/ShipmentOptions/{marketId}/ShipmentOptions`: none for an unknown market. */
export const getShipmentOptions = read(({ tenant, params }) => {
  if (!tenant.market(params.marketId)) return ok([]);
  const isValid = (markets: readonly string[]) => markets.length === 0 || markets.includes(params.marketId ?? '');
  return ok(tenant.seed.shipmentOptions.filter((option) => isValid(listOf(option.validOnMarkets))));
});

/** `GET /api/Settings/OrderTypes` */
export const getOrderTypes = read(({ tenant }) => ok(tenant.seed.orderTypes));

/** `GET /api/Settings/OrderSettings` */
export const getOrderSettings = read(({ settings }) => ok({ isOrderCalculatorRunOnImport: settings.isOrderCalculatorRunOnImport }));

/** `GET /api/Health` */
export const getHealth = read(() => ok({ status: 'Healthy' }));
