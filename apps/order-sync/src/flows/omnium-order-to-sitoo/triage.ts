import type { WorkingMarket } from '@connector/connector-config';
import type { OmniumOrder } from '@connector/contracts';
import { retry, skipped, type Outcome, type Reason } from '@connector/event-bus';

/** What becomes of an order without asking Sitoo; undefined when Sitoo has to be asked. */
export function triage(order: OmniumOrder | undefined, { market, webOrders }: WorkingMarket): Outcome | undefined {
  if (!order) return retry({ code: 'ORDER_NOT_READABLE', message: 'Omnium does not return this order (yet)' });
  // For seconds after it was made; an error could not be written to it either (api-guide 7.2).
  if (order.status === 'Queued') return retry({ code: 'ORDER_QUEUED', message: 'Omnium is still taking this order in' });
  if (order.marketId && order.marketId.toLowerCase() !== market.toLowerCase())
    return skipped({ code: 'ORDER_OF_ANOTHER_MARKET', message: `the order is of market ${order.marketId}` });
  if (webOrders.flows[order.orderType ?? ''] === undefined)
    return skipped({ code: 'NOT_FOR_A_STORE', message: `orders of type "${order.orderType ?? ''}" do not go to stores here` });
  return undefined;
}

/** Says which record to change. */
export function exportOff({ tenant, market, effective }: WorkingMarket): Reason {
  const isOfMarket = effective.find(({ key }) => key === 'implementations')?.origin === 'market';
  const record = isOfMarket ? `the "sitoo" record of market ${market}` : `the "sitoo" record of tenant ${tenant}`;
  return { code: 'ORDER_EXPORT_OFF', message: `orders are not exported: add "IOrderExporter" to the implementations of ${record}` };
}
