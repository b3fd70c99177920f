import type Big from 'big.js';
import type { OrderLine, Shipment } from '../documents';
import { listOf } from '../documents';
import type { CalculationContext } from './context';
import { effectiveTaxRate, settle } from './context';
import { discountAmount } from './discount';
import { calculateLine } from './line';
import { decimal, sum, withoutTax } from './money';

/** A delivery with its lines, freight and totals; `shares` are the order discount shares of the form's lines, by line id. */
export function calculateShipment(shipment: Shipment, shares: ReadonlyMap<string, Big>, context: CalculationContext): Shipment {
  const lineItems = listOf(shipment.lineItems).map((line) => calculateLine(line, shares.get(line.lineItemId ?? '') ?? decimal(0), context));
  const freight = calculateFreight(shipment, context);
  const subTotal = settle(context, shipment.subTotal, sum(lineItems.map((line) => decimal(line.extendedPrice))));
  return {
    ...shipment,
    ...freight,
    lineItems,
    subTotal,
    taxTotal: settle(context, shipment.taxTotal, taxOf(lineItems).plus(freight.shippingTax)),
    total: settle(context, shipment.total, decimal(subTotal).plus(freight.shippingTotal)),
  };
}

function calculateFreight(shipment: Shipment, context: CalculationContext) {
  const rate = decimal(effectiveTaxRate(context, shipment.shipmentTaxRate));
  const shippingSubTotal = decimal(shipment.shippingSubTotal);
  const discount = discountAmount(shipment.discounts, 'Shipping', shippingSubTotal);
  const shippingDiscountAmount = settle(context, shipment.shippingDiscountAmount, discount);
  const shippingTotal = settle(context, shipment.shippingTotal, shippingSubTotal.minus(shippingDiscountAmount));
  const tax = decimal(shippingTotal).minus(withoutTax(decimal(shippingTotal), rate));
  return {
    shippingSubTotal: shippingSubTotal.toNumber(),
    shippingSubTotalExclTax: settle(context, shipment.shippingSubTotalExclTax, withoutTax(shippingSubTotal, rate)),
    shippingDiscountAmount,
    shippingTotal,
    shippingTax: settle(context, shipment.shippingTax, tax),
  };
}

export function taxOf(lines: readonly OrderLine[]): Big {
  return sum(lines.map((line) => decimal(line.taxTotal)));
}
