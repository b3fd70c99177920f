import type { WorkingMarket } from '@connector/connector-config';
import type { Checkpoints } from '@connector/event-bus';
import type { MarketConnection } from '@connector/market';
import type { Announcer } from './announce';
import { settledId, type Cursor } from './cursor';
import { prove } from './prove';
import type { ReceiptGap } from './receipt-gaps';
import { readSeenOrder, type SeenOrder } from './seen-order';

/** A market's connection, as far as this flow needs it. */
export interface ReconcilingConnection {
  config: WorkingMarket;
  sitoo: { orders: Pick<MarketConnection['sitoo']['orders'], 'newestId' | 'fromId' | 'open' | 'byDate'> };
  omnium: { orders: Pick<MarketConnection['omnium']['orders'], 'exist' | 'byIds'> };
  reference: Pick<MarketConnection['reference'], 'get'>;
}

/** What a slice of work found out; for one log line. */
export interface Findings {
  read: number;
  missing: number;
  seen: number;
  /** Missing, and too young to be sure that no event is on its way. */
  waiting: number;
  gaps: ReceiptGap[];
}

/** What one slice of a market's reconciliation works with. A slice ends in time for the flow's deadline and the next one goes on. */
export interface Slice {
  connection: ReconcilingConnection;
  /** Omnium's id of the market. */
  marketId: string;
  announcer: Announcer;
  checkpoints: Pick<Checkpoints, 'get' | 'save'>;
  /** Name of the market's checkpoint; parts of the work add to it. */
  name: string;
  scale: number;
  signal: AbortSignal;
  now: () => number;
  /** False once no further page should be begun. */
  hasTime: () => boolean;
  findings: Findings;
}

/** Orders of a page that may belong in Omnium. */
export function seenOrders(page: ReadonlyMap<number, unknown>, { floor }: Cursor, { connection }: Pick<Slice, 'connection'>): SeenOrder[] {
  return [...page.values()].flatMap((row) => {
    const order = readSeenOrder(row, connection.config.receipts);
    return order && order.id >= floor ? [order] : [];
  });
}

/** Announces what Omnium lacks of a page, and only what has been visible for long enough to have been announced by its event. */
export async function announceMissing(orders: readonly SeenOrder[], cursor: Cursor, slice: Slice): Promise<void> {
  const { connection, marketId: market, announcer, signal, findings, now, scale } = slice;
  const { startAtOrderId, sitoo } = connection.config;
  const { missing, unclear } = await prove(orders, {
    market,
    site: sitoo.siteId,
    startAtOrderId,
    omnium: connection.omnium.orders,
    signal,
  });
  const settled = settledId(cursor, now(), scale);
  const isSettled = ({ id }: SeenOrder) => id <= settled;
  await announcer.announce(idsOf(missing.filter(isSettled)), 'missing', now());
  await announcer.announce(idsOf(unclear.filter(isSettled)), 'seen', now());
  findings.read += orders.length;
  findings.missing += missing.filter(isSettled).length;
  findings.seen += unclear.filter(isSettled).length;
  findings.waiting += [...missing, ...unclear].filter((order) => !isSettled(order)).length;
}

function idsOf(orders: readonly SeenOrder[]): number[] {
  return orders.map(({ id }) => id);
}
