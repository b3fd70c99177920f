import BigJs from 'big.js';

/**
 * The connector's decimals. An own constructor, so that nobody else's settings change our arithmetic:
 * 20 decimals on division, half away from zero (Sitoo rounds so, orders-and-customers section 6).
 */
const Decimal = BigJs();
Decimal.DP = 20;
Decimal.RM = BigJs.roundHalfUp;

export type Amount = BigJs;

export const ZERO: Amount = new Decimal(0);
export const CENT: Amount = new Decimal('0.01');

/** Reads a decimal from its text ("123.50") or from a JSON number, which is read through its shortest text, never through binary. */
export function amount(value: string | number): Amount {
  return new Decimal(String(value));
}

/** Whole cents, half away from zero. */
export function toCents(value: Amount): Amount {
  return value.round(2, BigJs.roundHalfUp);
}

/** Rounds up to the next whole cent (away from zero for positive values). */
export function upToCent(value: Amount): Amount {
  return value.round(2, BigJs.roundUp);
}

export function sum(values: Iterable<Amount>): Amount {
  let total = ZERO;
  for (const value of values) total = total.plus(value);
  return total;
}

/**
 * The JSON number of a decimal, made only where a document leaves the map. A double carries 15 significant decimal digits, so every
 * value below ten billion with at most five decimals reads back as the same decimal. `toFixed` writes no sign before zero.
 */
export function toJsonNumber(value: Amount): number {
  return Number(value.toFixed());
}
