import type { MarketConfig } from '@connector/connector-config';
import { createLogger } from '@connector/platform';
import { Registry } from 'prom-client';
import { someSettings } from '../settings.fixture';
import { aConfiguration, aMarket } from './market.fixture';
import { Markets } from './markets';

let opened: Markets[] = [];
afterEach(async () => {
  await Promise.all(opened.map((markets) => markets.close()));
  opened = [];
});

/** Markets whose budgets live in the real Redis; nothing is called. */
function markets(...configs: MarketConfig[]): Markets {
  const redisUrl = process.env['REDIS_URL'];
  if (!redisUrl) throw new Error('REDIS_URL is not set: integration specs run with npm test, which starts a Redis');
  const made = new Markets(aConfiguration(configs), someSettings({ redisUrl }), createLogger('spec', 'silent'), new Registry());
  opened.push(made);
  return made;
}

test('an active market has a connection', () => {
  expect(markets(aMarket()).find('DevShop', 'NOR')).toMatchObject({ ok: true, connection: { config: { market: 'NOR' } } });
});

test('markets of one tenant share the Omnium client, and so its budget, and have a Sitoo client each', () => {
  const swe = aMarket({ market: 'SWE', sitoo: { ...aMarket().sitoo, accountNumber: 1501 } });
  const made = markets(aMarket(), swe);
  const [one, other] = ['NOR', 'SWE'].map((market) => made.find('DevShop', market));
  if (!one?.ok || !other?.ok) throw new Error('no connection');
  expect(one.connection.omnium).toBe(other.connection.omnium);
  expect(one.connection.sitoo).not.toBe(other.connection.sitoo);
});

test('a slot for the next batch comes from the budget of its Sitoo account, and a market without connection has none', async () => {
  const made = markets(aMarket({ market: 'SLOT', sitoo: { ...aMarket().sitoo, accountNumber: 1502 } }));
  const { signal } = new AbortController();
  const slot = await made.takeSlot({ tenant: 'DevShop', market: 'SLOT' }, signal);
  expect(slot).toBeDefined();
  slot?.release();
  expect(await made.takeSlot({ tenant: 'DevShop', market: 'OTHER' }, signal)).toBeUndefined();
});
