import Big from 'big.js';

/** Amounts have two decimals, halves away from zero: Omnium's own rounding is not published. */
const MONEY_DECIMALS = 2;

export function decimal(value: number | null | undefined): Big {
  return new Big(value ?? 0);
}

export function rounded(value: Big): Big {
  return value.round(MONEY_DECIMALS, Big.roundHalfUp);
}

export function sum(values: readonly Big[]): Big {
  return values.reduce((total, value) => total.plus(value), new Big(0));
}

/** @param taxRate percent, 25 means 25 % */
export function withoutTax(amount: Big, taxRate: Big): Big {
  return rounded(amount.times(100).div(taxRate.plus(100)));
}
