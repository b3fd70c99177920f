import { InvalidMarket, MarketConfig } from './market';
import { OmniumConnection } from './omnium-connection';
import { Problem } from './problem';
import { RawRecord } from './raw-record';
import { ScheduledTask } from './scheduled-tasks';

/** A retailer: one Omnium tenant, and a Sitoo back office per market. */
export interface Tenant {
  id: string;
  /** undefined: its record has errors, and then every market of the tenant is invalid. */
  omnium: OmniumConnection | undefined;
  markets: readonly MarketConfig[];
  /** The tenant's connector records as the file holds them, those of other connectors included. */
  records: readonly RawRecord[];
  /** Those without faults, in the order of the file. */
  scheduledTasks: readonly ScheduledTask[];
  /** The one environment whose scheduler fires them, since several may work on the same data; undefined: none does. */
  scheduledTasksEnvironment: string | undefined;
}

/** Everything read, and everything wrong with it. */
export class Configuration {
  readonly #markets = new Map<string, MarketConfig>();

  constructor(
    readonly tenants: readonly Tenant[],
    readonly problems: readonly Problem[],
  ) {
    for (const market of this.markets()) this.#markets.set(lookupKey(market.tenant, market.market), market);
  }

  /** The market of an address, in any case; one Map look-up. Undefined: unknown. Look at `state` before using it. */
  findMarket(tenant: string, market: string): MarketConfig | undefined {
    return this.#markets.get(lookupKey(tenant, market));
  }

  /** All markets of all tenants, invalid ones included. */
  markets(): MarketConfig[] {
    return this.tenants.flatMap((tenant) => tenant.markets);
  }
}

export function isInvalid(market: MarketConfig): market is InvalidMarket {
  return market.state === 'invalid';
}

/** Ids hold no slash, so the pair is unambiguous. */
function lookupKey(tenant: string, market: string): string {
  return `${tenant}/${market}`.toLowerCase();
}
