import Big from 'big.js';

/** What the market and the tenant say about calculating one order. */
export interface CalculationContext {
  /** true: sent totals are overwritten. false: only what is missing is calculated (`isOrderCalculatorRunOnImport`). */
  recalculates: boolean;
  /** Percent, for lines and freight without their own rate. */
  defaultTaxRate: number;
  /** true: net prices, rate 0. */
  isTaxExcluded: boolean;
}

/** The figure to store: what was sent when the tenant does not recalculate, else what the formula gives. */
export function settle(context: CalculationContext, sent: number | null | undefined, calculated: Big): number {
  return context.recalculates || sent === undefined || sent === null ? calculated.toNumber() : sent;
}

/** Percent. An explicit rate wins over the market's, unless the market excludes tax. */
export function effectiveTaxRate(context: CalculationContext, sent: number | null | undefined): number {
  return context.isTaxExcluded ? 0 : (sent ?? context.defaultTaxRate);
}
