import { amount, type Amount } from '../money/amount';
import { rateBehind } from '../vat/vat';
import type { LineFigures } from './lines';
import type { OrderContext } from './order-context';
import { accept, reject, type Step } from './rejection';
import type { DecodedSitooOrder } from './sitoo-order';

export interface Fees {
  readonly checkout: LineFigures | undefined;
  readonly delivery: LineFigures | undefined;
}

/** Fees carry net and VAT but no rate: the rate is the one that gives these figures. */
export function toFees(order: DecodedSitooOrder, context: OrderContext): Step<Fees> {
  const { totals } = order;
  const rates = [...order.rows.map((row) => row.vatRate), ...(context.market.vatRates ?? []).map(amount)];
  const checkout = toFee(totals.checkoutNet, totals.checkoutVat, rates, 'moneycheckout_net');
  if (!checkout.ok) return checkout;
  const delivery = toFee(totals.deliveryNet, totals.deliveryVat, rates, 'moneydelivery_net');
  if (!delivery.ok) return delivery;
  return accept({ checkout: checkout.value, delivery: delivery.value });
}

function toFee(net: Amount, vat: Amount, rates: readonly Amount[], path: string): Step<LineFigures | undefined> {
  if (net.eq(0) && vat.eq(0)) return accept(undefined);
  if (net.lt(0) || vat.lt(0)) return reject('NOT_YET_SUPPORTED_NEGATIVE_AMOUNT', path);
  const rate = rateBehind(net, vat, rates);
  return rate ? accept({ net, vat, rate }) : reject('FEE_VAT_RATE_UNCLEAR', path);
}
