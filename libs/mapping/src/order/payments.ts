import type { OmniumPayment } from '@connector/contracts';
import { type Amount, sum, toJsonNumber } from '../money/amount';
import { authorizationId, creditId, EXTERNAL_ID_ORDER, paymentId } from './identifiers';
import type { OrderContext, PaymentMethodRule } from './order-context';
import { maskedCard, sitooProperties } from './properties';
import { PAYMENT_STATE } from './receipt';
import { accept, each, reject, type Step } from './rejection';
import type { DecodedSitooOrder, SitooReservation, SitooTender } from './sitoo-order';

interface Method {
  readonly paymentMethodName: string;
  readonly paymentType: string;
}

type Tender = Omit<SitooTender, 'reservationId'> & { readonly reservationId?: string };

interface MappedTender {
  readonly tender: Tender;
  readonly method: Method;
  readonly amount: Amount;
}

/** What every payment of a receipt shares. */
export interface PaymentOrigin {
  /** Omnium id of the receipt that the money moved on: of the refund itself, not of the sale whose document carries its payments. */
  readonly orderId: string;
  readonly storeId: string;
  /** ISO 8601 in UTC. */
  readonly paidDate: string;
  /** Set when the money is paid for goods given back. */
  readonly refund?: { readonly rmaNumber: string; readonly lineItemIds: readonly string[] };
}

/** Provider references, best first: Omnium wants one transaction id and each provider has its own key (orders-and-customers section 5.7). */
const TRANSACTION_KEYS = [
  'adyen-pspreference',
  'klarna-orderid',
  'swish-paymentid',
  'mobilepay-paymentid',
  'custompayment-paymentid',
  'nets-sitooreference',
  'bambora-host2t-internalreference',
  'izettle-sitooreference',
  'coiney-transactionref',
  'verifone-lpp-reference-number',
  'klarnav2-id',
] as const;

/**
 * One Omnium payment per tender, amounts positive (api-guide 7.5): money taken at once is a `Sale`, money held an `Authorization`, money taken
 * out of what is held a `Capture`, money paid out a `Credit`.
 */
export function toPayments(order: DecodedSitooOrder, origin: PaymentOrigin, context: OrderContext): Step<OmniumPayment[]> {
  const payments = each(order.payments, (tender) => mapTender(tender, `payments[${tender.index}].name`, context));
  if (!payments.ok) return payments;
  const reservations = each(reservationsOf(order), (tender) => mapTender(tender, `reservedpayments[${tender.index}].name`, context));
  if (!reservations.ok) return reservations;
  const moved = netWithinMethod(payments.value).filter(({ amount }) => !amount.eq(0));
  return accept([
    ...reservations.value.map((held) => ({
      ...toPayment(held, order, origin),
      id: authorizationId(origin.orderId, held.tender.id),
      transactionType: 'Authorization',
    })),
    ...moved.map((payment) => (payment.amount.lt(0) ? toCredit(payment, order, origin) : toPayment(payment, order, origin))),
  ]);
}

function mapTender<T extends Tender>(
  tender: T,
  path: string,
  context: OrderContext,
): Step<{ readonly tender: T; readonly method: Method; readonly amount: Amount }> {
  const method = methodOf(tender, context);
  return method
    ? accept({ tender, method, amount: tender.amount })
    : reject('PAYMENT_METHOD_UNKNOWN', path, tender.externalId ?? tender.name);
}

function methodOf(tender: Tender, { paymentMethods: rules, virtualPaymentMethodName }: OrderContext): Method | undefined {
  const own = { paymentMethodName: tender.name, paymentType: tender.name };
  if (isVirtual(tender) && virtualPaymentMethodName !== undefined) return { ...own, paymentMethodName: virtualPaymentMethodName };
  if (!rules) return own;
  const rule = ruleOf(tender, rules);
  if (rule) return { paymentMethodName: rule.paymentMethodName, paymentType: rule.paymentType ?? tender.name };
  // What two halves of an exchange owe each other is no payment type of the till: no rule can be expected for it.
  return isVirtual(tender) ? own : undefined;
}

function ruleOf(tender: Tender, rules: readonly PaymentMethodRule[]): PaymentMethodRule | undefined {
  return (
    rules.find(({ externalId }) => externalId !== undefined && externalId === tender.externalId) ??
    rules.find(({ externalId, name }) => externalId === undefined && name?.toLowerCase() === tender.name.toLowerCase())
  );
}

