import type { Answer, SeenRequest } from './scripted-server.fixture';
import { closeScenes, failure, scene } from './scene.fixture';
import type { IdentifiedOrder } from './order-write';

afterEach(closeScenes);

const order: IdentifiedOrder = { id: 'o-1', marketId: 'NOR', status: 'New' };
const once = { maxAttempts: 2, baseMs: 1, maxMs: 1 };

function isRead({ url }: SeenRequest): boolean {
  return url.includes('ByIds');
}
const there: Answer = { status: 200, body: { orders: [{ ...order, status: 'InProgress' }] } };
const absent: Answer = { status: 200, body: { orders: [], missingIds: ['o-1'] } };

describe('creating an order with its workflow', () => {
  it('sends it under its own id and returns what Omnium made of it', async () => {
    const { client, calls } = await scene(() => ({ status: 201, body: { ...order, status: 'Queued' } }));
    await expect(client.orders.create(order)).resolves.toEqual({ order: { ...order, status: 'Queued' }, created: true });
    expect(calls).toMatchObject([{ method: 'POST', url: '/api/Orders', body: JSON.stringify(order) }]);
  });

  it.each([400, 409])('returns the order that is there when the id is refused with %i', async (status) => {
    const { client, calls } = await scene((request) => (isRead(request) ? there : { status }));
    await expect(client.orders.create(order)).resolves.toEqual({ order: { ...order, status: 'InProgress' }, created: false });
    expect(calls).toHaveLength(2);
  });

  it('says rejected when the order is refused for another reason', async () => {
    const { client } = await scene((request) => (isRead(request) ? absent : { status: 400 }));
    expect(await failure(client.orders.create(order))).toMatchObject({ code: 'OMNIUM_REJECTED', outcomeUnknown: false });
  });

  it('repeats after a broken connection and takes the refusal of the second try for its own order', async () => {
    const { client, calls } = await scene((request, index) => (isRead(request) ? there : index === 0 ? 'reset' : { status: 409 }), {
      retries: once,
    });
    await expect(client.orders.create(order)).resolves.toMatchObject({ created: true });
    expect(calls.map(({ method }) => method)).toEqual(['POST', 'POST', 'GET']);
  });

  it('stays unclear when the order cannot be seen after a server error', async () => {
    const { client } = await scene((request) => (isRead(request) ? absent : { status: 500 }));
    expect(await failure(client.orders.create(order))).toMatchObject({ code: 'OMNIUM_SERVER_ERROR', outcomeUnknown: true });
  });

  it('does not take another order for its own', async () => {
    const { client } = await scene((request) => (isRead(request) ? absent : { status: 201, body: { id: 'o-2' } }));
    expect(await failure(client.orders.create(order))).toMatchObject({ code: 'OMNIUM_BAD_ANSWER' });
  });
});

describe('searching orders', () => {
  const rows = (count: number, from = 0) => Array.from({ length: count }, (_, index) => ({ id: `o${from + index}` }));
  const bodies = (calls: SeenRequest[]) => calls.map(({ body }) => JSON.parse(body) as Record<string, unknown>);

  it('reads page by page from 0 until one is not full', async () => {
    const { client, calls } = await scene((_, index) => ({
      status: 200,
      body: { result: index === 0 ? rows(100) : rows(3, 99), totalHits: 102 },
    }));
    expect((await client.orders.search({ externalIds: ['SO-1'] })).size).toBe(102);
    expect(bodies(calls)).toEqual(
      [0, 1].map((page) => ({ externalIds: ['SO-1'], sortOrder: 'ModifiedAscending', take: 100, page, disableFacets: true })),
    );
  });

  it('fails when more match than Omnium lets a search show', async () => {
    const { client, calls } = await scene(() => ({ status: 200, body: { result: rows(100), totalHits: 20_000 } }));
    expect(await failure(client.orders.search({}))).toMatchObject({ code: 'OMNIUM_REJECTED' });
    expect(calls).toHaveLength(100);
  });

  it('is a read: nothing is unclear when it fails', async () => {
    const { client } = await scene(() => 'reset');
    expect(await failure(client.orders.search({}))).toMatchObject({ outcomeUnknown: false });
  });
});

