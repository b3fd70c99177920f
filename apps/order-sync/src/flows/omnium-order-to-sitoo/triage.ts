import type { WorkingMarket } from '@connector/connector-config';
import type { OmniumOrder } from '@connector/contracts';
import { retry, skipped, type Outcome, type Reason } from '@connector/event-bus';
import { cartsOff, recordOf } from '../../markets/carts-off';

/** What becomes of an order without asking Sitoo; undefined when Sitoo has to be asked. */
export function triage(order: OmniumOrder | undefined, config: WorkingMarket): Outcome | undefined {
  const { market, webOrders, capabilities } = config;
  if (!order) return retry({ code: 'ORDER_NOT_READABLE', message: 'Omnium does not return this order (yet)' });
  // For seconds after it was made; an error could not be written to it either (api-guide 7.2).
  if (order.status === 'Queued') return retry({ code: 'ORDER_QUEUED', message: 'Omnium is still taking this order in' });
  if (order.marketId && order.marketId.toLowerCase() !== market.toLowerCase())
    return skipped({ code: 'ORDER_OF_ANOTHER_MARKET', message: `the order is of market ${order.marketId}` });
  if (!capabilities.orderExport) return skipped(exportOff(config));
  if (webOrders.flows[order.orderType ?? ''] === undefined)
    return skipped({ code: 'NOT_FOR_A_STORE', message: `orders of type "${order.orderType ?? ''}" do not go to stores here` });
  return undefined;
}

/** Whether an order that goes to no store was made of a cart that may wait in one. */
export function mayHaveCart({ orderForm }: OmniumOrder, settled: Outcome, config: WorkingMarket): boolean {
  const isOfNoStore = settled.kind === 'skipped' && settled.reason.code !== 'ORDER_OF_ANOTHER_MARKET';
  return isOfNoStore && Boolean(orderForm?.cartId) && cartsOff(config) === undefined;
}

export function exportOff(config: WorkingMarket): Reason {
  const message = `orders are not exported: add "IOrderExporter" to the implementations of ${recordOf(config)}`;
  return { code: 'ORDER_EXPORT_OFF', message };
}
