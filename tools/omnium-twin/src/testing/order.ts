import type { Order, OrderLine, Payment } from '../documents';

/** A paid till line; two pieces of 299 with 50 off by default. */
export function line(lineItemId: string, change: Partial<OrderLine> = {}): OrderLine {
  return {
    lineItemId,
    code: `sku-${lineItemId}`,
    displayName: `Article ${lineItemId}`,
    quantity: 2,
    placedPrice: 299,
    discounted: 50,
    taxRate: 25,
    ...change,
  };
}

export function payment(id: string | null, amount: number, change: Partial<Payment> = {}): Payment {
  const transaction = { transactionId: `t-${id}`, transactionType: 'Sale', status: 'Processed' };
  return { id, paymentMethodName: 'Card', paymentType: 'Card', ...transaction, amount, ...change };
}

/** A completed till sale of one line, 548 NOK, paid by card, that breaks no rule. */
export function order(id: string, change: Partial<Order> = {}): Order {
  const shipment = {
    shipmentId: '1',
    shippingMethodName: 'PickUpInStore',
    warehouseCode: 'oslo-downtown',
    pickUpWarehouseCode: 'oslo-downtown',
  };
  return {
    id,
    orderType: 'PosSitoo',
    status: 'Completed',
    marketId: 'NOR',
    storeId: 'oslo-downtown',
    billingCurrency: 'NOK',
    created: '2026-03-02T14:11:09Z',
    externalIds: [{ providerName: 'SitooOrderId', id: `sitoo-${id}` }],
    orderForm: {
      lineItems: [line('1')],
      shipments: [{ ...shipment, status: 'Released', lineItems: [line('1')] }],
      payments: [payment(`${id}-p1`, 548)],
    },
    ...change,
  };
}

/** The same order with other lines in form and shipment. */
export function withLines(base: Order, lines: OrderLine[], total: number): Order {
  const shipments = (base.orderForm?.shipments ?? []).map((shipment) => ({ ...shipment, lineItems: lines }));
  return { ...base, orderForm: { ...base.orderForm, lineItems: lines, shipments, payments: [payment(`${base.id}-p1`, total)] } };
}
