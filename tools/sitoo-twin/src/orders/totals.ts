import type { SitooOrder, SitooOrderItem } from '@connector/contracts';
import { decimal, money, sum, zero } from './money';

/** Totals of an order without fees, as they follow from its rows (orders-and-customers section 6). */
export function totalsOf(rows: readonly SitooOrderItem[]): Partial<SitooOrder> {
  const net = sum(rows.map((row) => decimal(row.moneyitemtotal_net)));
  const vat = sum(rows.map((row) => decimal(row.moneyitemtotal_vat)));
  const salesTax = sum(rows.flatMap((row) => (row.salestaxes ?? []).map((tax) => decimal(tax.moneytax))));
  const none = money(zero);
  return {
    moneytotal_net: money(net),
    moneytotal_vat: money(vat),
    moneycheckout_net: none,
    moneycheckout_vat: none,
    moneytotal_gross_checkout: none,
    moneydelivery_net: none,
    moneydelivery_vat: none,
    moneytotal_gross_delivery: none,
    moneyfinal_net: money(net),
    moneyfinal_vat: money(vat),
    moneyfinal_salestax: money(salesTax),
    moneytotal_gross_roundoff: none,
    moneytotal_gross_all: money(net.plus(vat).plus(salesTax)),
  };
}
