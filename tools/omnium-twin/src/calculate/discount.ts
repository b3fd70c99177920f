import Big from 'big.js';
import type { Discount } from '../documents';
import { listOf } from '../documents';
import { decimal, rounded, sum } from './money';

/** Reward kinds whose amount follows from the discount alone; the others need Omnium's promotion engine. */
const CALCULATED_REWARDS = ['Money', 'Percentage', 'Free'];

/** Amount of all discounts of one type on `base`; never more than `base`. */
export function discountAmount(discounts: readonly Discount[] | null | undefined, type: string, base: Big): Big {
  const amounts = listOf(discounts)
    .filter((discount) => discount.discountType === type)
    .map((discount) => amountOf(discount, base));
  const total = sum(amounts);
  return total.gt(base) ? base : total;
}

/** true for rules that the twin stores but does not turn into an amount. */
export function isUncalculated(discount: Discount): boolean {
  const type = discount.discountType;
  if (type === 'None' || type === undefined || type === null) return false;
  return !['Order', 'Shipping'].includes(type) || !CALCULATED_REWARDS.includes(discount.rewardType ?? 'None');
}

function amountOf(discount: Discount, base: Big): Big {
  const value = decimal(discount.discountValue);
  if (discount.rewardType === 'Percentage') return rounded(base.times(value).div(100));
  if (discount.rewardType === 'Money') return value;
  if (discount.rewardType === 'Free') return base;
  return decimal(discount.discountAmount);
}

/**
 * Shares of an order discount by line weight: weight / sum(weights) * amount, each to the cent. The last line with a weight takes what rounding
 * leaves, so that the shares always add up to the amount.
 */
export function spread(amount: Big, weights: readonly Big[]): Big[] {
  const total = sum(weights);
  if (amount.eq(0) || total.eq(0)) return weights.map(() => new Big(0));
  const shares = weights.map((weight) => rounded(amount.times(weight).div(total)));
  const last = weights.findLastIndex((weight) => !weight.eq(0));
  const others = sum(shares.filter((_, index) => index !== last));
  return shares.map((share, index) => (index === last ? amount.minus(others) : share));
}
