import type { WorkingMarket } from '@connector/connector-config';
import type { MarketConnection, SetupProblem } from '@connector/market';

/** A market's connection, as far as this flow needs it. */
export interface OrderConnection {
  config: WorkingMarket;
  sitoo: Pick<MarketConnection['sitoo'], 'circuit'> & { orders: Pick<MarketConnection['sitoo']['orders'], 'byIds' | 'deliveries'> };
  omnium: Pick<MarketConnection['omnium'], 'circuit'> & {
    orders: Pick<MarketConnection['omnium']['orders'], 'byIds' | 'lookUp' | 'create' | 'upsertMany' | 'addErrors' | 'removeErrors'>;
  };
  reference: Pick<MarketConnection['reference'], 'known' | 'get' | 'fresh'>;
}

/** The markets, as far as this flow needs them. */
export interface MarketDirectory {
  find(tenant: string, market: string): { ok: true; connection: OrderConnection } | { ok: false; problem: SetupProblem };
}
