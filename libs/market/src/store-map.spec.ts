import type { OmniumStore, SitooStore, SitooWarehouse } from '@connector/contracts';
import { createStoreMap } from './store-map';

const oslo: OmniumStore = { id: 'oslo', externalIds: ['0047'] };
const bergen: OmniumStore = { id: 'bergen' };

function map({
  stores = [oslo, bergen],
  sitooStores = [] as SitooStore[],
  warehouses = [] as SitooWarehouse[],
}: {
  stores?: OmniumStore[];
  sitooStores?: SitooStore[];
  warehouses?: SitooWarehouse[];
} = {}) {
  return createStoreMap({ market: 'NOR', omniumStores: stores, sitooStores, sitooWarehouses: warehouses });
}

const withWarehouse = (id: string, ...pairs: [provider: string, id: string][]): OmniumStore => ({
  id,
  externalIdsList: pairs.map(([providerName, providerId]) => ({ providerName, id: providerId })),
});

describe('the store of a receipt', () => {
  it('is the one whose id is on the receipt', () => {
    expect(map().byExternalId('bergen')).toBe('bergen');
  });

  it('is the one that has the id on the receipt as an alias', () => {
    expect(map().byExternalId('0047')).toBe('oslo');
  });

  it('is none when no store has the id', () => {
    expect(map().byExternalId('0048')).toBeUndefined();
  });

  it('is none when two stores share the alias', () => {
    expect(map({ stores: [oslo, { id: 'tromso', externalIds: ['0047'] }] }).byExternalId('0047')).toBeUndefined();
  });

  it('is still known when one store carries the alias twice', () => {
    expect(map({ stores: [{ id: 'oslo', externalIds: ['0047', '0047'] }] }).byExternalId('0047')).toBe('oslo');
  });

  it('is the store of that id, even if another one has the id as an alias', () => {
    expect(map({ stores: [bergen, { id: 'tromso', externalIds: ['bergen'] }] }).byExternalId('bergen')).toBe('bergen');
  });
});

describe('the store of a warehouse', () => {
  const sitooStores: SitooStore[] = [
    { storeid: 3, name: 'Oslo', externalid: '0047' },
    { storeid: 4, name: 'New', externalid: null },
  ];
  const warehouses: SitooWarehouse[] = [
    { warehouseid: 43, name: 'Oslo', storeid: 3 },
    { warehouseid: 44, name: 'New', storeid: 4 },
    { warehouseid: 45, name: 'Central', storeid: null },
  ];
  const { ofWarehouse } = map({ sitooStores, warehouses });

  it('is found through the Sitoo store that the warehouse belongs to', () => {
    expect(ofWarehouse(43)).toBe('oslo');
  });

  it.each([
    ['belongs to a store without external id', 44],
    ['belongs to no store', 45],
    ['is not known', 46],
  ])('is none when the warehouse %s', (_, id) => {
    expect(ofWarehouse(id)).toBeUndefined();
  });
});

describe('the stock location of a warehouse', () => {
  it('is the Omnium store that names it as SitooWarehouseId, in any case', () => {
    expect(map({ stores: [withWarehouse('oslo', ['sitoowarehouseid', '43'])] }).stockLocation(43)).toBe('oslo');
  });

  it('goes by the id for the market before the plain one', () => {
    const { stockLocation } = map({ stores: [withWarehouse('oslo', ['SitooWarehouseId', '43'], ['SitooWarehouseId-NOR', '99'])] });
    expect([stockLocation(99), stockLocation(43)]).toEqual(['oslo', undefined]);
  });

  it('does not go by the id for another market', () => {
    const { stockLocation } = map({ stores: [withWarehouse('oslo', ['SitooWarehouseId-SWE', '99'], ['SitooWarehouseId', '43'])] });
    expect([stockLocation(43), stockLocation(99)]).toEqual(['oslo', undefined]);
  });

  it('is none when two stores name the same warehouse', () => {
    const stores = [withWarehouse('oslo', ['SitooWarehouseId', '43']), withWarehouse('bergen', ['SitooWarehouseId', '43'])];
    expect(map({ stores }).stockLocation(43)).toBeUndefined();
  });

  it('is none for a store without external ids', () => {
    expect(map().stockLocation(43)).toBeUndefined();
  });
});

describe('the warehouse of an Omnium store', () => {
  it('is the one it names for the market, before the plain one', () => {
    const { warehouseOf } = map({ stores: [withWarehouse('oslo', ['SitooWarehouseId', '43'], ['SitooWarehouseId-NOR', '99'])] });
    expect(warehouseOf('oslo')).toBe(99);
  });

  it.each([
    ['names none', []],
    ['names two', ['43', '44']],
    ['names no number', ['Oslo']],
  ])('is none when the store %s', (_, ids) => {
    const pairs = ids.map((id): [string, string] => ['SitooWarehouseId', id]);
    expect(map({ stores: [withWarehouse('oslo', ...pairs)] }).warehouseOf('oslo')).toBeUndefined();
  });

  it('is none when no such store is there', () => {
    expect(map().warehouseOf('tromso')).toBeUndefined();
  });
});
