import type { MarketConnection, SetupProblem } from '@connector/market';
import type { SweepConnection } from '../omnium-order-to-sitoo/sweep';

/** A market's connection, as far as this flow needs it. */
export type ReconcilingConnection = SweepConnection & { config: MarketConnection['config'] };

/** The markets, as far as this flow needs them. */
export interface MarketDirectory {
  find(tenant: string, market: string): { ok: true; connection: ReconcilingConnection } | { ok: false; problem: SetupProblem };
}