describe('scrolling through orders', () => {
  async function ids(batches: AsyncIterable<IdentifiedOrder[]>): Promise<string[][]> {
    const seen: string[][] = [];
    for await (const batch of batches) seen.push(batch.map(({ id }) => id));
    return seen;
  }

  it('goes on with the newest id until a batch is empty', async () => {
    const answers = [
      { result: [{ id: 'a' }], scrollId: 's/1' },
      { result: [{ id: 'b' }], scrollId: 's 2' },
      { result: [], scrollId: 's3' },
    ];
    const { client, calls } = await scene((_, index) => ({ status: 200, body: answers[index] }));
    expect(await ids(client.orders.scroll({ modifiedFrom: '2026-01-01T00:00:00Z' }))).toEqual([['a'], ['b']]);
    expect(calls.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST /api/Orders/Scroll',
      'GET /api/Orders/Scroll/s%2F1',
      'GET /api/Orders/Scroll/s%202',
    ]);
  });

  it('ends when no id comes back', async () => {
    const { client, calls } = await scene(() => ({ status: 200, body: { result: [{ id: 'a' }] } }));
    expect(await ids(client.orders.scroll({}))).toEqual([['a']]);
    expect(calls).toHaveLength(1);
  });

  it('never asks twice for the next batch: a lost answer would hide one', async () => {
    const { client, calls } = await scene(
      (_, index) => (index === 0 ? { status: 200, body: { result: [{ id: 'a' }], scrollId: 's1' } } : { status: 502 }),
      {
        retries: { maxAttempts: 4, baseMs: 1, maxMs: 1 },
      },
    );
    expect(await failure(ids(client.orders.scroll({})))).toMatchObject({ retryable: true });
    expect(calls).toHaveLength(2);
  });

  it.each([400, 404])('asks to start again when the scroll has expired (%i)', async (status) => {
    const { client } = await scene((_, index) =>
      index === 0 ? { status: 200, body: { result: [{ id: 'a' }], scrollId: 's1' } } : { status },
    );
    expect(await failure(ids(client.orders.scroll({})))).toMatchObject({ code: 'OMNIUM_BAD_ANSWER', retryable: true });
  });
});

describe('reporting what a store did', () => {
  const result = {
    isAborted: true,
    orderActionExecutionResults: [
      { actionType: 'CapturePayments', actionStatus: 'Error', errorReason: 'declined' },
      { actionType: 'Notification', actionStatus: 'Success' },
    ],
  };

  it('sets a status and says which steps of the workflow failed, although Omnium answers 200', async () => {
    const { client, calls } = await scene(() => ({ status: 200, body: result }));
    await expect(client.orders.updateStatus('a/b', { status: 'ReadyForPickup' })).resolves.toEqual({
      aborted: true,
      steps: [
        { step: 'CapturePayments', status: 'Error', reason: 'declined' },
        { step: 'Notification', status: 'Success', reason: undefined },
      ],
    });
    expect(calls[0]).toMatchObject({ method: 'POST', url: '/api/Orders/a%2Fb/UpdateStatus', body: '{"status":"ReadyForPickup"}' });
  });

  it('delivers lines once, whatever the answer', async () => {
    const { client, calls } = await scene(() => ({ status: 500 }), { retries: { maxAttempts: 4, baseMs: 1, maxMs: 1 } });
    const body = { status: 'Completed' as const, lineItemUpdates: [{ lineItemId: '1', deliveredQuantity: 2 }] };
    expect(await failure(client.orders.updateLines('o-1', body))).toMatchObject({ outcomeUnknown: true });
    expect(calls.map(({ url }) => url)).toEqual(['/api/Orders/o-1/OrderLinesUpdate']);
  });
});

describe('putting a problem on an order', () => {
  const problem = { key: 'sitoo-export', message: 'No Sitoo warehouse', severity: 'Error' as const, occurred: '2026-01-02T00:00:00Z' };
  const others = { key: 'erp', message: 'Other', occurred: '2026-01-01T00:00:00Z' };
  const counters = { totalCount: 1, updatedCount: 1, notFoundCount: 0, errorCount: 0, isModified: true };
  const withErrors =
    (errors: object[]) =>
    (request: SeenRequest): Answer =>
      isRead(request) ? { status: 200, body: { orders: [{ ...order, errors }] } } : { status: 200, body: counters };

  it('adds it beside those of others and replaces an older one with its key', async () => {
    const { client, calls } = await scene(withErrors([others, { ...problem, message: 'Older' }]));
    await expect(client.orders.addErrors('o-1', [problem])).resolves.toEqual({ modified: true });
    expect(JSON.parse(calls[1]?.body ?? '')).toEqual({ errors: [others, problem], keepExistingListItems: false });
  });

  it('writes nothing when it stands there already, whenever it occurred', async () => {
    const { client, calls } = await scene(withErrors([{ ...problem, occurred: '2025-01-01T00:00:00Z', status: 'New' }]));
    await expect(client.orders.addErrors('o-1', [problem])).resolves.toEqual({ modified: false });
    expect(calls).toHaveLength(1);
  });

  it('takes it off again and leaves those of others', async () => {
    const { client, calls } = await scene(withErrors([others, problem]));
    await expect(client.orders.removeErrors('o-1', [problem.key])).resolves.toEqual({ modified: true });
    expect(JSON.parse(calls[1]?.body ?? '')).toEqual({ errors: [others], keepExistingListItems: false });
  });

  it('has nothing to take off an order without it', async () => {
    const { client, calls } = await scene(withErrors([others]));
    await expect(client.orders.removeErrors('o-1', [problem.key])).resolves.toEqual({ modified: false });
    expect(calls).toHaveLength(1);
  });

  it('says not found for an order that does not exist', async () => {
    const { client } = await scene(() => absent);
    expect(await failure(client.orders.removeErrors('o-1', ['x']))).toMatchObject({ code: 'OMNIUM_NOT_FOUND' });
    expect(await failure(client.orders.addErrors('o-1', [problem]))).toMatchObject({ code: 'OMNIUM_NOT_FOUND' });
  });
});
