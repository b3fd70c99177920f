import { calculateOrder } from '../calculate/order';
import type { Call } from '../call';
import { isoTime } from '../clock';
import type { Order } from '../documents';
import { listOf } from '../documents';
import type { Problem } from '../refusal';
import { Refusal } from '../refusal';
import { completeOrder } from './complete';
import { orderProblems } from './rules';
import type { WriteKind } from './store';
import { orderWarnings } from './warnings';

/** The order as Omnium would store it: defaults filled in, figures calculated. */
export function finishOrder(sent: Order, previous: Order | undefined, call: Call): Order {
  const market = call.tenant.market(sent.marketId);
  return calculateOrder(completeOrder(sent, previous, isoTime(call.now)), {
    recalculates: call.settings.isOrderCalculatorRunOnImport,
    defaultTaxRate: market?.defaultTaxRate ?? 0,
    isTaxExcluded: market?.isTaxExcluded ?? false,
  });
}

/** Stores one order under its id and reports what is doubtful about it. */
export function writeOrder(sent: Order, call: Call, kind?: WriteKind): Order {
  const { orders } = call.tenant;
  const id = idOf(sent);
  const finished = finishOrder(sent, orders.stored(id), call);
  call.warn(orderWarnings(finished, call.tenant));
  return orders.put(id, finished, call.writer, kind).document;
}

/** Runs the workflow of the order's status, on the order as stored. */
export function runWorkflow(order: Order, call: Call) {
  return call.tenant.runWorkflow(order, call.writer);
}

/** Every reason not to write this order now. */
export function writeProblems(order: Order, call: Call): Problem[] {
  return [...orderProblems(order, call.tenant), ...queuedProblems(idOf(order), call)];
}

/** A new order is being processed while it shows `Queued`, for seconds; nobody may write to it then (docs.omnium.no, Order/order-faq). */
export function queuedProblems(orderId: string, call: Call): Problem[] {
  return call.tenant.orders.isQueued(orderId) ? [{ rule: 'queued', detail: 'the order is Queued; wait until it is not', orderId }] : [];
}

/** Throws a 400 that names every problem, unless there is none. */
export function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new Refusal(400, 'One or more validation errors occurred.', problems);
}

/** First status of the order's type, for orders that come without one. */
export function firstStatus(order: Order, call: Call): string | undefined {
  const type = call.tenant.seed.orderTypes.find((candidate) => candidate.name === order.orderType);
  const statuses = listOf(type?.orderStatuses).toSorted((a, b) => (a.order ?? 0) - (b.order ?? 0));
  return statuses[0]?.name ?? undefined;
}

export function idOf(order: Order): string {
  return order.id ?? '';
}
