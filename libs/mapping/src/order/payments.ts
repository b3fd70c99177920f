import type { OmniumPayment } from '@connector/contracts';
import { type Amount, sum, toJsonNumber } from '../money/amount';
import { EXTERNAL_ID_ORDER, paymentId } from './identifiers';
import type { OrderContext, PaymentMethodRule } from './order-context';
import { maskedCard, sitooProperties } from './properties';
import { accept, reject, type Step } from './rejection';
import type { DecodedSitooOrder, SitooTender } from './sitoo-order';

interface Method {
  readonly paymentMethodName: string;
  readonly paymentType: string;
}

interface MappedTender {
  readonly tender: SitooTender;
  readonly method: Method;
  readonly amount: Amount;
}

/** What every payment of an order shares. */
export interface PaymentOrigin {
  /** Omnium id of the order. */
  readonly orderId: string;
  readonly storeId: string;
  /** ISO 8601 in UTC. */
  readonly paidDate: string;
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

/** One Omnium payment per tender: money taken at once is a `Sale`, amounts are positive (api-guide 7.5). */
export function toPayments(order: DecodedSitooOrder, origin: PaymentOrigin, context: OrderContext): Step<OmniumPayment[]> {
  const mapped: MappedTender[] = [];
  for (const tender of order.payments) {
    const method = methodOf(tender, context.paymentMethods);
    if (!method) return reject('PAYMENT_METHOD_UNKNOWN', `payments[${tender.index}].name`, tender.externalId ?? tender.name);
    mapped.push({ tender, method, amount: tender.amount });
  }
  const netted = netMoneyGivenBack(mapped);
  const negative = netted.find(({ amount }) => amount.lt(0));
  if (negative) return reject('NOT_YET_SUPPORTED_CASH_BACK', `payments[${negative.tender.index}].moneyamount`);
  return accept(netted.filter(({ amount }) => !amount.eq(0)).map((payment) => toPayment(payment, order, origin)));
}

function methodOf(tender: SitooTender, rules: readonly PaymentMethodRule[] | undefined): Method | undefined {
  if (!rules) return { paymentMethodName: tender.name, paymentType: tender.name };
  const rule =
    rules.find(({ externalId }) => externalId !== undefined && externalId === tender.externalId) ??
    rules.find(({ externalId, name }) => externalId === undefined && name?.toLowerCase() === tender.name.toLowerCase());
  return rule && { paymentMethodName: rule.paymentMethodName, paymentType: rule.paymentType ?? tender.name };
}

/** Change is a negative tender: it is taken off the tenders of its own method, which then become one. */
function netMoneyGivenBack(tenders: readonly MappedTender[]): MappedTender[] {
  const givenBack = new Set(tenders.filter(({ amount }) => amount.lt(0)).map(methodKey));
  const done = new Set<string>();
  return tenders.flatMap((tender) => {
    const key = methodKey(tender);
    if (!givenBack.has(key)) return [tender];
    if (done.has(key)) return [];
    done.add(key);
    return [{ ...tender, amount: sum(tenders.filter((other) => methodKey(other) === key).map((other) => other.amount)) }];
  });
}

function methodKey({ method }: MappedTender): string {
  return `${method.paymentMethodName}|${method.paymentType}`;
}

function toPayment({ tender, method, amount }: MappedTender, order: DecodedSitooOrder, origin: PaymentOrigin): OmniumPayment {
  const id = paymentId(origin.orderId, tender.index + 1);
  return {
    id,
    ...method,
    transactionId: tender.referenceId ?? TRANSACTION_KEYS.map((key) => tender.data[key]).find((value) => value !== undefined) ?? id,
    transactionType: 'Sale',
    status: 'Processed',
    amount: toJsonNumber(amount),
    paidDate: origin.paidDate,
    storeId: origin.storeId,
    externalIds: [{ providerName: EXTERNAL_ID_ORDER, id: String(order.orderId) }],
    properties: paymentProperties(tender),
  };
}

/** References of the tender; card aliases, masked card numbers and phone numbers stay in Sitoo. */
function paymentProperties(tender: SitooTender): ReturnType<typeof sitooProperties> {
  return sitooProperties({
    SitooPaymentName: tender.name,
    SitooPaymentExternalId: tender.externalId,
    SitooPaymentReferenceType: tender.referenceType,
    SitooCardIssuer: tender.cardIssuer,
    SitooPaymentMethod: tender.data['payment-method'],
    SitooGiftCard: tender.data['giftcard-cardnumber-display'] ?? maskedCard(tender.data['giftcard-cardnumber']),
  });
}
