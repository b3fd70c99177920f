import { join } from 'node:path';
import { MarketNotOpened, openMarket } from './open-market';

const CONNECTOR_CONFIG_DIR = join(__dirname, '../../../config');
const REDIS_URL = 'redis://127.0.0.1:1';
const market = 'NOR';

test.each([
  ['without a configuration', { market }, { REDIS_URL }, 'CONNECTOR_CONFIG_DIR is not set'],
  ['without a rate budget', { market }, { CONNECTOR_CONFIG_DIR }, 'REDIS_URL is not set'],
  ['that nobody knows', { market: 'DEN' }, { CONNECTOR_CONFIG_DIR, REDIS_URL }, 'there is no market "DEN"'],
  ['of another tenant', { market, tenant: 'Other' }, { CONNECTOR_CONFIG_DIR, REDIS_URL }, 'there is no market "NOR"'],
  ['whose variables are not set', { market }, { CONNECTOR_CONFIG_DIR, REDIS_URL }, 'market NOR is invalid'],
])('a market %s is not opened, and a sentence says why', async (_, named, env, sentence) => {
  const opened = openMarket(named, env);
  await expect(opened).rejects.toThrow(MarketNotOpened);
  await expect(opened).rejects.toThrow(sentence);
});
