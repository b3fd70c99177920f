import type Big from 'big.js';
import type { OrderForm, OrderLine, ReturnForm, Shipment } from '../documents';
import { listOf } from '../documents';
import type { CalculationContext } from './context';
import { settle } from './context';
import { discountAmount, spread } from './discount';
import { calculateLine, discountedPriceOf } from './line';
import { decimal, sum } from './money';
import { sumPayments } from './payments';
import { calculateShipment, taxOf } from './shipment';

/**
 * Lines, deliveries and totals of an order form or a return form: `total` = lines + freight + `grossRoundoff`, and
 * `extendedPrice = discountedPrice - discountedPrice / sum(discountedPrice) * orderDiscountAmount` (docs.omnium.no, Order/order-api).
 */
export function calculateForm<Form extends OrderForm | ReturnForm>(form: Form, context: CalculationContext): Form {
  const { lineItems, shares, orderDiscount } = calculateLines(form, context);
  const shipments = listOf(form.shipments).map((shipment) => calculateShipment(shipment, shares, context));
  return {
    ...form,
    lineItems,
    shipments,
    discountAmount: settle(context, form.discountAmount, orderDiscount),
    ...totals(form, lineItems, shipments, context),
    ...paymentTotals(form, context),
  };
}

function calculateLines(form: OrderForm | ReturnForm, context: CalculationContext) {
  const lines = listOf(form.lineItems);
  const discounted = lines.map((line) => discountedPriceOf(line, context));
  const orderDiscount = discountAmount(form.discounts, 'Order', sum(discounted));
  const parts = spread(orderDiscount, discounted);
  const lineItems = lines.map((line, index) => calculateLine(line, parts[index] ?? decimal(0), context));
  const shares = new Map<string, Big>(lineItems.map((line) => [line.lineItemId ?? '', decimal(line.orderDiscountAmount)]));
  return { lineItems, shares, orderDiscount };
}

function totals(form: OrderForm | ReturnForm, lines: readonly OrderLine[], shipments: readonly Shipment[], context: CalculationContext) {
  const subTotal = settle(context, form.subTotal, sum(lines.map((line) => decimal(line.extendedPrice))));
  const freight = (field: 'shippingSubTotal' | 'shippingSubTotalExclTax' | 'shippingDiscountAmount' | 'shippingTotal' | 'shippingTax') =>
    sum(shipments.map((shipment) => decimal(shipment[field])));
  const shippingTotal = settle(context, form.shippingTotal, freight('shippingTotal'));
  const taxTotal = settle(context, form.taxTotal, taxOf(lines).plus(freight('shippingTax')));
  const total = settle(context, form.total, decimal(subTotal).plus(shippingTotal).plus(decimal(form.grossRoundoff)));
  return {
    subTotal,
    subTotalExclTax: settle(context, form.subTotalExclTax, decimal(subTotal).minus(taxOf(lines))),
    shippingSubTotal: settle(context, form.shippingSubTotal, freight('shippingSubTotal')),
    shippingSubTotalExclTax: settle(context, form.shippingSubTotalExclTax, freight('shippingSubTotalExclTax')),
    shippingDiscountTotal: settle(context, form.shippingDiscountTotal, freight('shippingDiscountAmount')),
    shippingTotal,
    taxTotal,
    total,
    totalExclTax: settle(context, form.totalExclTax, decimal(total).minus(taxTotal)),
  };
}

function paymentTotals(form: OrderForm | ReturnForm, context: CalculationContext) {
  const sums = sumPayments(listOf(form.payments));
  return {
    authorizedPaymentTotal: settle(context, form.authorizedPaymentTotal, sums.authorized),
    capturedPaymentTotal: settle(context, form.capturedPaymentTotal, sums.captured),
    creditPaymentTotal: settle(context, form.creditPaymentTotal, sums.credited),
  };
}
