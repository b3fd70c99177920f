import { isInvalid, loadConfiguration, revealHeaders, type WorkingMarket } from '@connector/connector-config';
import { createOmniumClient, RedisTokenStore } from '@connector/omnium-client';
import { createOmniumGate, createSitooGate } from '@connector/rate-limiter';
import { createSitooClient } from '@connector/sitoo-client';
import { UsageError, type Command } from './arguments';
import type { DaySource } from './read-day';

export interface Connected extends DaySource {
  config: WorkingMarket;
  /** Omnium's own id of the market, of which order ids are made. */
  marketId: string;
  close(): Promise<void>;
}

/** The market of the command, with clients on the rate budget that all processes share. */
export async function connect({ tenant, market }: Command, env: Record<string, string | undefined>): Promise<Connected> {
  const { CONNECTOR_CONFIG_DIR: dir, REDIS_URL: redisUrl } = env;
  if (!dir) throw new UsageError('CONNECTOR_CONFIG_DIR is not set');
  if (!redisUrl) throw new UsageError('REDIS_URL is not set');
  const configuration = await loadConfiguration({ dir, env });
  const named = configuration.markets().filter((one) => one.market === market && (tenant === undefined || one.tenant === tenant));
  const [config] = named;
  if (!config || named.length > 1)
    throw new UsageError(config ? 'several tenants have this market: name one with --tenant' : `there is no market "${market}"`);
  if (isInvalid(config) || config.state === 'needs-credentials') throw new UsageError(`market ${market} is ${config.state}`);
  return { config, ...(await clientsOf(config, redisUrl)) };
}

async function clientsOf(config: WorkingMarket, redisUrl: string): Promise<Omit<Connected, 'config'>> {
  const { tenant, market, sitoo: shop, omnium: office } = config;
  const keys = shop.apiKeys.map((key) => key.reveal());
  const { scope, callsPerSecond: ratePerSecond, concurrency: inFlight } = shop.rateLimit;
  const quiet = () => undefined;
  const account = String(shop.accountNumber);
  const sitooGate = createSitooGate({
    redisUrl,
    tenant,
    market,
    account,
    keys,
    settings: { scope, ratePerSecond, inFlight },
    onEvent: quiet,
  });
  const omniumGate = createOmniumGate({ redisUrl, tenant, onEvent: quiet });
  const credentials = { clientId: office.clientId.reveal(), clientSecret: office.clientSecret.reveal() };
  const tokenStore = new RedisTokenStore({ redisUrl, ...credentials });
  const sitoo = createSitooClient({ ...shop, apiKeys: keys, customHeaders: revealHeaders(shop.customHeaders), gate: sitooGate });
  const customHeaders = revealHeaders(office.customHeaders);
  const { baseUrl, timeoutMs } = office;
  const omnium = createOmniumClient({ baseUrl, timeoutMs, ...credentials, customHeaders, gate: omniumGate.kind('general'), tokenStore });
  const close = async () => {
    sitoo.close();
    omnium.close();
    tokenStore.close();
    await Promise.all([sitooGate.close(), omniumGate.close()]);
  };
  try {
    const markets = await omnium.markets.all({ class: 'catalogue' });
    const marketId = markets.find((one) => one.marketId.toLowerCase() === market.toLowerCase())?.marketId ?? market;
    return { sitoo, omnium, marketId, close };
  } catch (error) {
    await close();
    throw error;
  }
}
