import type { TwinUnderTest } from '../testing/client';
import { startForTest } from '../testing/client';
import { order } from '../testing/order';

let test: TwinUnderTest;
beforeEach(async () => {
  test = await startForTest({ settings: { searchLagMs: 0 } });
  await test.call(
    'POST',
    '/api/Orders/UpdateMany?runWorkflow=false',
    ['a', 'b', 'c', 'd', 'e'].map((id) => order(id)),
  );
});
afterEach(() => test.twin.stop());

const start = (body: object) => test.call('POST', '/api/Orders/Scroll', body);
const next = (id: unknown) => test.call('GET', `/api/Orders/Scroll/${encodeURIComponent(String(id))}`);
const scrollId = (body: unknown) => Object(body).scrollId;
const ids = (body: unknown) => Object(body).result.map((found: { id: string }) => found.id);

it('gives a snapshot in batches until an empty one without an id', async () => {
  const batches = [await start({ take: 2, modifiedFrom: '2026-03-02T00:00:00Z' })];
  await test.call('POST', '/api/Orders/UpdateMany?runWorkflow=false', [order('f')]);
  for (let last = batches[0]; scrollId(last?.body); last = batches.at(-1)) batches.push(await next(scrollId(last?.body)));
  expect(batches.map(({ body }) => ids(body))).toEqual([['a', 'b'], ['c', 'd'], ['e'], []]);
  expect(batches[3]?.body).toMatchObject({ scrollId: null, totalHits: 5 });
});

it('knows the newest id only, and for five minutes', async () => {
  const first = scrollId((await start({ take: 1 })).body);
  const second = scrollId((await next(first)).body);
  expect((await next(first)).status).toBe(404);
  test.clock.advance(5 * 60_000);
  const third = scrollId((await next(second)).body);
  test.clock.advance(5 * 60_000 + 1);
  expect((await next(third)).status).toBe(404);
  expect(test.twin.admin.violations()).toEqual([]);
});

it('refuses a filter it does not serve', async () => {
  expect((await start({ urgent: true })).status).toBe(400);
  expect(test.twin.admin.violations()).toMatchObject([{ rule: 'filter-not-served' }]);
});
