import { isInvalid, loadConfiguration, type WorkingMarket } from '@connector/connector-config';
import { UsageError } from '@connector/platform';
import { openOmnium, openSitooGate } from './access';
import { connectMarket, type MarketConnection } from './market-connection';

/** A market opened for a command. */
export interface OpenMarket extends MarketConnection {
  /** Omnium's own id of the market, of which order ids are made. */
  marketId: string;
  close(): Promise<void>;
}

export class MarketNotOpened extends UsageError {}

const referenceMaxAgeMs = 600_000;
const quiet = () => undefined;

/**
 * Opens a market of the configuration named by `CONNECTOR_CONFIG_DIR`, on the rate budget in `REDIS_URL` that all processes share. Without a
 * tenant the market has to be unique. @throws MarketNotOpened @throws CallError
 */
export async function openMarket(named: { tenant?: string; market: string }, env: NodeJS.ProcessEnv): Promise<OpenMarket> {
  const { CONNECTOR_CONFIG_DIR: dir, REDIS_URL: redisUrl } = env;
  if (!dir) throw new MarketNotOpened('CONNECTOR_CONFIG_DIR is not set');
  if (!redisUrl) throw new MarketNotOpened('REDIS_URL is not set');
  const { connection, close } = connect(await find(named, dir, env), redisUrl);
  try {
    const markets = await connection.omnium.markets.all({ class: 'catalogue' });
    const marketId = markets.find((one) => one.marketId.toLowerCase() === named.market.toLowerCase())?.marketId ?? named.market;
    return { ...connection, marketId, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function find({ tenant, market }: { tenant?: string; market: string }, dir: string, env: NodeJS.ProcessEnv): Promise<WorkingMarket> {
  const configuration = await loadConfiguration({ dir, env });
  const all = configuration.markets().filter((one) => one.market === market && (tenant === undefined || one.tenant === tenant));
  const [config] = all;
  if (!config || all.length > 1)
    throw new MarketNotOpened(config ? 'several tenants have this market: name one with --tenant' : `there is no market "${market}"`);
  if (isInvalid(config) || config.state === 'needs-credentials') throw new MarketNotOpened(`market ${market} is ${config.state}`);
  return config;
}

function connect(config: WorkingMarket, redisUrl: string): { connection: MarketConnection; close: () => Promise<void> } {
  const sitooGate = openSitooGate(config, redisUrl, quiet);
  const omnium = openOmnium(config, redisUrl, { onEvent: quiet, onCall: quiet });
  const connection = connectMarket(config, { sitooGate, omnium: omnium.client, referenceMaxAgeMs, onCall: quiet });
  const close = async () => {
    connection.sitoo.close();
    await Promise.all([sitooGate.close(), omnium.close()]);
  };
  return { connection, close };
}
