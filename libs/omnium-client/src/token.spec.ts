import { inspect } from 'node:util';
import { closeScenes, failure, queryOf, scene } from './scene.fixture';

afterEach(closeScenes);

const DAY_MS = 86_400_000;
const markets = { status: 200, body: [] };

describe('the access token', () => {
  it('is fetched once for all who wait and used for every call', async () => {
    const { client, calls, tokenCalls } = await scene(() => markets);
    await Promise.all([client.markets.all(), client.markets.all(), client.markets.all()]);
    await client.markets.all();
    expect(tokenCalls).toHaveLength(1);
    expect(Object.fromEntries(queryOf(tokenCalls[0]))).toEqual({
      clientId: 'PLANTED-ID',
      clientSecret: 'PLANTED-SECRET',
      returnAsJson: 'true',
    });
    expect(tokenCalls[0]).toMatchObject({ method: 'POST' });
    expect(tokenCalls[0]?.headers.authorization).toBeUndefined();
    expect(calls.map(({ headers }) => headers.authorization)).toEqual(Array(4).fill('Bearer token-1'));
  });

  it('is renewed before it ends, while the old one still serves', async () => {
    let nowMs = 0;
    const { client, calls, tokenCalls } = await scene(() => markets, { now: () => nowMs });
    await client.markets.all();
    nowMs = 9 * DAY_MS - 1;
    await client.markets.all();
    expect(tokenCalls).toHaveLength(1);
    nowMs = 9 * DAY_MS;
    await client.markets.all();
    while (tokenCalls.length < 2) await new Promise((resolve) => setImmediate(resolve));
    nowMs = 10 * DAY_MS + 1;
    await client.markets.all();
    expect(calls.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer token-1',
      'Bearer token-1',
      'Bearer token-1',
      'Bearer token-2',
    ]);
    expect(tokenCalls).toHaveLength(2);
  });

  it('serves on when its early renewal fails, and is asked for again a minute later', async () => {
    let nowMs = 0;
    const { client, tokenCalls, events } = await scene(
      () => markets,
      { now: () => nowMs },
      (index) => (index === 1 ? { status: 500 } : { status: 200, body: { accessToken: `token-${index}`, expiresIn: 864_000 } }),
    );
    await client.markets.all();
    nowMs = 9.5 * DAY_MS;
    await client.markets.all();
    while (events.filter(({ operation }) => operation === 'token.create').length < 2) await new Promise((resolve) => setImmediate(resolve));
    await client.markets.all();
    expect(tokenCalls).toHaveLength(2);
    nowMs += 60_000;
    await client.markets.all();
    while (tokenCalls.length < 3) await new Promise((resolve) => setImmediate(resolve));
  });

  it('is waited for when the old one has ended', async () => {
    let nowMs = 0;
    const { client, calls } = await scene(() => markets, { now: () => nowMs });
    await client.markets.all();
    nowMs = 10 * DAY_MS;
    await client.markets.all();
    expect(calls.at(-1)?.headers.authorization).toBe('Bearer token-2');
  });

  it('is not renewed at every call when its life is shorter than the margin', async () => {
    const { client, tokenCalls } = await scene(
      () => markets,
      { now: () => 0 },
      () => ({ status: 200, body: { accessToken: 'short', expiresIn: 60 } }),
    );
    for (let call = 0; call < 3; call += 1) await client.markets.all();
    expect(tokenCalls).toHaveLength(1);
  });

  it('is renewed once after a 401 and the call repeated once, even without a retry policy', async () => {
    const { client, calls, tokenCalls } = await scene(({ headers }) =>
      headers.authorization === 'Bearer token-1' ? { status: 401 } : markets,
    );
    await client.markets.all();
    expect(calls).toHaveLength(2);
    expect(tokenCalls).toHaveLength(2);
  });

  it('is renewed once for many calls that were refused together', async () => {
    const { client, tokenCalls } = await scene(({ headers }) => (headers.authorization === 'Bearer token-1' ? { status: 401 } : markets));
    await Promise.all(Array.from({ length: 5 }, () => client.markets.all()));
    expect(tokenCalls).toHaveLength(2);
  });

  it('gives up at the second 401', async () => {
    const { client, calls } = await scene(() => ({ status: 401 }), { retries: { maxAttempts: 4, baseMs: 1, maxMs: 1 } });
    expect(await failure(client.markets.all())).toMatchObject({ code: 'OMNIUM_UNAUTHORISED', retryable: false });
    expect(calls).toHaveLength(2);
  });

  it.each([400, 401])('says unauthorised after one try when the credentials are refused with %i', async (status) => {
    const { client, calls, tokenCalls } = await scene(
      () => markets,
      {},
      () => ({ status, body: 'PLANTED-ANSWER' }),
    );
    expect(await failure(client.markets.all())).toMatchObject({ code: 'OMNIUM_UNAUTHORISED', operation: 'token.create' });
    expect([calls.length, tokenCalls.length]).toEqual([0, 1]);
  });

  it('is asked for only as often as the policy says when Omnium is away', async () => {
    const { client, tokenCalls } = await scene(
      () => markets,
      { retries: { maxAttempts: 3, baseMs: 1, maxMs: 1 } },
      () => ({ status: 503 }),
    );
    expect(await failure(client.markets.all())).toMatchObject({ code: 'OMNIUM_SERVER_ERROR', outcomeUnknown: false });
    expect(tokenCalls).toHaveLength(3);
  });

  it('is not taken from an answer without one', async () => {
    const { client } = await scene(
      () => markets,
      {},
      () => ({ status: 200, body: {} }),
    );
    expect(await failure(client.markets.all())).toMatchObject({ code: 'OMNIUM_BAD_ANSWER' });
  });

  it.each([{ status: 401, body: 'PLANTED-ANSWER' }, { status: 200, body: 'PLANTED-ANSWER' }, 'reset' as const, { status: 503 }])(
    'leaves no trace of the credentials in errors and events (%j)',
    async (answer) => {
      const { client, events } = await scene(
        () => markets,
        {},
        () => answer,
      );
      const error = await failure(client.markets.all());
      const shown = [inspect(error, { depth: Infinity, showHidden: true }), JSON.stringify(error), JSON.stringify(events)].join('\n');
      expect(shown).not.toContain('PLANTED');
      expect(shown).not.toContain('/api/Token');
    },
  );
});
