import type { WorkItem } from '@connector/event-bus';
import type { ReferenceData } from '@connector/market';
import type { CartConnection } from './connection';

/** An order may be there before the event of its cart is raised; search lags by a second. */
const overlapMs = 10 * 60_000;

/**
 * Orders that were made of these carts since their events were raised, by cart id. Nothing else tells: a cart whose event comes late would be
 * parked beside its order. Omnium cannot search for a cart's id, so every order made of a cart in that time is looked at, type by type.
 * @throws CallError
 */
export async function ordersMadeOf(
  work: readonly WorkItem[],
  { config, omnium }: Pick<CartConnection, 'config' | 'omnium'>,
  { market, orderTypes }: Pick<ReferenceData, 'market' | 'orderTypes'>,
  signal: AbortSignal,
): Promise<Map<string, string>> {
  const since = Math.min(...work.flatMap(({ facts, firstSeenAt }) => [firstSeenAt, ...facts.map(({ at }) => at)])) - overlapMs;
  const filter = { createdFrom: new Date(since).toISOString(), selectedMarkets: [market?.marketId ?? config.market] };
  const types = orderTypes.flatMap(({ name, enableCreateFromCart }) =>
    name && name !== config.orderType && enableCreateFromCart !== false ? [name] : [],
  );
  const found = new Map<string, string>();
  for (const orderType of types)
    for (const { id, orderForm } of (await omnium.orders.search({ ...filter, orderType }, { class: 'catalogue', signal })).values())
      if (orderForm?.cartId) found.set(orderForm.cartId, id);
  return found;
}
