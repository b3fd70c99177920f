import type { SitooZReport } from '@connector/contracts';
import { amount } from '../money/amount';
import { type Figures, line, money, Tally } from './figures';

/**
 * What a register's Z-report says (orders-and-customers section 15). Refund figures are positive numbers there. Not documented, and assumed:
 * sales include those that were paid and not yet handed over, since only then do the orders' amounts add up to the summary as the section
 * says they must; a payment group's `moneytotal` is what was captured and what is reserved; virtual payments are in no group. Discounts are
 * not compared: they change no total.
 */
export function reportFigures(report: SitooZReport): Figures {
  const tally = new Tally();
  tally.add(line.sales, money(report.moneysalestotal));
  tally.add(line.refunds, money(report.moneyrefundtotal));
  for (const { vatvalue, moneytotalvat } of report.vatgroupssales ?? [])
    tally.add(line.vatOnSales(amount(vatvalue ?? 0)), money(moneytotalvat));
  for (const { vatvalue, moneytotalvat } of report.vatgroupsrefund ?? [])
    tally.add(line.vatOnRefunds(amount(vatvalue ?? 0)), money(moneytotalvat));
  for (const { name, moneytotal } of report.paymentssales ?? []) tally.add(line.payment(name ?? ''), money(moneytotal));
  for (const { name, moneytotal } of report.paymentsrefund ?? []) tally.add(line.payment(name ?? ''), money(moneytotal).times(-1));
  tally.add(line.roundoff, money(report.moneyroundoff));
  tally.add(line.salesTax, money(report.moneysummarysalestax));
  tally.add(line.total, money(report.moneysummarytotal));
  return tally.figures;
}
