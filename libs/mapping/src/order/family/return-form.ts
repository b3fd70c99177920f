import type { OmniumOrder, OmniumPayment } from '@connector/contracts';
import { type Amount, ZERO } from '../../money/amount';
import { externalIds, idOf, isRoundedInReturn, orderProperties, replacements, rmaNumberOf, toUtc } from '../document';
import { returnId } from '../identifiers';
import { lineTotals, type MappedLine, toCheckoutFeeLine, toDeliveryFeeLine, toReturnedFeeLine, toReturnLine } from '../lines';
import type { OrderContext } from '../order-context';
import { toPayments } from '../payments';
import type { Receipt } from '../receipt';
import { accept, each, type Step } from '../rejection';
import { formTotals } from '../totals';
import type { ReturnPart } from './return-lines';

export type OmniumReturnForm = NonNullable<OmniumOrder['returnOrderForms']>[number];

/** Without return statuses of the tenant's own this is the only one (api-guide 7.6). */
const DEFAULT_RETURN_STATUS = 'Completed';

/** The form of what came back on a receipt: positive amounts, paid back at the till already (api-guide 7.6, path B). */
export function toReturnForm(receipt: Receipt, parts: readonly ReturnPart[], context: OrderContext): Step<OmniumReturnForm> {
  const { order } = receipt;
  const at = toUtc(order.orderedAt);
  const reason = order.data['refundreasoncode-comment'] ?? order.data['refundreasoncode-reasoncode'];
  const lines = each(parts, ({ row, line }) =>
    toReturnLine(row, { lineItemId: line.lineItemId, code: line.code, returnDate: at, reason }, context),
  );
  if (!lines.ok) return lines;
  const all = [...lines.value, ...feesBack(receipt, context)];
  const totals = formTotals(lineTotals(all), undefined, isRoundedInReturn(receipt) ? ZERO.minus(receipt.roundoff) : ZERO);
  return accept({
    returnId: returnId(idOf(order, context)),
    status: context.returnStatus ?? DEFAULT_RETURN_STATUS,
    storeId: receivingStore(receipt, context),
    created: at,
    modified: at,
    rmaNumber: rmaNumberOf(order),
    // The till has paid the money back: Omnium must not do it again.
    creditPayment: false,
    creditAmount: totals.total,
    ...(reason === undefined ? {} : { returnComment: reason }),
    externalIds: externalIds(order),
    properties: orderProperties(receipt, at),
    ...replacements(order, context),
    lineItems: all.map(({ line }) => line),
    ...totals,
  });
}

/** Money paid for what came back, under ids of the refund's own receipt. */
export function toReturnPayments(receipt: Receipt, form: OmniumReturnForm, context: OrderContext): Step<OmniumPayment[]> {
  const { order, storeId } = receipt;
  const lineItemIds = (form.lineItems ?? []).flatMap(({ lineItemId }) => lineItemId ?? []);
  const origin = {
    orderId: idOf(order, context),
    storeId,
    paidDate: toUtc(order.orderedAt),
    refund: { rmaNumber: rmaNumberOf(order), lineItemIds },
  };
  return toPayments(order, origin, context);
}

export function totalsOf(forms: readonly OmniumReturnForm[]): { total: Amount; totalExclTax: Amount } {
  const add = (pick: (form: OmniumReturnForm) => number | undefined) => forms.reduce((total, form) => total.plus(pick(form) ?? 0), ZERO);
  return { total: add(({ total }) => total), totalExclTax: add(({ totalExclTax }) => totalExclTax) };
}

/** Fees that were paid back, as lines of their own: a fee can come back in parts and does not count as goods. */
function feesBack({ order, fees }: Receipt, context: OrderContext): MappedLine[] {
  const { checkoutBack, deliveryBack } = fees;
  const checkout = checkoutBack ? [toCheckoutFeeLine(checkoutBack, context)] : [];
  const delivery = deliveryBack ? [toDeliveryFeeLine(deliveryBack, context)] : [];
  return [...checkout, ...delivery].map((fee) => toReturnedFeeLine(fee, `${order.orderId}-${fee.line.lineItemId}`));
}

/** Where the goods went: the warehouse that every returned row names, else that of the receipt. */
function receivingStore({ back, stockStoreId }: Receipt, { stockLocationOfWarehouse }: OrderContext): string {
  const named = new Set(back.map(({ product }) => product.data['return-warehouseid']));
  const [warehouse] = named;
  if (named.size !== 1 || warehouse === undefined || !/^\d{1,15}$/.test(warehouse)) return stockStoreId;
  return stockLocationOfWarehouse?.(Number(warehouse)) ?? stockStoreId;
}