/** No money moved: one half of an exchange set against the other (orders-and-customers section 8). */
function isVirtual({ data }: Tender): boolean {
  return data['virtual-payment'] === 'true';
}

/**
 * Sitoo may drop a reservation once it is captured. Omnium would then hold an authorization that the next reading does not know: so a captured
 * reservation that is gone is told from its captures.
 */
function reservationsOf(order: DecodedSitooOrder): SitooReservation[] {
  const known = new Set(order.reservedPayments.map(({ id }) => id));
  const gone = new Map<string, SitooReservation>();
  for (const { reservationId: id, ...tender } of order.payments) {
    if (id === undefined || known.has(id) || tender.amount.lte(0)) continue;
    gone.set(id, { ...tender, id, amount: tender.amount.plus(gone.get(id)?.amount ?? 0) });
  }
  return [...order.reservedPayments, ...gone.values()];
}

/** Change is a tender of the other sign: it is taken off the tenders of its own method, which then become one. */
function netWithinMethod(tenders: readonly MappedTender[]): MappedTender[] {
  const ofMethod = (key: string) => tenders.filter((tender) => methodKey(tender) === key);
  const done = new Set<string>();
  return tenders.flatMap((tender) => {
    const key = methodKey(tender);
    const alike = ofMethod(key);
    if (alike.every(({ amount }) => amount.gte(0)) || alike.every(({ amount }) => amount.lte(0))) return [tender];
    if (done.has(key)) return [];
    done.add(key);
    return [{ ...tender, amount: sum(alike.map(({ amount }) => amount)) }];
  });
}

function methodKey({ method, tender }: MappedTender): string {
  return `${method.paymentMethodName}|${method.paymentType}|${isVirtual(tender)}`;
}

function toPayment({ tender, method, amount }: MappedTender, order: DecodedSitooOrder, origin: PaymentOrigin): OmniumPayment {
  const id = paymentId(origin.orderId, tender.index + 1);
  return {
    id,
    ...method,
    transactionId: transactionIdOf(tender) ?? id,
    transactionType: tender.reservationId === undefined ? 'Sale' : 'Capture',
    status: statusOfPayment(order),
    amount: toJsonNumber(amount),
    paidDate: origin.paidDate,
    storeId: origin.storeId,
    externalIds: [{ providerName: EXTERNAL_ID_ORDER, id: String(order.orderId) }],
    properties: paymentProperties(tender),
  };
}

function toCredit({ tender, method, amount }: MappedTender, order: DecodedSitooOrder, origin: PaymentOrigin): OmniumPayment {
  const id = creditId(origin.orderId, tender.index + 1);
  const { refund } = origin;
  return {
    ...toPayment({ tender, method, amount: amount.abs() }, order, origin),
    id,
    transactionId: transactionIdOf(tender) ?? id,
    transactionType: 'Credit',
    reason: refund ? `Return ${refund.rmaNumber}` : 'Cash back',
    ...(refund
      ? { internalReference: refund.rmaNumber, orderLineReferences: refund.lineItemIds.map((lineItemId) => ({ lineItemId })) }
      : {}),
  };
}

function transactionIdOf(tender: Tender): string | undefined {
  return tender.referenceId ?? TRANSACTION_KEYS.map((key) => tender.data[key]).find((value) => value !== undefined);
}

function statusOfPayment({ paymentStateId }: DecodedSitooOrder): string {
  return paymentStateId === PAYMENT_STATE.cancelled || paymentStateId === PAYMENT_STATE.failed ? 'Failed' : 'Processed';
}

/** References of the tender; card aliases, masked card numbers and phone numbers stay in Sitoo. Settlement leaves virtual payments out. */
function paymentProperties(tender: Tender): ReturnType<typeof sitooProperties> {
  return sitooProperties({
    SitooPaymentName: tender.name,
    SitooPaymentExternalId: tender.externalId,
    SitooPaymentReferenceType: tender.referenceType,
    SitooCardIssuer: tender.cardIssuer,
    SitooPaymentMethod: tender.data['payment-method'],
    SitooGiftCard: tender.data['giftcard-cardnumber-display'] ?? maskedCard(tender.data['giftcard-cardnumber']),
    SitooVirtualPayment: isVirtual(tender) ? 'true' : undefined,
    SitooReservationId: tender.reservationId,
    SitooOriginalPaymentIndex: tender.data['pos-originalsales-payment-index'],
  });
}
