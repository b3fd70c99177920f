import type { Order, OrderLine } from '../documents';
import { listOf } from '../documents';
import type { Problem } from '../refusal';

/** Lines are repeated in shipment and form; a line sits in one shipment only, and its id is unique in the order. */
export function lineProblems(order: Order): Problem[] {
  const form = listOf(order.orderForm?.lineItems);
  const shipments = listOf(order.orderForm?.shipments);
  const shipped = shipments.flatMap((shipment) => listOf(shipment.lineItems));
  return [...duplicates(form), ...(shipments.length > 0 ? placement(form, shipped) : [])];
}

function duplicates(lines: readonly OrderLine[]): Problem[] {
  const ids = lines.map((line) => line.lineItemId ?? '');
  const repeated = [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
  return repeated.map((id) => ({ rule: 'line-id', detail: `lineItemId '${id}' is used twice` }));
}

function placement(form: readonly OrderLine[], shipped: readonly OrderLine[]): Problem[] {
  const known = new Set(form.map((line) => line.lineItemId));
  const strangers = shipped.filter((line) => !known.has(line.lineItemId));
  const misplaced = [...known].filter((id) => shipped.filter((line) => line.lineItemId === id).length !== 1);
  return [
    ...misplaced.map((id) => ({ rule: 'line-in-one-shipment', detail: `line '${id}' is not in exactly one shipment` })),
    ...strangers.map((line) => ({ rule: 'line-in-one-shipment', detail: `shipment line '${line.lineItemId}' is not in the order form` })),
  ];
}
