import type { OmniumOrder, OmniumOrderForm, OmniumPayment } from '@connector/contracts';
import { type Amount, amount, sum, ZERO } from '../money/amount';
import { authorizationId, EXTERNAL_ID_ORDER, orderId, type OrderIdParts, returnId } from '../order/identifiers';
import { type Figures, line, money, Tally } from './figures';
import { addRefund, addSale } from './receipt-figures';

type ReturnForm = NonNullable<OmniumOrder['returnOrderForms']>[number];

/** Omnium's documents by id: those of the receipts, and those of the orders they credit. */
export type OrdersById = ReadonlyMap<string, OmniumOrder>;

/**
 * What Omnium holds of one receipt, by the figures that are stored: its own document, or, for a refund, its return form in the document of
 * the order it credits. Undefined when neither is there.
 */
export function orderFigures(receipt: OrderIdParts, credits: number | undefined, orders: OrdersById): Figures | undefined {
  const id = orderId(receipt);
  const own = orders.get(id);
  const holder = own ?? (credits === undefined ? undefined : orders.get(orderId({ ...receipt, sitooOrderId: credits })));
  const form = holder?.returnOrderForms?.find((candidate) => candidate.returnId === returnId(id));
  if (!own && !form) return undefined;
  const tally = new Tally();
  if (own) addSold(tally, own);
  if (form) addReturned(tally, form);
  // What the receipt's rows are off its total is in the round-off, wherever that stands; no cash was rounded by it.
  tally.add(line.roundoff, money(propertyOf((form ?? own)?.properties, 'SitooTotalsDifference')).times(-1));
  const payments = (holder?.orderForm?.payments ?? []).filter((payment) => isOf(payment, receipt.sitooOrderId));
  for (const [name, value] of byName(payments, id)) tally.add(line.payment(name), value);
  return tally.figures;
}

function addSold(tally: Tally, { orderForm }: OmniumOrder): void {
  const form = orderForm ?? {};
  addLines(form, (net, vat, rate) => addSale(tally, net, vat, rate));
  for (const { shippingSubTotal, shippingSubTotalExclTax, shipmentTaxRate } of form.shipments ?? []) {
    const net = money(shippingSubTotalExclTax);
    const vat = money(shippingSubTotal).minus(net);
    if (!net.eq(0) || !vat.eq(0)) addSale(tally, net, vat, amount(shipmentTaxRate ?? 0));
  }
  tally.add(line.roundoff, money(form.grossRoundoff));
  tally.add(line.total, money(form.total));
}

/** Amounts of a return form are positive, its rounding too. */
function addReturned(tally: Tally, form: ReturnForm): void {
  addLines(form, (net, vat, rate) => addRefund(tally, net, vat, rate));
  tally.add(line.roundoff, money(form.grossRoundoff).times(-1));
  tally.add(line.total, money(form.total).times(-1));
}

function addLines({ lineItems }: Pick<OmniumOrderForm, 'lineItems'>, add: (net: Amount, vat: Amount, rate: Amount) => void): void {
  for (const { extendedPrice, taxTotal, taxRate } of lineItems ?? []) {
    const vat = money(taxTotal);
    add(money(extendedPrice).minus(vat), vat, amount(taxRate ?? 0));
  }
}

/** Money by the till's own name of its payment type: taken, held beyond what was taken of it, and paid out. */
function byName(payments: readonly OmniumPayment[], id: string): Figures {
  const tally = new Tally();
  for (const payment of payments) {
    if (propertyOf(payment.properties, 'SitooVirtualPayment') === 'true') continue;
    const name = propertyOf(payment.properties, 'SitooPaymentName') ?? payment.paymentMethodName ?? '';
    const value = money(payment.amount);
    if (payment.transactionType === 'Authorization') tally.add(name, beyondCaptures(payment, payments, id));
    else tally.add(name, payment.transactionType === 'Credit' ? value.times(-1) : value);
  }
  return tally.figures;
}

function beyondCaptures(held: OmniumPayment, payments: readonly OmniumPayment[], id: string): Amount {
  const captures = payments.filter(({ transactionType, properties }) => {
    const reservation = propertyOf(properties, 'SitooReservationId');
    return transactionType === 'Capture' && reservation !== undefined && authorizationId(id, reservation) === held.id;
  });
  const rest = money(held.amount).minus(sum(captures.map((capture) => money(capture.amount))));
  return rest.gt(0) ? rest : ZERO;
}

function isOf({ externalIds }: OmniumPayment, sitooOrderId: number): boolean {
  return (externalIds ?? []).some(({ providerName, id }) => providerName === EXTERNAL_ID_ORDER && id === String(sitooOrderId));
}

function propertyOf(properties: OmniumOrder['properties'], key: string): string | undefined {
  return properties?.find((property) => property.key === key)?.value ?? undefined;
}
