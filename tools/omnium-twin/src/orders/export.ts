import type { Operation } from '../call';
import { objectIn, ok, textsIn } from '../call';
import { Refusal } from '../refusal';

/** `POST /api/Orders/ExportOrders`: pushes orders through a connector by hand. What it answers per order is not published; the twin answers none. */
export const exportOrders: Operation = {
  kind: 'write',
  run: ({ tenant, body }) => {
    const { connectorName, orderIds } = objectIn(body);
    const orders = textsIn(orderIds).map((id) => tenant.orders.read(id));
    if (orders.some((order) => !order)) throw new Refusal(404, 'Order not found.');
    const name = typeof connectorName === 'string' ? connectorName : undefined;
    const isSent = orders.every((order) => order && tenant.workflows.exportTo(name, order));
    if (!isSent) throw new Refusal(400, 'There is no such connector.');
    return ok([]);
  },
};
