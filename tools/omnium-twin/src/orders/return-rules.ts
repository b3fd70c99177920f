import type { Order, OrderLine, ReturnForm } from '../documents';
import { listOf } from '../documents';
import type { Problem } from '../refusal';
import { decimal, sum } from '../calculate/money';

/**
 * Returns are forms on the sold order, with positive amounts (api-guide section 7.6). A returned line that the order did not sell belongs to
 * a return without a receipt, and has no limit.
 */
export function returnProblems(order: Order): Problem[] {
  const forms = listOf(order.returnOrderForms);
  const sold = listOf(order.orderForm?.lineItems);
  return [...idProblems(forms), ...sold.flatMap((line) => limitProblems(line, forms)), ...signProblems(order)];
}

/** Lines of an order form whose `returnQuantity` is not what its return forms say. */
export function returnWarnings(order: Order): Problem[] {
  const forms = listOf(order.returnOrderForms);
  const differing = listOf(order.orderForm?.lineItems).filter((line) => !decimal(line.returnQuantity).eq(returnedOf(line, forms)));
  return differing.map((line) => ({
    rule: 'return-quantity',
    detail: `line '${line.lineItemId}' says returnQuantity ${line.returnQuantity ?? 0}, its return forms ${returnedOf(line, forms).toNumber()}`,
  }));
}

function idProblems(forms: readonly ReturnForm[]): Problem[] {
  const ids = forms.map((form) => form.returnId);
  const missing = ids
    .filter((id) => !id)
    .map(() => ({ rule: 'return-id', detail: 'a return form has no returnId: every write would add it again' }));
  const repeated = [...new Set(ids.filter((id, index) => id && ids.indexOf(id) !== index))];
  return [...missing, ...repeated.map((id) => ({ rule: 'return-id', detail: `returnId '${id}' is used twice` }))];
}

function limitProblems(line: OrderLine, forms: readonly ReturnForm[]): Problem[] {
  const limit = decimal(line.quantity).minus(decimal(line.canceledQuantity));
  const isTooMuch = [returnedOf(line, forms), decimal(line.returnQuantity)].some((returned) => returned.gt(0) && returned.gt(limit));
  return isTooMuch ? [{ rule: 'returned-more-than-sold', detail: `line '${line.lineItemId}' is returned for more than was sold` }] : [];
}

function returnedOf(line: OrderLine, forms: readonly ReturnForm[]) {
  const lines = forms.flatMap((form) => listOf(form.lineItems)).filter((candidate) => candidate.lineItemId === line.lineItemId);
  return sum(lines.map((candidate) => decimal(candidate.returnQuantity ?? candidate.quantity)));
}

/** "Do not send negative quantities" (api-guide section 7.6). */
function signProblems(order: Order): Problem[] {
  const forms = [order.orderForm, ...listOf(order.returnOrderForms)];
  const lines = forms.flatMap((form) => [
    ...listOf(form?.lineItems),
    ...listOf(form?.shipments).flatMap((shipment) => listOf(shipment.lineItems)),
  ]);
  const negative = lines.filter((line) => (line.quantity ?? 0) < 0 || (line.returnQuantity ?? 0) < 0);
  const ids = [...new Set(negative.map((line) => line.lineItemId))];
  return ids.map((id) => ({ rule: 'negative-quantity', detail: `line '${id}' has a negative quantity` }));
}
