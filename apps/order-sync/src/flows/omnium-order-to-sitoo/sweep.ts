import { formatKey } from '@connector/contracts';
import type { MarketConnection } from '@connector/market';

/** A market's connection, as far as the sweep needs it. */
export interface SweepConnection {
  config: Pick<MarketConnection['config'], 'tenant' | 'market' | 'capabilities' | 'webOrders'>;
  omnium: { orders: Pick<MarketConnection['omnium']['orders'], 'scroll'> };
  reference: Pick<MarketConnection['reference'], 'get'>;
}

/** Times of change; without an end up to now. */
export interface SweepWindow {
  from: Date;
  to?: Date;
}

/**
 * Keys of all orders for stores that changed in that time: Omnium tells of a change four times within 21 s and never again (api-guide section
 * 12), so what came while nobody listened is found here. Publish them to the bulk twin; what is in agreement costs a look-up. Omnium's search
 * lags behind its writes by a second or more, so let the window overlap with the one before.
 * @throws CallError
 */
export async function sweepOmniumOrders(
  { config, omnium, reference }: SweepConnection,
  { from, to }: SweepWindow,
  { signal }: { signal?: AbortSignal } = {},
): Promise<string[]> {
  const { tenant, market, capabilities, webOrders } = config;
  if (!capabilities.orderExport) return [];
  const { market: ofOmnium } = await reference.get();
  const filter = {
    modifiedFrom: from.toISOString(),
    ...(to ? { modifiedTo: to.toISOString() } : {}),
    selectedMarkets: [ofOmnium?.marketId ?? market],
  };
  const ids = new Set<string>();
  // One type at a time: a search takes no more.
  for (const orderType of Object.keys(webOrders.flows))
    for await (const orders of omnium.orders.scroll({ ...filter, orderType }, { class: 'catalogue', signal }))
      for (const { id } of orders) ids.add(id);
  return [...ids].map((id) => formatKey({ tenant, market, id }));
}
