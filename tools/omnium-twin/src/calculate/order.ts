import type { Order } from '../documents';
import { listOf } from '../documents';
import type { CalculationContext } from './context';
import { settle } from './context';
import { calculateForm } from './form';
import { decimal, sum } from './money';
import { sumPayments } from './payments';

/**
 * The order with everything that Omnium calculates: `netTotal = orderForm.total - sum(returnOrderForms.total)`; `remainingPayment` is the net
 * total less what is authorised and not paid back, which equals the documented "order total minus what is authorised" while nothing is returned.
 */
export function calculateOrder(order: Order, context: CalculationContext): Order {
  const orderForm = calculateForm(order.orderForm ?? {}, context);
  const returnOrderForms = listOf(order.returnOrderForms).map((form) => calculateForm(form, context));
  const returned = (field: 'total' | 'totalExclTax') => sum(returnOrderForms.map((form) => decimal(form[field])));
  const netTotal = settle(context, order.netTotal, decimal(orderForm.total).minus(returned('total')));
  const paid = sumPayments([orderForm, ...returnOrderForms].flatMap((form) => listOf(form.payments)));
  return {
    ...order,
    orderForm,
    ...(order.returnOrderForms ? { returnOrderForms } : {}),
    shippingSubTotal: settle(context, order.shippingSubTotal, decimal(orderForm.shippingSubTotal)),
    // The published sample shows 0 beside a line with a cost; no formula is documented.
    lineItemsCost: order.lineItemsCost ?? 0,
    netTotal,
    netTotalExclTax: settle(context, order.netTotalExclTax, decimal(orderForm.totalExclTax).minus(returned('totalExclTax'))),
    remainingPayment: settle(context, order.remainingPayment, decimal(netTotal).minus(paid.authorized).plus(paid.credited)),
  };
}
