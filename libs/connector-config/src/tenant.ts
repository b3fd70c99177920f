import path from 'node:path';
import { checkSubscriptions } from './check-subscriptions';
import { Tenant } from './configuration';
import { readConnectors, Wanted } from './connectors-file';
import { Environment } from './environment';
import { idFolders, warnOfUnreadFiles } from './folders';
import { readJsonFile } from './json-file';
import { Layer, Layers } from './layers';
import { MarketConfig, readMarket } from './market';
import { OmniumConnection, readOmniumConnection } from './omnium-connection';
import { Report } from './problem';
import { ReadRecord } from './read-record';
import { readScheduledTasks, ScheduledTask } from './scheduled-tasks';
import { OMNIUM_PROPERTIES } from './settings';

export interface ReadOptions {
  env: Environment;
  /** Longest wait for one call where no record says otherwise, in milliseconds. */
  defaultTimeoutMs?: number;
}

const CONNECTORS = 'connectors.json';
const SUBSCRIPTIONS = 'event-subscriptions.json';
export const TASKS = 'scheduled-tasks.json';
const MARKETS = 'markets';

const GLOBAL: readonly Wanted[] = [
  {
    name: 'sitoo',
    type: 'pos',
    typeRequired: true,
    ifMissing: 'The tenant has no "sitoo" connector. Add the global record of Omnium\'s Sitoo page; markets inherit from it.',
  },
  {
    name: 'omnium',
    type: 'oms',
    typeRequired: true,
    ifMissing: 'The tenant has no "omnium" connector. Add a record with name "omnium", type "oms", host, ClientId and ClientSecret.',
  },
];
const MARKET: readonly Wanted[] = [
  {
    name: 'sitoo',
    type: 'pos',
    typeRequired: false,
    ifMissing: 'The market has no "sitoo" connector. Add a record with host, AccountNumber, ApiKey and the other market properties.',
  },
];

/** Reads one tenant's folder with all its markets. `report.place.file` is the folder, relative to the configuration. */
export async function readTenant(folder: string, id: string, options: ReadOptions, report: Report): Promise<Tenant> {
  const file = report.in({ file: `${report.place.file}/${CONNECTORS}` });
  const content = await readJsonFile(
    path.join(folder, CONNECTORS),
    file,
    "The tenant's connectors.json is missing. It holds the global sitoo record and the omnium record.",
  );
  const connectors = readConnectors(content, GLOBAL, options.env, file);
  const omniumRecord = layersOf(connectors.found.get('omnium'));
  const omnium = omniumRecord && readOmniumConnection(omniumRecord, options.defaultTimeoutMs);
  const scheduledTasks = await readTasks(folder, options.env, report);
  const scheduledTasksEnvironment = omniumRecord?.property('ScheduledTasksEnvironment')?.text?.trim();
  const markets = await readMarkets(folder, { tenant: id, global: connectors.found.get('sitoo'), omnium }, options, report);
  warnOfStrangers(connectors.found.get('sitoo'), markets);
  await compareSubscriptions(folder, markets, options.env, report);
  await warnOfUnreadFiles(folder, [CONNECTORS, SUBSCRIPTIONS, TASKS, MARKETS], report);
  return { id, omnium, markets, records: connectors.records, scheduledTasks, scheduledTasksEnvironment };
}

function layersOf(record: ReadRecord | undefined): Layers | undefined {
  return record && new Layers([{ origin: 'global', record }], OMNIUM_PROPERTIES, record.report);
}

/** A fault in a schedule must not stop receipts, so it is an error of no market: the block is left out and the rest runs. */
async function readTasks(folder: string, env: Environment, report: Report): Promise<ScheduledTask[]> {
  const at = report.in({ file: `${report.place.file}/${TASKS}` });
  const content = await readJsonFile(path.join(folder, TASKS), at);
  return content === undefined ? [] : readScheduledTasks(content, env, at);
}

interface Inherited {
  tenant: string;
  global: ReadRecord | undefined;
  omnium: OmniumConnection | undefined;
}

async function readMarkets(folder: string, inherited: Inherited, options: ReadOptions, report: Report): Promise<MarketConfig[]> {
  const at = report.in({ file: `${report.place.file}/${MARKETS}` });
  const ids = (await idFolders(path.join(folder, MARKETS), 'market', at)) ?? [];
  if (ids.length === 0) at.warning('MARKETS_NONE', 'The tenant has no market. Add a folder markets/{market id} with a connectors.json.');
  const markets: MarketConfig[] = [];
  for (const market of ids) markets.push(await readOneMarket(path.join(folder, MARKETS, market), market, inherited, options, at));
  return markets;
}

async function readOneMarket(
  folder: string,
  market: string,
  inherited: Inherited,
  options: ReadOptions,
  parent: Report,
): Promise<MarketConfig> {
  const place = parent.in({ market, file: `${parent.place.file}/${market}` });
  const report = place.in({ file: `${place.place.file}/${CONNECTORS}` });
  const content = await readJsonFile(
    path.join(folder, CONNECTORS),
    report,
    "The market's connectors.json is missing. It holds the market's sitoo record.",
  );
  const { records, found } = readConnectors(content, MARKET, options.env, report);
  await warnOfUnreadFiles(folder, [CONNECTORS], place);
  const own = found.get('sitoo');
  if (!own) return { tenant: inherited.tenant, market, state: 'invalid', records, effective: [] };
  const layers: Layer[] = [{ origin: 'market', record: own }];
  if (inherited.global) layers.push({ origin: 'global', record: inherited.global });
  return readMarket({
    ...inherited,
    complete: inherited.global !== undefined,
    market,
    layers,
    records,
    defaultTimeoutMs: options.defaultTimeoutMs,
    report: own.report,
  });
}

/** A market in the global lists that has no folder is most often a mistyped id, and would switch the wrong markets off. */
function warnOfStrangers(global: ReadRecord | undefined, markets: readonly MarketConfig[]): void {
  if (!global) return;
  for (const list of ['enabledForMarkets', 'disabledForMarkets'] as const) {
    for (const named of global.shape[list] ?? []) {
      if (markets.some(({ market }) => market.toLowerCase() === named.trim().toLowerCase())) continue;
      global.report.inside(list).warning('MARKET_NOT_FOUND', `"${named}" is not a market of this configuration. Check its spelling.`);
    }
  }
}

async function compareSubscriptions(folder: string, markets: readonly MarketConfig[], env: Environment, report: Report): Promise<void> {
  const at = report.in({ file: `${report.place.file}/${SUBSCRIPTIONS}` }).asWarnings();
  const content = await readJsonFile(path.join(folder, SUBSCRIPTIONS), at);
  if (content !== undefined) checkSubscriptions(content, markets, env, at);
}
