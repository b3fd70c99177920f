import type { Call, Operation, Reply } from '../call';
import { created, orderIn } from '../call';
import type { Order } from '../documents';
import { Refusal } from '../refusal';
import { firstStatus, idOf, refuse, runWorkflow, writeOrder, writeProblems } from './write';

/** `POST /api/Orders`: own id, runs the workflow of the initial status, refuses an id that is taken. */
export const postOrder: Operation = {
  kind: 'write',
  writes: ({ body }) => [idOf(orderIn(body))],
  run: (call) => create(orderIn(call.body), call),
};

/** `PUT /api/Orders`: as POST, with a number from the sequence, which is also the id when none is sent. */
export const putOrder: Operation = {
  kind: 'write',
  run: (call) => {
    const orderNumber = call.tenant.nextOrderNumber();
    const sent = orderIn(call.body);
    return create({ ...sent, id: sent.id ?? orderNumber, orderNumber }, call);
  },
};

function create(sent: Order, call: Call): Reply {
  const order = { ...sent, status: sent.status ?? firstStatus(sent, call) };
  const id = idOf(order);
  if (call.tenant.orders.has(id)) {
    throw new Refusal(call.settings.duplicateIdStatus, `An order with id '${id}' exists.`);
  }
  refuse(writeProblems(order, call));
  const stored = writeOrder(order, call);
  call.tenant.orders.queueFor(id, call.settings.queuedMs);
  runWorkflow(stored, call);
  return created(call.tenant.orders.read(id) ?? stored);
}
