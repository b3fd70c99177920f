import type { WorkingMarket } from '@connector/connector-config';
import type { MarketConnection, SetupProblem } from '@connector/market';

type Sitoo = MarketConnection['sitoo'];
type Omnium = MarketConnection['omnium'];

/** A market's connection, as far as this flow needs it. */
export interface ExportConnection {
  config: WorkingMarket;
  sitoo: Pick<Sitoo, 'circuit'> & {
    orders: Pick<Sitoo['orders'], 'byExternalIds' | 'byIds' | 'create' | 'change' | 'deliveries' | 'addDelivery'>;
  };
  omnium: Pick<Omnium, 'circuit'> & { orders: Pick<Omnium['orders'], 'byIds' | 'addErrors' | 'removeErrors'> };
  reference: Pick<MarketConnection['reference'], 'get' | 'fresh'>;
}

/** The markets, as far as this flow needs them. */
export interface ExportDirectory {
  find(tenant: string, market: string): { ok: true; connection: ExportConnection } | { ok: false; problem: SetupProblem };
}
