import type { SitooStore, SitooWarehouse } from '@connector/contracts';
import { isRecord } from '@connector/platform';
import type { ReadOptions, SitooReader } from './sitoo-seam';

type WithId<T, K extends keyof T> = T & { [key in K]-?: NonNullable<T[K]> };

/** A store with the fields that have been checked; the others are as Sitoo sent them. */
export type CheckedStore = WithId<SitooStore, 'storeid' | 'name'>;
/** A warehouse with the fields that have been checked; the others are as Sitoo sent them. */
export type CheckedWarehouse = WithId<SitooWarehouse, 'warehouseid' | 'name'>;

/** Stores of the site. */
export class SitooStores {
  constructor(
    private readonly reader: SitooReader,
    private readonly siteId: number,
  ) {}

  async all(options: ReadOptions = {}): Promise<CheckedStore[]> {
    const path = `/sites/${this.siteId}/stores.json`;
    const rows = await this.reader.all({ operation: 'stores.all', path, isRow: isStore, idOf: (store) => store.storeid }, options);
    return [...rows.values()];
  }
}

/** Warehouses of the site. */
export class SitooWarehouses {
  constructor(
    private readonly reader: SitooReader,
    private readonly siteId: number,
  ) {}

  async all(options: ReadOptions = {}): Promise<CheckedWarehouse[]> {
    const path = `/sites/${this.siteId}/warehouses.json`;
    const rows = await this.reader.all(
      { operation: 'warehouses.all', path, isRow: isWarehouse, idOf: (warehouse) => warehouse.warehouseid },
      options,
    );
    return [...rows.values()];
  }
}

function isStore(value: unknown): value is CheckedStore {
  return isRecord(value) && isId(value['storeid']) && typeof value['name'] === 'string' && isText(value['externalid']);
}

function isWarehouse(value: unknown): value is CheckedWarehouse {
  const fits = isRecord(value) && isId(value['warehouseid']) && typeof value['name'] === 'string' && isText(value['externalid']);
  return fits && (value['storeid'] === undefined || value['storeid'] === null || isId(value['storeid']));
}

function isId(value: unknown): boolean {
  return Number.isSafeInteger(value);
}

function isText(value: unknown): boolean {
  return value === undefined || value === null || typeof value === 'string';
}
