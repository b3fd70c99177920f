import type { Call, Operation } from '../call';
import { done, ordersIn } from '../call';
import type { Order } from '../documents';
import type { Problem } from '../refusal';
import { idOf, refuse, runWorkflow, writeOrder, writeProblems } from './write';

/** 250–500 orders per call are advised (docs.omnium.no, Integrations/data-in). */
const LARGEST_BATCH = 500;

/** `POST /api/Orders/UpdateMany`: adds what is missing and replaces whole documents, without regard to what they held. */
export const updateMany: Operation = batch((call, orders) => {
  if (call.query.runWorkflow === undefined) {
    call.warn([{ rule: 'run-workflow', detail: 'runWorkflow is not sent; its default is not published' }]);
  }
  return orders;
});

/** `POST /api/Orders/AddMany`: existing orders are left alone. */
export const addMany: Operation = batch((call, orders) => orders.filter((order) => !call.tenant.orders.has(idOf(order))));

/** `POST /api/Orders/ImportMany`: what happens to existing orders is not published; the twin leaves them alone, as AddMany does. */
export const importMany: Operation = batch((call, orders) => orders.filter((order) => !call.tenant.orders.has(idOf(order))));

function batch(select: (call: Call, orders: Order[]) => Order[]): Operation {
  return {
    kind: 'batch-write',
    writes: ({ body }) => ordersIn(body).map(idOf),
    run: (call) => {
      const orders = ordersIn(call.body);
      refuse(sizeProblems(orders));
      call.warn(repeatedIds(orders));
      const problems = orders.map((order) => writeProblems(order, call));
      if (call.settings.batchOnInvalid === 'reject-all') refuse(problems.flat());
      const valid = orders.filter((_, index) => problems[index]?.length === 0);
      call.batchApplied(valid.length);
      const written = select(call, valid).map((order) => writeOrder(order, call));
      if (call.query.runWorkflow === true) for (const order of written) runWorkflow(order, call);
      refuse(problems.flat());
      return done;
    },
  };
}

function sizeProblems(orders: readonly Order[]): Problem[] {
  return orders.length > LARGEST_BATCH ? [{ rule: 'batch-size', detail: `${orders.length} orders, at most ${LARGEST_BATCH}` }] : [];
}

function repeatedIds(orders: readonly Order[]): Problem[] {
  const ids = orders.map(idOf);
  const repeated = [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
  return repeated.map((orderId) => ({ rule: 'repeated-id', detail: 'the id is twice in one batch', orderId }));
}
