import Big from 'big.js';
import type { Payment } from '../documents';
import { decimal } from './money';

/** Sums of one payment list, by what the transactions do with the money. Failed ones count nothing. */
export interface PaymentSums {
  /** Authorization, Sale and Invoiced, less Void. */
  authorized: Big;
  /** Capture and Sale: taken. */
  captured: Big;
  /** Credit: paid back. */
  credited: Big;
}

const AUTHORIZING = ['Authorization', 'Sale', 'Invoiced'];
const CAPTURING = ['Capture', 'Sale'];

export function sumPayments(payments: readonly Payment[]): PaymentSums {
  const processed = payments.filter((payment) => payment.status !== 'Failed');
  const of = (types: readonly string[]): Big =>
    processed
      .filter((payment) => types.includes(payment.transactionType ?? ''))
      .reduce((total, payment) => total.plus(decimal(payment.amount)), new Big(0));
  return { authorized: of(AUTHORIZING).minus(of(['Void'])), captured: of(CAPTURING), credited: of(['Credit']) };
}
