import type { OmniumPayment, SitooOrder, SitooOrderItem } from '@connector/contracts';
import Big from 'big.js';
import type { Told } from './told';

/** Amounts of a receipt that Omnium tells otherwise, in words; none when all agree to the cent. Of an order that was called off nothing is owed; its payments stay. */
export function wrongAmounts(receipt: SitooOrder, told: Told): string[] {
  const isOff = told.orders.some(({ status }) => status === 'OrderCanceled');
  const due = (amount: string | undefined) => new Big(isOff ? 0 : (amount ?? 0));
  const paid = sum((receipt.payments ?? []).map(({ moneyamount }) => moneyamount));
  return [
    ...compare('total', toldTotal(told, 'total'), due(receipt.moneytotal_gross_all)),
    ...compare('VAT', toldTotal(told, 'taxTotal'), due(receipt.moneyfinal_vat), centsOffRate(receipt)),
    ...compare(
      'paid',
      told.payments.reduce((total, payment) => total.plus(paidBy(payment)), new Big(0)),
      paid,
    ),
  ];
}

function compare(what: string, is: Big, wanted: Big, tolerance = new Big(0)): string[] {
  return is.minus(wanted).abs().lte(tolerance) ? [] : [`${what} ${is.toFixed(2)} instead of ${wanted.toFixed(2)}`];
}

/** Its document less what came back on it, or what came back in another document. */
function toldTotal({ orders, forms }: Told, field: 'total' | 'taxTotal'): Big {
  return sum(orders.map(({ orderForm }) => orderForm?.[field])).minus(sum(forms.map(({ form }) => form[field])));
}

/** What was only held is not paid. */
function paidBy({ amount, transactionType }: OmniumPayment): Big {
  if (transactionType === 'Credit') return new Big(amount ?? 0).times(-1);
  return new Big(transactionType === 'Sale' || transactionType === 'Capture' ? (amount ?? 0) : 0);
}

/** A till may be a cent off its own VAT rate in a row; Omnium then shows what the rate gives. */
function centsOffRate({ orderitems = [] }: SitooOrder): Big {
  return new Big(orderitems.filter((row) => !fitsRate(row)).length).times('0.01');
}

function fitsRate({ moneyitemtotal_net = '0', moneyitemtotal_vat = '0', vatvalue }: SitooOrderItem): boolean {
  const gross = new Big(moneyitemtotal_net).plus(moneyitemtotal_vat);
  const net = gross.div(new Big(vatvalue ?? 0).div(100).plus(1)).round(2, Big.roundHalfUp);
  return net.eq(moneyitemtotal_net);
}

function sum(values: readonly (number | string | null | undefined)[]): Big {
  return values.reduce<Big>((total, value) => total.plus(value ?? 0), new Big(0));
}
