import type { MarketConnection, SetupProblem } from '@connector/market';

type Sitoo = MarketConnection['sitoo'];
type Omnium = MarketConnection['omnium'];

/** A market's connection, as far as this flow needs it. */
export interface CartConnection {
  config: MarketConnection['config'];
  sitoo: Pick<Sitoo, 'circuit'> & {
    orders: Pick<Sitoo['orders'], 'byExternalIds' | 'byIds' | 'create' | 'change' | 'deliveries' | 'addDelivery'>;
  };
  omnium: Pick<Omnium, 'circuit' | 'document'> & { orders: Pick<Omnium['orders'], 'search'> };
  reference: Pick<MarketConnection['reference'], 'get'>;
}

/** The markets, as far as this flow needs them. */
export interface CartDirectory {
  find(tenant: string, market: string): { ok: true; connection: CartConnection } | { ok: false; problem: SetupProblem };
}
