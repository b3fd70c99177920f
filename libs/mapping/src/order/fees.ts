import { amount, type Amount, ZERO } from '../money/amount';
import { rateBehind } from '../vat/vat';
import type { LineFigures } from './lines';
import type { OrderContext } from './order-context';
import { accept, reject, type Step } from './rejection';
import type { DecodedSitooOrder } from './sitoo-order';

/** Figures are positive, whichever way the money went. */
export interface Fees {
  readonly checkout: LineFigures | undefined;
  readonly delivery: LineFigures | undefined;
  /** Paid back. */
  readonly checkoutBack: LineFigures | undefined;
  readonly deliveryBack: LineFigures | undefined;
}

/** Fees carry net and VAT but no rate: the rate is the one that gives these figures. */
export function toFees(order: DecodedSitooOrder, context: OrderContext): Step<Fees> {
  const { totals } = order;
  const rates = [...order.rows.map((row) => row.vatRate), ...(context.market.vatRates ?? []).map(amount)];
  const checkout = toFee(totals.checkoutNet, totals.checkoutVat, rates, 'moneycheckout_net');
  if (!checkout.ok) return checkout;
  const delivery = toFee(totals.deliveryNet, totals.deliveryVat, rates, 'moneydelivery_net');
  if (!delivery.ok) return delivery;
  return accept({
    checkout: checkout.value.charged,
    delivery: delivery.value.charged,
    checkoutBack: checkout.value.back,
    deliveryBack: delivery.value.back,
  });
}

function toFee(net: Amount, vat: Amount, rates: readonly Amount[], path: string): Step<{ charged?: LineFigures; back?: LineFigures }> {
  if (net.eq(0) && vat.eq(0)) return accept({});
  const isBack = net.lte(0) && vat.lte(0);
  const [paidNet, paidVat] = isBack ? [ZERO.minus(net), ZERO.minus(vat)] : [net, vat];
  const rate = paidNet.lt(0) || paidVat.lt(0) ? undefined : rateBehind(paidNet, paidVat, rates);
  if (!rate) return reject('FEE_VAT_RATE_UNCLEAR', path);
  const figures = { net: paidNet, vat: paidVat, rate };
  return accept(isBack ? { back: figures } : { charged: figures });
}
