import type { OmniumPayment, SitooOrderWrite } from '@connector/contracts';
import { amount, toCents, ZERO, type Amount } from '../money/amount';
import type { WebOrderContext } from './web-order-context';

type SitooPaymentWrite = NonNullable<SitooOrderWrite['payments']>[number];

/** Transactions that say money was paid or promised; a capture takes what an authorisation promised, so only one of the two counts. */
const paid = new Set(['Sale', 'Capture']);
const promised = new Set(['Authorization']);

/**
 * The payments of a web order, for refunds at a till. Together they are at most the total of its rows: freight, and the parts of a split
 * order that are elsewhere, are paid with the rest.
 */
export function sitooPayments(
  payments: readonly OmniumPayment[],
  total: Amount,
  { paymentTypeOf }: Pick<WebOrderContext, 'paymentTypeOf'>,
): SitooPaymentWrite[] {
  const good = payments.filter(({ status, amount: value }) => status === 'Processed' && (value ?? 0) > 0);
  const captured = good.filter(({ transactionType }) => paid.has(String(transactionType)));
  const counted = captured.length > 0 ? captured : good.filter(({ transactionType }) => promised.has(String(transactionType)));
  let left = total;
  return counted.flatMap((payment) => {
    const given = toCents(amount(payment.amount ?? 0));
    const share = given.gt(left) ? left : given;
    if (share.lte(ZERO)) return [];
    left = left.minus(share);
    const method = payment.paymentMethodName ?? '';
    const type = paymentTypeOf?.(method) ?? { name: method, externalId: undefined };
    return [
      {
        name: type.name,
        moneyamount: share.toFixed(2),
        ...(type.externalId === undefined ? {} : { externalid: type.externalId }),
        ...(payment.transactionId ? { refid: payment.transactionId } : {}),
      },
    ];
  });
}
