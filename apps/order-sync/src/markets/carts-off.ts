import type { WorkingMarket } from '@connector/connector-config';
import type { Reason } from '@connector/event-bus';

type Config = Pick<WorkingMarket, 'tenant' | 'market' | 'effective' | 'capabilities' | 'webOrders'>;

/** Why the carts of a market stay in Omnium, and what to set; undefined when they do not. */
export function cartsOff(config: Config): Reason | undefined {
  const { capabilities, webOrders } = config;
  if (!capabilities.cartExport) {
    const message = `carts are not exported: add "ICartExporter" to the implementations of ${recordOf(config)}`;
    return { code: 'CART_EXPORT_OFF', message };
  }
  if (webOrders.cartReadPath !== undefined) return undefined;
  return {
    code: 'CART_READ_PATH_MISSING',
    message: `carts cannot be read: Omnium publishes no operation for it; set "CartReadPath" in ${recordOf(config)} to the path that Omnium tells you`,
  };
}

/** The record that decides about the capabilities. */
export function recordOf({ tenant, market, effective }: Pick<Config, 'tenant' | 'market' | 'effective'>): string {
  const isOfMarket = effective.find(({ key }) => key === 'implementations')?.origin === 'market';
  return isOfMarket ? `the "sitoo" record of market ${market}` : `the "sitoo" record of tenant ${tenant}`;
}
