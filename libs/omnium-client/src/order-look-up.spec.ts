import type { OrderFilter } from './order-search';
import { lookUpOrders, type ReferencePlace } from './order-look-up';
import type { IdentifiedOrder } from './order-write';
import { closeScenes, failure, scene } from './scene.fixture';

afterEach(closeScenes);

const filter = { selectedMarkets: ['NOR'], orderType: 'PosSitoo' };
const anyExternalId: ReferencePlace = { kind: 'external-id' };
const orderNumber: ReferencePlace = { kind: 'order-number' };

const anOrder = (id: string, ...ids: [string, string][]): IdentifiedOrder => ({
  id,
  orderNumber: `no-${id}`,
  externalIds: ids.map(([providerName, value]) => ({ providerName, id: value })),
});

/** An Omnium whose search answers everything it has, and what it was asked. */
function omnium(...orders: IdentifiedOrder[]) {
  const asked: OrderFilter[] = [];
  const reads = {
    search: async (one: OrderFilter) => {
      asked.push(one);
      return orders;
    },
    byIds: async (ids: readonly string[]) => new Map(orders.filter(({ id }) => ids.includes(id)).map((order) => [order.id, order])),
  };
  const lookUp = async (wanted: [number, string[]][], places: ReferencePlace[]) => {
    const found = await lookUpOrders(reads, new Map(wanted), { places, filter });
    return [...found].map(([key, ofKey]) => [key, ofKey.map(({ id }) => id)]);
  };
  return { asked, lookUp, orders };
}

it('finds orders by external ids of any provider, many with one search, in the market and order type', async () => {
  const { asked, lookUp } = omnium(anOrder('A', ['Sitoo', '7']), anOrder('B', ['Receipt', 'R-8'], ['Sitoo', '8']));
  const found = await lookUp(
    [
      [7, ['7', 'R-7']],
      [8, ['8', 'R-8']],
      [9, ['9']],
    ],
    [anyExternalId],
  );
  expect(found).toEqual([
    [7, ['A']],
    [8, ['B']],
  ]);
  expect(asked).toEqual([{ externalIds: ['7', 'R-7', '8', 'R-8', '9'], ...filter }]);
});

it('names at most a hundred external ids in a search', async () => {
  const { asked, lookUp } = omnium();
  await lookUp(
    Array.from({ length: 120 }, (_, index) => [index, [`${index}`, `R-${index}`]]),
    [anyExternalId],
  );
  expect(asked.map(({ externalIds }) => externalIds?.length)).toEqual([100, 100, 40]);
});

it('takes ids of the named provider only', async () => {
  const { lookUp } = omnium(anOrder('A', ['Invoice', '7']));
  expect(await lookUp([[7, ['7']]], [{ kind: 'external-id', provider: 'SitooOrderId' }])).toEqual([]);
});

it('looks in the next place for what it has not found yet, one value a search', async () => {
  const { asked, lookUp } = omnium(anOrder('A', ['Sitoo', '7']), { ...anOrder('8'), properties: [{ key: 'Receipt', value: 'R-9' }] });
  const wanted: [number, string[]][] = [
    [7, ['7']],
    [8, ['8']],
    [9, ['9', 'R-9']],
  ];
  expect(await lookUp(wanted, [anyExternalId, orderNumber, { kind: 'property', key: 'Receipt' }])).toEqual([
    [7, ['A']],
    [8, ['8']],
    [9, ['8']],
  ]);
  expect(asked.slice(1)).toEqual([
    { orderNumber: '8', ...filter },
    { orderNumber: '9', ...filter },
    { orderNumber: 'R-9', ...filter },
    { properties: [{ key: 'Receipt', value: '9' }], ...filter },
    { properties: [{ key: 'Receipt', value: 'R-9' }], ...filter },
  ]);
});

it('tells of every order that carries a number', async () => {
  const { lookUp } = omnium(anOrder('A', ['Sitoo', '7']), anOrder('B', ['Sitoo', '7']));
  expect(await lookUp([[7, ['7']]], [anyExternalId])).toEqual([[7, ['A', 'B']]]);
});

it('goes by what reading by id shows, since search lags: an order that is gone is not found', async () => {
  const { lookUp, orders } = omnium(anOrder('A', ['Sitoo', '7']));
  const [order] = orders;
  const { client, calls } = await scene(({ url }) =>
    url.includes('/Search')
      ? { status: 200, body: { result: [order] } }
      : { status: 200, body: url.includes('ExistMany') ? [] : { orders: [], missingIds: ['A'] } },
  );
  expect(await lookUp([[7, ['7']]], [anyExternalId])).toEqual([[7, ['A']]]);
  expect((await client.orders.lookUp(new Map([[7, ['7']]]), { places: [anyExternalId], filter })).size).toBe(0);
  expect(calls.map(({ url }) => url.replace(/\?.*/, ''))).toEqual(['/api/Orders/Search', '/api/Orders/GetOrders/ByIds']);
});

it('fails when a search fails: that nothing was found is not known then', async () => {
  const { client } = await scene(() => ({ status: 503 }));
  expect(await failure(client.orders.lookUp(new Map([[7, ['7']]]), { places: [anyExternalId], filter }))).toMatchObject({
    code: 'OMNIUM_SERVER_ERROR',
  });
});
