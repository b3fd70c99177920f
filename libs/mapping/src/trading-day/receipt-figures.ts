import { type Amount, sum, ZERO } from '../money/amount';
import type { DecodedSitooOrder, SitooTender } from '../order/sitoo-order';
import { rateBehind } from '../vat/vat';
import { type Figures, line, Tally } from './figures';

/**
 * What one receipt adds to its register's day, by the receipt's own figures. A row belongs to sales or refunds by the sign of its quantity, also
 * on a receipt with both (assumed: a Z-report splits such a receipt by row); a fee by its sign.
 */
export function receiptFigures(order: DecodedSitooOrder): Figures {
  const tally = new Tally();
  for (const { quantity, net, vat, vatRate } of order.rows) {
    if (quantity < 0) addRefund(tally, net.times(-1), vat.times(-1), vatRate);
    else addSale(tally, net, vat, vatRate);
  }
  const { checkoutNet, checkoutVat, deliveryNet, deliveryVat, roundoff, salesTax, toPay } = order.totals;
  addFee(tally, checkoutNet, checkoutVat, order);
  addFee(tally, deliveryNet, deliveryVat, order);
  tally.add(line.roundoff, roundoff);
  tally.add(line.salesTax, salesTax);
  tally.add(line.total, toPay);
  addPayments(tally, order);
  return tally.figures;
}

export function addSale(tally: Tally, net: Amount, vat: Amount, rate: Amount): void {
  tally.add(line.sales, net.plus(vat));
  tally.add(line.vatOnSales(rate), vat);
}

/** Positive amounts. */
export function addRefund(tally: Tally, net: Amount, vat: Amount, rate: Amount): void {
  tally.add(line.refunds, net.plus(vat));
  tally.add(line.vatOnRefunds(rate), vat);
}

/** Fees have no rate of their own: the one that gives these figures. */
function addFee(tally: Tally, net: Amount, vat: Amount, { rows }: DecodedSitooOrder): void {
  if (net.eq(0) && vat.eq(0)) return;
  const rates = rows.map(({ vatRate }) => vatRate);
  if (net.lt(0)) addRefund(tally, net.times(-1), vat.times(-1), rateBehind(net.times(-1), vat.times(-1), rates) ?? ZERO);
  else addSale(tally, net, vat, rateBehind(net, vat, rates) ?? ZERO);
}

/** Money that moved or is held, by payment type; what only sets the halves of an exchange off is left out (section 9). */
function addPayments(tally: Tally, { payments, reservedPayments }: DecodedSitooOrder): void {
  for (const payment of payments) if (!isVirtual(payment)) tally.add(line.payment(payment.name), payment.amount);
  for (const { id, name, amount: held } of reservedPayments) {
    const captured = sum(payments.filter(({ reservationId }) => reservationId === id).map((payment) => payment.amount));
    if (held.gt(captured)) tally.add(line.payment(name), held.minus(captured));
  }
}

function isVirtual({ data }: Pick<SitooTender, 'data'>): boolean {
  return data['virtual-payment'] === 'true';
}
