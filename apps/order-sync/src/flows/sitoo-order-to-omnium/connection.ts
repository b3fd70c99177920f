import type { WorkingMarket } from '@connector/connector-config';
import { CallError, type CallFailure } from '@connector/platform';
import type { MarketConnection } from '../../markets/market-connection';
import type { SetupProblem } from '../../markets/order-types';

/** A market's connection, as far as this flow needs it. */
export interface OrderConnection {
  config: WorkingMarket;
  sitoo: Pick<MarketConnection['sitoo'], 'circuit'> & { orders: Pick<MarketConnection['sitoo']['orders'], 'byIds' | 'deliveries'> };
  omnium: Pick<MarketConnection['omnium'], 'circuit'> & {
    orders: Pick<MarketConnection['omnium']['orders'], 'byIds' | 'create' | 'upsertMany'>;
  };
  reference: Pick<MarketConnection['reference'], 'known' | 'get' | 'fresh'>;
}

/** The markets, as far as this flow needs them. */
export interface MarketDirectory {
  find(tenant: string, market: string): { ok: true; connection: OrderConnection } | { ok: false; problem: SetupProblem };
}

const neverSent: ReadonlySet<CallFailure> = new Set(['CIRCUIT_OPEN', 'NOT_ADMITTED', 'CANCELLED']);

/** `disableStandardErrorPolicy` asks for one call and no automatic repeat (S8): a person decides. What was never sent is no call. */
export function isLastWord(error: unknown, config: WorkingMarket): error is CallError {
  return error instanceof CallError && !config[error.target].retriesTransientFailures && !neverSent.has(error.failure);
}

/**
 * A platform that answers others and fails on this very call: one of the records may be what it cannot digest, and would hold up its
 * neighbours for ever if that counted as an outage. An open circuit says that it fails on everybody.
 */
export function isSuspect(error: unknown, connection: OrderConnection): error is CallError {
  return error instanceof CallError && error.failure === 'SERVER_ERROR' && connection[error.target].circuit?.state === 'closed';
}
