import type { WorkingMarket } from '@connector/connector-config';
import type { MarketConnection } from '../../markets/market-connection';
import type { SetupProblem } from '../../markets/order-types';

/** A market's connection, as far as this flow needs it. */
export interface OrderConnection {
  config: WorkingMarket;
  sitoo: Pick<MarketConnection['sitoo'], 'circuit'> & { orders: Pick<MarketConnection['sitoo']['orders'], 'byIds' | 'deliveries'> };
  omnium: Pick<MarketConnection['omnium'], 'circuit'> & {
    orders: Pick<MarketConnection['omnium']['orders'], 'byIds' | 'create' | 'upsertMany' | 'addErrors' | 'removeErrors'>;
  };
  reference: Pick<MarketConnection['reference'], 'known' | 'get' | 'fresh'>;
}

/** The markets, as far as this flow needs them. */
export interface MarketDirectory {
  find(tenant: string, market: string): { ok: true; connection: OrderConnection } | { ok: false; problem: SetupProblem };
}
