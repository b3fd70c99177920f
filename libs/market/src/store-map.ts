import type { OmniumStore, SitooStore, SitooWarehouse } from '@connector/contracts';
import type { OmniumAddress } from '@connector/mapping';

export interface StoreMap {
  /** Omnium store id of a Sitoo store's external id. */
  byExternalId: (externalId: string) => string | undefined;
  /** Omnium store id of the Sitoo store that a warehouse belongs to. */
  ofWarehouse: (warehouseId: number) => string | undefined;
  /** Omnium store id that is mapped to the Sitoo warehouse: where goods leave. */
  stockLocation: (warehouseId: number) => string | undefined;
  /** Address of an Omnium store, for goods to be collected there; undefined when it has none. */
  addressOf: (storeId: string) => OmniumAddress | undefined;
  /** The one Sitoo warehouse that an Omnium store names: where its web orders go. */
  warehouseOf: (omniumStoreId: string) => number | undefined;
}

interface Places {
  market: string;
  omniumStores: readonly OmniumStore[];
  sitooStores: readonly SitooStore[];
  sitooWarehouses: readonly SitooWarehouse[];
}

/**
 * Which Omnium store a receipt belongs to. The Sitoo store's external id is the Omnium store's id, or one of its external ids (S21); an id
 * that leads to two stores leads to none, since a store is never guessed.
 */
export function createStoreMap({ market, omniumStores, sitooStores, sitooWarehouses }: Places): StoreMap {
  const ids = new Set(omniumStores.map(({ id }) => id));
  const byAlias = uniqueIndex(omniumStores.flatMap(({ id, externalIds }) => (externalIds ?? []).map((alias) => [alias, id] as const)));
  const byExternalId = (externalId: string) => (ids.has(externalId) ? externalId : byAlias.get(externalId));

  const storeOf = new Map(sitooStores.map(({ storeid, externalid }) => [storeid, externalid ?? undefined]));
  const warehouses = new Map(sitooWarehouses.map(({ warehouseid, storeid }) => [warehouseid, storeid ?? undefined]));
  const ofWarehouse = (warehouseId: number) => {
    const storeId = warehouses.get(warehouseId);
    const externalId = storeId === undefined ? undefined : storeOf.get(storeId);
    return externalId === undefined ? undefined : byExternalId(externalId);
  };

  const locations = uniqueIndex(omniumStores.flatMap((store) => warehouseIds(store, market).map((id) => [id, store.id] as const)));
  const addresses = new Map(omniumStores.map((store) => [store.id, store]));
  const named = uniqueIndex(omniumStores.flatMap((store) => warehouseIds(store, market).map((id) => [store.id, id] as const)));
  return {
    byExternalId,
    ofWarehouse,
    stockLocation: (warehouseId) => locations.get(String(warehouseId)),
    addressOf: (storeId) => toAddress(addresses.get(storeId)),
    warehouseOf: (storeId) => toWarehouseId(named.get(storeId)),
  };
}

/** As an address of an order; a store without a street has none. */
function toAddress(store: OmniumStore | undefined): OmniumAddress | undefined {
  const { streetName, streetNumber, zipcode, city, countryCode, name } = store?.address ?? {};
  if (!streetName) return undefined;
  return {
    ...((name ?? store?.name) ? { name: name ?? store?.name ?? undefined } : {}),
    line1: [streetName, streetNumber].filter((part) => part).join(' '),
    ...(zipcode ? { postalCode: zipcode } : {}),
    ...(city ? { city } : {}),
    ...(countryCode ? { countryCode } : {}),
  };
}

/** Sitoo's ids are whole numbers; whatever else stands in Omnium names no warehouse. */
function toWarehouseId(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-9]\d{0,14}$/.test(text.trim()) ? Number(text) : undefined;
}

/** `SitooWarehouseId-{MarketId}` before the plain `SitooWarehouseId` (N2). */
function warehouseIds({ externalIdsList }: OmniumStore, market: string): string[] {
  const named = (provider: string) =>
    (externalIdsList ?? []).flatMap(({ providerName, id }) => (providerName?.toLowerCase() === provider.toLowerCase() && id ? [id] : []));
  const ofMarket = named(`SitooWarehouseId-${market}`);
  return ofMarket.length > 0 ? ofMarket : named('SitooWarehouseId');
}

/** Names that lead to exactly one id. */
function uniqueIndex(pairs: readonly (readonly [string, string])[]): Map<string, string> {
  const index = new Map<string, string>();
  const doubled = new Set<string>();
  for (const [name, id] of pairs) {
    if (index.has(name) && index.get(name) !== id) doubled.add(name);
    index.set(name, id);
  }
  for (const name of doubled) index.delete(name);
  return index;
}
