import { order } from '../testing/order';
import { searchOrders, searchProblems } from './search';

const orders = [
  order('a', { modified: '2026-03-02T10:00:00Z', storeId: 'oslo-downtown', orderNumber: 'N1', tags: ['x'] }),
  order('b', { modified: '2026-03-02T11:00:00Z', storeId: 'bergen-sentrum', marketId: 'SWE', created: '2026-03-01T08:00:00Z' }),
  order('c', { modified: '2026-03-02T12:00:00Z', storeId: 'oslo-downtown', status: 'New', customerId: '47' }),
];
const found = (request: Record<string, unknown>) => searchOrders(orders, request).result.map(({ id }) => id);

it.each([
  [{ externalIds: ['sitoo-b', 'unknown'] }, ['b']],
  [{ orderNumber: 'N1' }, ['a']],
  [{ orderNumber: 'c' }, ['c']],
  [{ selectedMarkets: ['SWE'] }, ['b']],
  [{ selectedStores: ['oslo-downtown'] }, ['a', 'c']],
  [{ selectedStores: ['oslo-downtown'], selectedStatuses: ['New'] }, ['c']],
  [{ excludedStatuses: ['New'] }, ['a', 'b']],
  [{ modifiedFrom: '2026-03-02T11:00:00Z' }, ['b', 'c']],
  [{ modifiedTo: '2026-03-02T11:00:00' }, ['a']],
  [{ createdTo: '2026-03-02T00:00:00Z' }, ['b']],
  [{ customerId: '47' }, ['c']],
  [{ tags: ['x'] }, ['a']],
  [{ selectedStores: [], externalIds: null, hasErrors: false }, ['a', 'b', 'c']],
])('finds by %j', (request, ids) => {
  expect(found(request)).toEqual(ids);
});

it('sorts as asked', () => {
  expect(found({ sortOrder: 'ModifiedDescending' })).toEqual(['c', 'b', 'a']);
  expect(found({ sortOrder: 'CreatedAscending' })[0]).toBe('b');
});

it('counts pages from 0 and says how many fit in all', () => {
  expect(searchOrders(orders, { take: 2, page: 1 })).toEqual({ result: [orders[2]], totalHits: 3 });
});

it('refuses more than a hundred at once and more than ten thousand deep', () => {
  expect(searchProblems({ take: 101 })).toMatchObject([{ rule: 'take' }]);
  expect(searchProblems({ take: 100, page: 101 })).toMatchObject([{ rule: 'search-window' }]);
  expect(searchProblems({ take: 100, page: 100, disableFacets: true, sortOrder: 'DocumentId' })).toEqual([]);
});

it('refuses a filter that it would have to ignore', () => {
  expect(searchProblems({ searchText: 'jeans' })).toEqual([
    { rule: 'filter-not-served', detail: 'the twin does not filter by searchText' },
  ]);
});
