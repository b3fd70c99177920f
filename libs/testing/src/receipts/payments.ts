import type { SitooPayment } from '@connector/contracts';
import type { ReceiptCurrency } from './catalogue';
import { type Decimal, money } from './money';
import type { Rng } from './rng';

/** Payment types of the tills, as `GET pospaymenttypes` would list them. */
export const receiptPaymentTypes = [
  { paymentmethodid: 200, name: 'Card', externalid: 'CARD' },
  { paymentmethodid: 100, name: 'Cash', externalid: 'CASH' },
  { paymentmethodid: 500, name: 'Gift Card', externalid: 'GIFT_CARD' },
  { paymentmethodid: 800, name: 'Vipps MobilePay', externalid: 'VIPPS' },
  { paymentmethodid: 710, name: 'Swish', externalid: 'SWISH' },
  { paymentmethodid: 3000, name: 'Euro', externalid: 'EUR' },
] as const;

type ExternalId = (typeof receiptPaymentTypes)[number]['externalid'];

export function cash(amount: Decimal): SitooPayment {
  return payment('CASH', amount);
}

export function euroNotes(amount: Decimal): SitooPayment {
  return payment('EUR', amount);
}

export function card(rng: Rng, amount: Decimal): SitooPayment {
  const reference = `${rng.int(100_000, 999_999)}${rng.int(100_000, 999_999)} 0000${rng.int(10_000_000, 99_999_999)}`;
  const cardissuer = rng.pick(['Visa', 'Mastercard', 'BankAxept'] as const);
  if (rng.chance(0.5)) return { ...payment('CARD', amount), reftype: 'verifonelpp', refid: reference, cardissuer };
  const psp = `85${rng.int(10_000_000, 99_999_999)}${rng.int(100_000, 999_999)}`;
  return {
    ...payment('CARD', amount),
    reftype: 'adyen',
    refid: psp,
    cardissuer,
    additionaldata: { 'adyen-pspreference': psp, 'payment-method': '2110' },
  };
}

export function giftCardPayment(rng: Rng, amount: Decimal): SitooPayment {
  return {
    ...payment('GIFT_CARD', amount),
    additionaldata: { 'giftcard-cardnumber': `7001${rng.int(100_000, 999_999)}${rng.int(100_000, 999_999)}` },
  };
}

/** Payment by phone, Vipps in Norway and Swish in Sweden. */
export function phonePayment(rng: Rng, amount: Decimal, currency: ReceiptCurrency): SitooPayment {
  const reference = `pay-${rng.int(1_000_000, 9_999_999)}`;
  return currency === 'NOK'
    ? { ...payment('VIPPS', amount), additionaldata: { 'mobilepay-paymentid': reference } }
    : { ...payment('SWISH', amount), additionaldata: { 'swish-paymentid': reference } };
}

/** No money: sets one half of an exchange against the other. */
export function virtualPayment(amount: Decimal): SitooPayment {
  return { ...payment('CASH', amount), name: 'Exchange', externalid: null, additionaldata: { 'virtual-payment': 'true' } };
}

function payment(externalid: ExternalId, amount: Decimal): SitooPayment {
  const type = receiptPaymentTypes.find((candidate) => candidate.externalid === externalid);
  return {
    name: type?.name ?? externalid,
    moneyamount: money(amount),
    externalid,
    reftype: null,
    refid: null,
    cardissuer: null,
    additionaldata: {},
    reservedpaymentid: null,
  };
}
