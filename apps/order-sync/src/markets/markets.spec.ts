import { Configuration, type MarketConfig } from '@connector/connector-config';
import { createLogger } from '@connector/platform';
import { Registry } from 'prom-client';
import type { Settings } from '../config';
import { aMarket } from './market.fixture';
import { Markets } from './markets';

const settings: Settings = {
  kafkaBrokers: ['127.0.0.1:1'],
  configDir: 'config',
  healthHost: '127.0.0.1',
  healthPort: 0,
  logLevel: 'error',
  topicPartitions: 1,
  topicReplication: 1,
  timeScale: 1,
  redisUrl: 'redis://127.0.0.1:1',
  sessionTimeoutMs: 30_000,
  referenceMaxAgeMs: 600_000,
};

let opened: Markets[] = [];
afterEach(async () => {
  await Promise.all(opened.map((markets) => markets.close()));
  opened = [];
});

function markets(...configs: MarketConfig[]): Markets {
  const tenant = { id: 'DevShop', omnium: undefined, markets: configs, records: [] };
  const made = new Markets(new Configuration([tenant], []), settings, createLogger('spec', 'silent'), new Registry());
  opened.push(made);
  return made;
}

test('an active market has a connection, found by its exact name', () => {
  const found = markets(aMarket()).find('DevShop', 'NOR');
  expect(found).toMatchObject({ ok: true, connection: { config: { market: 'NOR' } } });
});

test('markets of one tenant share the Omnium client, and so its budget', () => {
  const swe = aMarket({ market: 'SWE', sitoo: { ...aMarket().sitoo, accountNumber: 1501 } });
  const made = markets(aMarket(), swe);
  const [one, other] = ['NOR', 'SWE'].map((market) => made.find('DevShop', market));
  if (!one?.ok || !other?.ok) throw new Error('no connection');
  expect(one.connection.omnium).toBe(other.connection.omnium);
  expect(one.connection.sitoo).not.toBe(other.connection.sitoo);
});

const { tenant, market, effective, records } = aMarket();
test.each<[string, MarketConfig[]]>([
  ['MARKET_PAUSED', [aMarket({ state: 'paused' })]],
  ['MARKET_DISABLED', [aMarket({ state: 'disabled' })]],
  ['MARKET_NEEDS_CREDENTIALS', [aMarket({ state: 'needs-credentials' })]],
  ['MARKET_INVALID', [{ tenant, market, effective, records, state: 'invalid' }]],
  ['MARKET_UNKNOWN', []],
])('no connection, and the reason %s', (code, configs) => {
  expect(markets(...configs).find('DevShop', 'NOR')).toMatchObject({ ok: false, problem: { code } });
});
