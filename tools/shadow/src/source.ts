import type { OpenMarket } from '@connector/market';

type Sitoo = OpenMarket['sitoo']['orders'];
type Omnium = OpenMarket['omnium']['orders'];

/** A market, as far as the comparison needs it: reads alone. */
export interface ShadowSource {
  config: OpenMarket['config'];
  /** Omnium's own id of the market. */
  marketId: string;
  sitoo: { orders: Pick<Sitoo, 'byIds' | 'byDate' | 'deliveries' | 'refundsOf'> };
  omnium: { orders: Pick<Omnium, 'byIds' | 'lookUp'> };
  reference: Pick<OpenMarket['reference'], 'get'>;
}

/** The class of calls that wait behind receipts, prices and stock. */
export const background = { class: 'catalogue' } as const;
