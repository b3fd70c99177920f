import type { MarketConfig } from '@connector/connector-config';
import { createLogger } from '@connector/platform';
import { Registry } from 'prom-client';
import { someSettings } from '../settings.fixture';
import { aConfiguration, aMarket } from './market.fixture';
import { Markets } from './markets';

function markets(...configs: MarketConfig[]): Markets {
  return new Markets(aConfiguration(configs), someSettings(), createLogger('spec', 'silent'), new Registry());
}

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
