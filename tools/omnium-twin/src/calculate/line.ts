import Big from 'big.js';
import type { OrderLine } from '../documents';
import type { CalculationContext } from './context';
import { effectiveTaxRate, settle } from './context';
import { decimal, rounded, withoutTax } from './money';

/**
 * Line total after line discounts, before order discounts:
 * `(quantity - canceledQuantity) * placedPrice - discounted / quantity * (quantity - canceledQuantity)` (docs.omnium.no, Order/order-api).
 */
export function discountedPriceOf(line: OrderLine, context: CalculationContext): Big {
  if (!context.recalculates && line.discountedPrice !== undefined) return decimal(line.discountedPrice);
  const quantity = decimal(line.quantity);
  if (quantity.eq(0)) return new Big(0);
  const remaining = quantity.minus(decimal(line.canceledQuantity));
  const discount = decimal(line.discounted).times(remaining).div(quantity);
  return rounded(remaining.times(decimal(line.placedPrice)).minus(discount));
}

/** The line with every figure that Omnium calculates; `orderDiscount` is this line's share of the order-level discounts. */
export function calculateLine(line: OrderLine, orderDiscount: Big, context: CalculationContext): OrderLine {
  const taxRate = effectiveTaxRate(context, line.taxRate);
  const rate = decimal(taxRate);
  const discountedPrice = discountedPriceOf(line, context);
  const share = settle(context, line.orderDiscountAmount, orderDiscount);
  const extendedPrice = settle(context, line.extendedPrice, discountedPrice.minus(share));
  const extendedExclTax = settle(context, line.extendedPriceExclTax, withoutTax(decimal(extendedPrice), rate));
  return {
    ...withQuantities(line),
    taxRate,
    placedPriceExclTax: settle(context, line.placedPriceExclTax, withoutTax(decimal(line.placedPrice), rate)),
    discountedExclTax: settle(context, line.discountedExclTax, withoutTax(decimal(line.discounted), rate)),
    discountedPrice: discountedPrice.toNumber(),
    discountedPriceExclTax: settle(context, line.discountedPriceExclTax, withoutTax(discountedPrice, rate)),
    orderDiscountAmount: share,
    extendedPrice,
    extendedPriceExclTax: extendedExclTax,
    taxTotal: settle(context, line.taxTotal, decimal(extendedPrice).minus(extendedExclTax)),
    costTotal: settle(context, line.costTotal, rounded(decimal(line.cost).times(decimal(line.quantity)))),
  };
}

function withQuantities(line: OrderLine): OrderLine {
  return { discounted: 0, canceledQuantity: 0, deliveredQuantity: 0, returnQuantity: 0, cost: 0, ...line };
}
