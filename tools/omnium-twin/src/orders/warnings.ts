import { isUncalculated } from '../calculate/discount';
import type { Order } from '../documents';
import { listOf } from '../documents';
import type { Problem } from '../refusal';
import { returnWarnings } from './return-rules';
import type { Tenant } from '../tenant';

/** What Omnium accepts but an integration should not send, told from the order as stored. */
export function orderWarnings(order: Order, tenant: Tenant): Problem[] {
  const warnings = [...totalWarnings(order), ...returnWarnings(order), ...signWarnings(order), ...formWarnings(order, tenant)];
  return warnings.map((warning) => ({ ...warning, orderId: order.id ?? undefined }));
}

function totalWarnings({ remainingPayment, netTotal }: Order): Problem[] {
  if (!remainingPayment) return [];
  return [{ rule: 'payments-sum', detail: `payments do not sum to the order: net total ${netTotal}, remaining ${remainingPayment}` }];
}

function signWarnings(order: Order): Problem[] {
  const forms = [order.orderForm, ...listOf(order.returnOrderForms)];
  const payments = forms.flatMap((form) => listOf(form?.payments)).filter((payment) => (payment.amount ?? 0) < 0);
  return payments.map((payment) => ({ rule: 'negative-payment', detail: `payment '${payment.id}' has a negative amount` }));
}

function formWarnings(order: Order, tenant: Tenant): Problem[] {
  const currency = tenant.market(order.marketId)?.currency;
  const rules = listOf(order.orderForm?.discounts).filter(isUncalculated);
  return [
    ...when(/[+%/\s]/.test(order.id ?? ''), 'order-id-characters', 'the id holds a character that is hostile to URLs'),
    ...when(order.billingCurrency !== currency, 'currency', `billingCurrency '${order.billingCurrency}' is not the market's '${currency}'`),
    ...when(rules.length > 0, 'discount-rule', 'a discount needs a promotion engine; the twin stores it without calculating it'),
  ];
}

function when(holds: boolean, rule: string, detail: string): Problem[] {
  return holds ? [{ rule, detail }] : [];
}
