import { createStoreMap } from '@connector/market';
import type { IdentifiedOrder, OmniumClient } from '@connector/omnium-client';
import { aMarket } from '../../markets/market.fixture';
import { sweepOmniumOrders, type SweepConnection } from './sweep';

type Filter = Parameters<OmniumClient['orders']['scroll']>[0];
const from = new Date('2026-03-02T10:00:00Z');

function connection(config = aMarket(), batches: Record<string, IdentifiedOrder[][]> = {}) {
  const asked: Filter[] = [];
  async function* scroll(filter: Filter): AsyncGenerator<IdentifiedOrder[]> {
    asked.push(filter);
    yield* batches[filter.orderType ?? ''] ?? [];
  }
  const reference = {
    stores: createStoreMap({ market: 'NOR', omniumStores: [], sitooStores: [], sitooWarehouses: [] }),
    market: { marketId: 'nor', currency: 'NOK', countryCode: 'NO' },
    shipmentOptions: [],
    statuses: {},
    orderTypes: [],
  };
  const made: SweepConnection = { config, omnium: { orders: { scroll } }, reference: { get: async () => reference } };
  return { made, asked };
}

describe('the sweep for changes that were not announced', () => {
  it('answers the keys of all orders for stores that changed since, once each', async () => {
    const { made, asked } = connection(aMarket(), {
      'Online-PickupInStore': [[{ id: 'A' }, { id: 'B' }], [{ id: 'A' }]],
      'Online-Delivery': [[{ id: 'C/1' }]],
    });
    expect(await sweepOmniumOrders(made, { from })).toEqual(['DevShop/NOR/A', 'DevShop/NOR/B', 'DevShop/NOR/C/1']);
    const filter = { modifiedFrom: '2026-03-02T10:00:00.000Z', selectedMarkets: ['nor'] };
    expect(asked).toEqual([
      { ...filter, orderType: 'Online-PickupInStore' },
      { ...filter, orderType: 'Online-Delivery' },
    ]);
  });

  it('ends where it is told to', async () => {
    const { made, asked } = connection();
    await sweepOmniumOrders(made, { from, to: new Date('2026-03-03T10:00:00Z') });
    expect(asked[0]).toMatchObject({ modifiedFrom: '2026-03-02T10:00:00.000Z', modifiedTo: '2026-03-03T10:00:00.000Z' });
  });

  it('looks for nothing while orders are not exported', async () => {
    const { made, asked } = connection(aMarket({ capabilities: { orderExport: false, cartExport: false, implementations: [] } }));
    expect(await sweepOmniumOrders(made, { from })).toEqual([]);
    expect(asked).toEqual([]);
  });
});
