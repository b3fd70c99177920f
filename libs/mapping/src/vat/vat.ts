import { amount, Amount, sum, toCents } from '../money/amount';

const HUNDRED = amount(100);

/** Net of a gross amount, in whole cents: `round(gross / (1 + rate))`, half away from zero (orders-and-customers section 6). */
export function netOf(gross: Amount, rate: Amount): Amount {
  return toCents(gross.div(rate.div(HUNDRED).plus(1)));
}

/** Gross of a net amount, not rounded. */
export function grossOf(net: Amount, rate: Amount): Amount {
  return net.times(rate.div(HUNDRED).plus(1));
}

/**
 * The VAT rate behind a fee, for which Sitoo gives net and VAT only. The first rate that gives these very figures wins: the candidates in
 * their order (rates on the receipt, then rates of the market), then vat / net rounded to 0, 2 and 4 decimals.
 *
 * @returns undefined when no rate gives these figures
 */
export function rateBehind(net: Amount, vat: Amount, candidates: readonly Amount[]): Amount | undefined {
  const gross = net.plus(vat);
  const computed = net.eq(0) ? [] : [0, 2, 4].map((decimals) => vat.div(net).times(HUNDRED).round(decimals));
  return [...candidates, ...computed].find((rate) => rate.gte(0) && netOf(gross, rate).eq(net));
}

/** VAT per rate: key is the rate as text ("25"), value the sum of the VAT amounts. */
export function vatByRate(parts: Iterable<{ readonly rate: Amount; readonly vat: Amount }>): Map<string, Amount> {
  const groups = new Map<string, Amount[]>();
  for (const { rate, vat } of parts) groups.set(rate.toFixed(), [...(groups.get(rate.toFixed()) ?? []), vat]);
  return new Map([...groups].map(([rate, vats]) => [rate, sum(vats)]));
}
