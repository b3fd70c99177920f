import { Ask } from '../budget/exchange';
import { Reply } from '../budget/reply';
import { zeros } from '../budget/state';
import { GateEvent } from '../events';
import { localRules } from '../gates/rules-of';
import { someRules } from '../testing/asks';
import { RedisTimeoutError } from '../redis/in-time';
import { BudgetSwitch } from './budget-switch';

const rules = someRules({ scope: 'key', inFlight: 9 });
const key = { factorPpm: 500_000, blockedUs: 0, benchedUs: 0, inFlight: 0 };
const reply: Reply = {
  stale: false,
  tick: 7,
  grants: [],
  againUs: -1,
  width: 3,
  keys: [key, key, key],
  waiting: zeros(6),
  used: zeros(6),
  procs: 0,
};
const sales = { proc: 'p', held: [], done: [], wait: [0, 5, 0, 0, 0, 0], age: zeros(6) };

/** A Redis that answers, fails or is probed as told. */
class ScriptedRedis {
  readonly asks: Ask[] = [];
  failure: Error | undefined;
  healthy = true;
  reconnects = 0;

  async exchange(ask: Ask): Promise<Reply> {
    this.asks.push(ask);
    if (this.failure) throw this.failure;
    return reply;
  }
  ready = async (): Promise<void> => undefined;
  probe = async (): Promise<boolean> => this.healthy;
  reconnect = (): void => void (this.reconnects += 1);
  close = (): void => undefined;
}

describe('the budget switch', () => {
  let redis: ScriptedRedis;
  let budget: BudgetSwitch;
  let events: GateEvent[];
  let now: number;
  let back: number;

  beforeEach(() => {
    [redis, events, now, back] = [new ScriptedRedis(), [], 5000, 0];
    budget = new BudgetSwitch({
      rules,
      localRules: localRules(rules, 4, 1),
      shared: redis,
      now: () => now,
      onEvent: (event) => events.push(event),
      onBack: () => (back += 1),
      probeMs: 1,
    });
  });
  afterEach(() => budget.close());

  async function until(condition: () => boolean): Promise<void> {
    for (let i = 0; i < 1000 && !condition(); i++) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(condition()).toBe(true);
  }

  it('uses Redis, and tells it what it has seen', async () => {
    await budget.exchange(sales);
    await budget.exchange(sales);
    expect(budget.mode).toBe('shared');
    expect(redis.asks.map(({ seq, tick, empty }) => ({ seq, tick, empty }))).toEqual([
      { seq: 1, tick: 0, empty: false },
      { seq: 2, tick: 7, empty: false },
    ]);
  });

  it('asks once more when one answer was late but Redis is well', async () => {
    redis.failure = new RedisTimeoutError(250);
    redis.probe = async () => {
      redis.failure = undefined;
      return true;
    };
    expect(await budget.exchange(sales)).toEqual(reply);
    expect(redis.asks.map(({ seq }) => seq)).toEqual([1, 2]);
    expect(events).toEqual([]);
  });

  it.each(['Connection is closed.', "READONLY You can't write against a read only replica."])(
    'goes on with an empty small share when Redis fails (%s)',
    async (message) => {
      await budget.exchange(sales);
      redis.failure = new Error(message);
      redis.healthy = false;
      expect((await budget.exchange(sales)).grants).toEqual([]);
      expect(events).toEqual([{ type: 'degraded', reason: message }]);
      now += 1000; // half the full rate was learned; of it 0.8 / 4 is ours: one call per second
      const { grants } = await budget.exchange(sales);
      expect(grants).toHaveLength(1);
      expect(grants[0]?.key).toBe('k2'); // processes start at different keys
      expect((await budget.exchange({ ...sales, held: grants })).grants).toEqual([]);
    },
  );

  it('serves urgent classes first from its share', async () => {
    redis.failure = new Error('Connection is closed.');
    redis.healthy = false;
    const all = { ...sales, wait: [0, 1, 0, 0, 1, 1] };
    await budget.exchange(all);
    now += 500;
    expect((await budget.exchange(all)).grants.map(({ w }) => w)).toEqual([1]);
  });

  it('comes back from an empty bucket after a healthy probe, with the blocks it learned', async () => {
    redis.failure = new Error('Connection is closed.');
    redis.healthy = false;
    await budget.exchange(sales);
    now += 600;
    const [call] = (await budget.exchange(sales)).grants;
    const throttled = {
      id: call?.id ?? '',
      key: 'k2',
      w: 1,
      ending: 'throttled' as const,
      ranUs: 1,
      forUs: 9_000_000,
      untilUs: -1,
      remaining: -1,
    };
    await budget.exchange({ ...sales, done: [throttled] });
    redis.failure = undefined;
    redis.healthy = true;
    now += 4000;
    await until(() => budget.mode === 'shared');
    expect(back).toBe(1);
    await budget.exchange(sales);
    expect(redis.asks.at(-1)).toMatchObject({ empty: true, done: [{ key: 'k2', ending: 'throttled', forUs: 5_000_000 }] });
    await budget.exchange(sales);
    expect(redis.asks.at(-1)).toMatchObject({ empty: false, done: [] });
    expect(events.at(-1)).toEqual({ type: 'shared', degradedMs: 4600 });
    expect(budget.degradedMs()).toBe(4600);
  });

  it('makes a new connection when the old one stays dumb', async () => {
    redis.failure = new RedisTimeoutError(250);
    redis.healthy = false;
    await budget.exchange(sales);
    await until(() => redis.reconnects > 1);
    expect(budget.mode).toBe('local');
  });
});
