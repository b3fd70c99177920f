import type { OmniumOrderType } from '@connector/contracts';

/** Something in Omnium's settings that keeps a market from importing; fixed there or in the connector's configuration. */
export interface SetupProblem {
  code: string;
  message: string;
}

/**
 * The order type a market's receipts get and its status for a finished sale, checked against the tenant's settings: nothing is imported
 * under a type or status that Omnium does not have.
 */
export function checkOrderType(orderType: string, completedStatus: string, types: readonly OmniumOrderType[]): SetupProblem | undefined {
  const type = types.find(({ name }) => name === orderType);
  if (!type) {
    const valid = types.map(({ name }) => name).join(', ');
    return { code: 'ORDER_TYPE_UNKNOWN', message: `SitooOrderType "${orderType}" is not an order type of Omnium; there are: ${valid}` };
  }
  const statuses = (type.orderStatuses ?? []).map(({ name }) => name);
  if (statuses.includes(completedStatus)) return undefined;
  const message = `order type "${orderType}" has no status "${completedStatus}" in Omnium; it has: ${statuses.join(', ')}`;
  return { code: 'ORDER_STATUS_UNKNOWN', message };
}
