import Big from 'big.js';

/** Arithmetic as the till does it, kept apart from the connector's own so that a slip in one shows against the other. */
export type Decimal = Big;

export const zero = new Big(0);

export function decimal(value: string | number): Decimal {
  return new Big(value);
}

/** Two decimals, half away from zero. */
export function round(value: Decimal): Decimal {
  return value.round(2, Big.roundHalfUp);
}

/** To whole kroner, half away from zero. */
export function roundToWhole(value: Decimal): Decimal {
  return value.round(0, Big.roundHalfUp);
}

/** `round(gross / (1 + vat))`. @param rate percent */
export function netOf(gross: Decimal, rate: number): Decimal {
  return round(gross.div(new Big(rate).div(100).plus(1)));
}

export function total(values: readonly Decimal[]): Decimal {
  return values.reduce((sum, value) => sum.plus(value), zero);
}

/** Sitoo's money text: "123.50", and never "-0.00". */
export function money(value: Decimal): string {
  return value.eq(0) ? '0.00' : value.toFixed(2);
}
