import type { OmniumOrder, OmniumOrderLine } from '@connector/contracts';
import { amount, sum } from '../../money/amount';

/**
 * Omnium may split a line of an open order over warehouses: then ours is smaller than the receipt's and a line of another id with the same SKU
 * holds the rest. Writing the receipt's quantity back would sell those units twice, so quantities of such lines are Omnium's.
 */
export function respectSplits(wanted: OmniumOrder, existing: OmniumOrder): OmniumOrder {
  const split = splitLines(wanted, existing);
  if (split.size === 0 || !wanted.orderForm) return wanted;
  const leave = (line: OmniumOrderLine) => withoutQuantities(line, split.get(line.lineItemId));
  const { lineItems, shipments } = wanted.orderForm;
  return {
    ...wanted,
    orderForm: {
      ...wanted.orderForm,
      lineItems: lineItems?.map(leave),
      shipments: shipments?.map((shipment) => ({ ...shipment, lineItems: shipment.lineItems?.map(leave) })),
    },
  };
}

/** Our lines that Omnium has split, as Omnium has them. */
function splitLines(wanted: OmniumOrder, existing: OmniumOrder): Map<OmniumOrderLine['lineItemId'], OmniumOrderLine> {
  const ours = new Map((wanted.orderForm?.lineItems ?? []).map((line) => [line.lineItemId, line]));
  const lines = existing.orderForm?.lineItems ?? [];
  const others = lines.filter(({ lineItemId }) => !ours.has(lineItemId));
  const split = lines.filter((line) => {
    const missing = amount(ours.get(line.lineItemId)?.quantity ?? 0).minus(line.quantity ?? 0);
    const elsewhere = sum(others.filter(({ code }) => code === line.code).map(({ quantity }) => amount(quantity ?? 0)));
    return missing.gt(0) && elsewhere.gte(missing);
  });
  return new Map(split.map((line) => [line.lineItemId, line]));
}

function withoutQuantities(line: OmniumOrderLine, split: OmniumOrderLine | undefined): OmniumOrderLine {
  if (!split) return line;
  const back = Math.min(line.returnQuantity ?? 0, split.quantity ?? 0);
  return {
    ...line,
    quantity: undefined,
    discounted: undefined,
    deliveredQuantity: undefined,
    canceledQuantity: undefined,
    returnQuantity: back === 0 ? undefined : back,
  };
}
