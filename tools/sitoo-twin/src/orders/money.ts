import Big from 'big.js';

/** Sitoo's amounts: decimals, never floats. */
export type Decimal = Big;

export const zero = new Big(0);

/** Reads Sitoo's money or decimal text; what is absent counts as nothing. */
export function decimal(value: string | number | null | undefined): Decimal {
  return new Big(value ?? 0);
}

/** Two decimals, half away from zero (orders-and-customers section 6). */
export function cents(value: Decimal): Decimal {
  return value.round(2, Big.roundHalfUp);
}

/** `net = round(gross / (1 + vat))` (orders-and-customers section 6). @param rate percent */
export function netOf(gross: Decimal, rate: number): Decimal {
  return cents(gross.div(new Big(rate).div(100).plus(1)));
}

export function sum(values: readonly Decimal[]): Decimal {
  return values.reduce((total, value) => total.plus(value), zero);
}

/** Sitoo's money text: "123.50", and never "-0.00". */
export function money(value: Decimal): string {
  const rounded = cents(value);
  return rounded.eq(0) ? '0.00' : rounded.toFixed(2);
}

/** The money text with the other sign. */
export function negated(value: string | undefined): string {
  return money(zero.minus(decimal(value)));
}
