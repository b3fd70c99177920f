import type { OmniumOrderType } from '@connector/contracts';
import { orderStates, type OrderContext, type OrderStateName } from '@connector/mapping';

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

/** States of an order for which the type has no status in Omnium: such an order stays in the status before. */
export function missingStatuses(orderType: string, types: readonly OmniumOrderType[]): NonNullable<OrderContext['statuses']> {
  const has = new Set((types.find(({ name }) => name === orderType)?.orderStatuses ?? []).map(({ name }) => name));
  const states = Object.keys(orderStates).filter((state): state is Exclude<OrderStateName, 'completed'> => state !== 'completed');
  return Object.fromEntries(states.filter((state) => !has.has(orderStates[state].status)).map((state) => [state, null]));
}
