import { createStoreMap } from './store-map';
import { readReferenceData, ReferenceCache, type ReferenceData, type ReferenceSource } from './reference-data';

const maxAgeMs = 600_000;
const nothing: ReferenceData = {
  stores: createStoreMap({ market: 'NOR', omniumStores: [], sitooStores: [], sitooWarehouses: [] }),
  market: undefined,
  shipmentOptions: [],
  statuses: {},
  orderTypes: [],
};

/** A cache over a clock that the test moves, and loads that it counts. */
function scene({ load = async (): Promise<ReferenceData> => ({ ...nothing }) } = {}) {
  const clock = { ms: 1_000_000 };
  const loads = jest.fn(load);
  return { clock, loads, cache: new ReferenceCache(loads, maxAgeMs, () => clock.ms) };
}

describe('the cache of reference data', () => {
  it('loads once and keeps what it has until that is too old', async () => {
    const { cache, clock, loads } = scene();
    const first = await cache.get();
    clock.ms += maxAgeMs - 1;
    expect(await cache.get()).toBe(first);
    clock.ms += 1;
    expect(await cache.get()).not.toBe(first);
    expect(loads).toHaveBeenCalledTimes(2);
  });

  it('says what is known only while that is young enough', async () => {
    const { cache, clock, loads } = scene();
    expect(cache.known()).toBeUndefined();
    const first = await cache.get();
    clock.ms += maxAgeMs - 1;
    expect(cache.known()).toBe(first);
    clock.ms += 1;
    expect(cache.known()).toBeUndefined();
    expect(loads).toHaveBeenCalledTimes(1);
  });

  it('loads once for all who ask meanwhile, for whatever reason', async () => {
    const { cache, loads } = scene();
    const [one, other, fresh] = await Promise.all([cache.get(), cache.get(), cache.fresh()]);
    expect([other, fresh]).toEqual([one, one]);
    expect(loads).toHaveBeenCalledTimes(1);
  });

  it('reads fresh data at most every 30 s', async () => {
    const { cache, clock, loads } = scene();
    const first = await cache.fresh();
    clock.ms += 29_999;
    expect(await cache.fresh()).toBe(first);
    clock.ms += 1;
    expect(await cache.fresh()).not.toBe(first);
    expect(loads).toHaveBeenCalledTimes(2);
  });

  it('counts the age from before the load, since what it brings may be that old', async () => {
    const { cache, clock, loads } = scene({
      load: async () => {
        clock.ms += 60_000;
        return { ...nothing };
      },
    });
    await cache.get();
    clock.ms += maxAgeMs - 60_000;
    await cache.get();
    expect(loads).toHaveBeenCalledTimes(2);
  });

  it('does not keep a load that failed', async () => {
    const { cache, loads } = scene();
    loads.mockRejectedValueOnce(new Error('away'));
    await expect(cache.get()).rejects.toThrow('away');
    await expect(cache.get()).resolves.toEqual(nothing);
  });

  it('fails when what it has is too old and cannot be read anew', async () => {
    const { cache, clock, loads } = scene();
    await cache.get();
    clock.ms += maxAgeMs;
    loads.mockRejectedValueOnce(new Error('away'));
    await expect(cache.get()).rejects.toThrow('away');
  });
});

describe('reading reference data', () => {
  function source(overrides: Partial<ReferenceSource> = {}): ReferenceSource {
    const atSitoo = { now: 0, most: 0 };
    const oneCall = async () => {
      atSitoo.most = Math.max(atSitoo.most, (atSitoo.now += 1));
      await Promise.resolve();
      atSitoo.now -= 1;
      if (atSitoo.most > 1) throw new Error('two calls at Sitoo at once');
      return [];
    };
    return {
      market: 'nor',
      orderType: 'PosSitoo',
      completedStatus: 'Completed',
      sitoo: { stores: { all: oneCall }, warehouses: { all: oneCall } },
      omnium: {
        stores: { all: async () => [{ id: 'oslo' }] },
        markets: { all: async () => [{ marketId: 'NOR', currency: 'NOK' }] },
        settings: { orderTypes: async () => [{ name: 'PosSitoo', orderStatuses: [{ name: 'Completed' }] }] },
        shipmentOptions: async () => [{ shippingMethodName: 'PickUpInStore' }],
      },
      ...overrides,
    };
  }

  it('finds the market in any case, asking Sitoo one call at a time', async () => {
    const { market, problem, stores, shipmentOptions } = await readReferenceData(source());
    expect(market).toEqual({ marketId: 'NOR', currency: 'NOK' });
    expect(problem).toBeUndefined();
    expect(stores.byExternalId('oslo')).toBe('oslo');
    expect(shipmentOptions).toHaveLength(1);
  });

  it('reports a market that Omnium does not have, with those it has', async () => {
    const { problem } = await readReferenceData(source({ market: 'SWE' }));
    expect(problem?.code).toBe('MARKET_UNKNOWN');
    expect(problem?.message).toMatch(/"SWE".*NOR/);
  });

  it('reports an order type that Omnium does not have', async () => {
    const { problem } = await readReferenceData(source({ orderType: 'Other' }));
    expect(problem?.code).toBe('ORDER_TYPE_UNKNOWN');
  });
});
