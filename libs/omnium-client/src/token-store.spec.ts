import { closeScenes, scene } from './scene.fixture';
import type { TokenStore } from './token-store';

afterEach(closeScenes);

const DAY_MS = 86_400_000;
const markets = { status: 200, body: [] };

/** A store in memory; `away` makes every call fail, as Redis does. */
function fakeStore() {
  const state = { text: undefined as string | undefined, lifeMs: 0, locked: false, away: false };
  const reachable = () => {
    if (state.away) throw new Error('store away');
  };
  const store: TokenStore = {
    read: async () => {
      reachable();
      return state.text;
    },
    write: async (text, lifeMs) => {
      reachable();
      Object.assign(state, { text, lifeMs });
    },
    lock: async () => {
      reachable();
      if (state.locked) return undefined;
      state.locked = true;
      return async () => void (state.locked = false);
    },
  };
  return { store, state };
}

const kept = (authorisation: string, endsAt: number) => JSON.stringify({ authorisation, endsAt });

describe('a token shared by all processes', () => {
  it('is fetched by one of them and used by the others', async () => {
    const { store, state } = fakeStore();
    const one = await scene(() => markets, { tokenStore: store, now: () => 0 });
    const other = await scene(() => markets, { tokenStore: store, now: () => 0 });
    await one.client.markets.all();
    await other.client.markets.all();
    expect([one.tokenCalls.length, other.tokenCalls.length]).toEqual([1, 0]);
    expect(other.calls[0]?.headers.authorization).toBe('Bearer token-1');
    expect(state).toMatchObject({ lifeMs: 10 * DAY_MS, locked: false });
  });

  it('is waited for while another process fetches it', async () => {
    const { store, state } = fakeStore();
    state.locked = true;
    let waits = 0;
    const wait = async () => {
      waits += 1;
      if (waits === 3) state.text = kept('Bearer of-another', 10 * DAY_MS);
    };
    const { client, calls, tokenCalls } = await scene(() => markets, { tokenStore: store, now: () => 0, wait });
    await client.markets.all();
    expect(tokenCalls).toHaveLength(0);
    expect(calls[0]?.headers.authorization).toBe('Bearer of-another');
  });

  it('is fetched all the same when the process that had the lock never comes back', async () => {
    const { store, state } = fakeStore();
    state.locked = true;
    let waitedMs = 0;
    const wait = async (ms: number) => void (waitedMs += ms);
    const { client, tokenCalls } = await scene(() => markets, { tokenStore: store, now: () => 0, wait });
    await client.markets.all();
    expect(tokenCalls).toHaveLength(1);
    expect(waitedMs).toBeLessThanOrEqual(20_000);
  });

  it('is fetched by each for itself while the store is away', async () => {
    const { store, state } = fakeStore();
    state.away = true;
    const { client, calls, tokenCalls } = await scene(() => markets, { tokenStore: store, now: () => 0 });
    await client.markets.all();
    await client.markets.all();
    expect([calls.length, tokenCalls.length]).toEqual([2, 1]);
  });

  it.each(['', '{', 'null', '{"authorisation":1}'])('is fetched anew when the store holds %j', async (text) => {
    const { store, state } = fakeStore();
    state.text = text;
    const { client, tokenCalls } = await scene(() => markets, { tokenStore: store, now: () => 0 });
    await client.markets.all();
    expect(tokenCalls).toHaveLength(1);
  });

  it('is taken from the store when another process renewed it early', async () => {
    const { store, state } = fakeStore();
    let nowMs = 0;
    const { client, calls, tokenCalls } = await scene(() => markets, { tokenStore: store, now: () => nowMs });
    await client.markets.all();
    state.text = kept('Bearer renewed', 19 * DAY_MS);
    nowMs = 9 * DAY_MS;
    await client.markets.all();
    nowMs = 10 * DAY_MS;
    await client.markets.all();
    expect(tokenCalls).toHaveLength(1);
    expect(calls.at(-1)?.headers.authorization).toBe('Bearer renewed');
  });

  it('is renewed by the first process that finds it old', async () => {
    const { store, state } = fakeStore();
    let nowMs = 0;
    const { client, tokenCalls } = await scene(() => markets, { tokenStore: store, now: () => nowMs });
    await client.markets.all();
    nowMs = 9 * DAY_MS;
    await client.markets.all();
    while (!state.text?.includes('token-2')) await new Promise((resolve) => setImmediate(resolve));
    expect(tokenCalls).toHaveLength(2);
  });

  it('is not taken again once it was refused', async () => {
    const { store, state } = fakeStore();
    state.text = kept('Bearer revoked', 10 * DAY_MS);
    const { client, calls, tokenCalls } = await scene(
      ({ headers }) => (headers.authorization === 'Bearer revoked' ? { status: 401 } : markets),
      {
        tokenStore: store,
        now: () => 0,
      },
    );
    await client.markets.all();
    expect(calls.map(({ headers }) => headers.authorization)).toEqual(['Bearer revoked', 'Bearer token-1']);
    expect(tokenCalls).toHaveLength(1);
  });
});
