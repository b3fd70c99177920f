import { stat } from 'node:fs/promises';
import path from 'node:path';
import { Configuration, Tenant } from './configuration';
import { idFolders } from './folders';
import { MarketConfig } from './market';
import { Problem, Report } from './problem';
import { readTenant, ReadOptions, TASKS } from './tenant';

export interface LoadOptions extends ReadOptions {
  /** Folder that holds `tenants/`. */
  dir: string;
}

const TENANTS = 'tenants';

/**
 * Reads the whole configuration. Never throws for what stands in the files: everything wrong is in `problems`, all at once, and a
 * market with an error, its own or its tenant's, has the state `invalid` while the others run on.
 */
export async function loadConfiguration({ dir, ...options }: LoadOptions): Promise<Configuration> {
  const problems: Problem[] = [];
  const report = new Report(problems, { file: TENANTS, path: '' });
  const ids = (await isFolder(dir)) ? await idFolders(path.join(dir, TENANTS), 'tenant', report) : undefined;
  if (!ids)
    report.error(
      'FOLDER_MISSING',
      'The configuration folder has no folder "tenants". Check CONNECTOR_CONFIG_DIR, or add tenants/{tenant id}/connectors.json.',
    );
  else if (ids.length === 0) report.error('TENANTS_NONE', 'There is no tenant. Add a folder tenants/{tenant id} with a connectors.json.');
  const tenants: Tenant[] = [];
  for (const id of ids ?? []) {
    tenants.push(await readTenant(path.join(dir, TENANTS, id), id, options, report.in({ tenant: id, file: `${TENANTS}/${id}` })));
  }
  refuseSharedBackOffices(tenants, problems);
  return new Configuration(
    tenants.map((tenant) => withInvalidMarkets(tenant, problems)),
    problems,
  );
}

async function isFolder(dir: string): Promise<boolean> {
  return stat(dir).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** One back office per market: two markets on the same one would book every receipt twice. */
function refuseSharedBackOffices(tenants: readonly Tenant[], problems: Problem[]): void {
  const owners = new Map<string, MarketConfig>();
  for (const market of tenants.flatMap((tenant) => tenant.markets)) {
    if (market.state === 'invalid' || market.state === 'disabled') continue;
    const { baseUrl, accountNumber, siteId } = market.sitoo;
    const office = `${baseUrl.toLowerCase()} ${accountNumber} ${siteId}`;
    const other = owners.get(office);
    if (!other) owners.set(office, market);
    else [market, other].forEach((one, index) => shared(one, index === 0 ? other : market, problems));
  }
}

function shared({ tenant, market }: MarketConfig, other: MarketConfig, problems: Problem[]): void {
  new Report(problems, { tenant, market, file: `${TENANTS}/${tenant}/markets/${market}/connectors.json`, path: '' }).error(
    'BACK_OFFICE_SHARED',
    `The market ${other.tenant}/${other.market} has the same Sitoo host, account and e-shop. Each market needs a back office of its own, or receipts are booked twice.`,
  );
}

function withInvalidMarkets(tenant: Tenant, problems: readonly Problem[]): Tenant {
  const errors = problems.filter((problem) => problem.severity === 'error' && problem.tenant === tenant.id && !isOfSchedules(problem));
  const markets = tenant.markets.map((market): MarketConfig => {
    if (!errors.some((problem) => problem.market === undefined || problem.market === market.market)) return market;
    return { tenant: market.tenant, market: market.market, state: 'invalid', effective: market.effective, records: market.records };
  });
  return { ...tenant, markets };
}

/** A wrong schedule leaves its task out and must not stop receipts. */
function isOfSchedules({ file }: Problem): boolean {
  return file.endsWith(`/${TASKS}`);
}
