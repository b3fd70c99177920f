import type { Order } from '../documents';
import { devShop } from '../seed';
import { defaultSettings } from '../settings';
import { Tenant } from '../tenant';
import { StillClock } from '../testing/clock';
import { line, order, payment } from '../testing/order';
import { orderProblems } from './rules';
import { orderWarnings } from './warnings';

const seed = { ...devShop, shipmentOptions: [...devShop.shipmentOptions, { shippingMethodName: 'Bring', validOnMarkets: ['SWE'] }] };
const tenant = new Tenant(seed, new StillClock(), defaultSettings);
const rules = (document: Order) => orderProblems(document, tenant).map(({ rule }) => rule);
const form = (change: Order['orderForm']): Order => {
  const base = order('o');
  return { ...base, orderForm: { ...base.orderForm, ...change } };
};
const shipment = { shipmentId: '1', lineItems: [line('1')] };

/** The two sold pieces come back, in one return form per change. */
const returning = (...changes: object[]): Order =>
  order('o', {
    returnOrderForms: changes.map((change, index) => ({ returnId: `r${index}`, lineItems: [line('1', { returnQuantity: 2, ...change })] })),
  });

it('finds nothing wrong with an ordinary sale', () => {
  expect(orderProblems(order('o'), tenant)).toEqual([]);
});

it.each<[string, Order]>([
  ['order-id', order('o', { id: null })],
  ['market', order('o', { marketId: 'DEN' })],
  ['market', { ...form({ shipments: [] }), marketId: undefined }],
  ['store', order('o', { storeId: 'harstad' })],
  ['order-type', order('o', { orderType: 'Pos' })],
  ['status', order('o', { status: 'Picked' })],
  ['shipping-method', form({ shipments: [{ ...shipment, shippingMethodName: 'Carrier pigeon' }] })],
  ['shipping-method', form({ shipments: [{ ...shipment, shippingMethodName: 'Bring' }] })],
  ['warehouse', form({ shipments: [{ ...shipment, warehouseCode: '43' }] })],
  ['warehouse', form({ shipments: [{ ...shipment, pickUpWarehouseCode: '43' }] })],
  ['payment-method', form({ payments: [payment('p', 1, { paymentMethodName: 'Cheque' })] })],
  ['payment-id', form({ payments: [payment(null, 1)] })],
  ['payment-field', form({ payments: [payment('p', 1, { transactionId: null })] })],
  ['payment-method', order('o', { returnOrderForms: [{ returnId: 'r', payments: [payment('p', 1, { paymentMethodName: 'Cheque' })] }] })],
  ['line-id', form({ lineItems: [line('1'), line('1')], shipments: [] })],
  ['line-in-one-shipment', form({ lineItems: [line('1'), line('2')] })],
  ['line-in-one-shipment', form({ shipments: [shipment, { ...shipment, shipmentId: '2' }] })],
  ['line-in-one-shipment', form({ shipments: [{ ...shipment, lineItems: [line('1'), line('9')] }] })],
  ['negative-quantity', form({ lineItems: [line('1', { quantity: -1 })], shipments: [] })],
  ['negative-quantity', returning({ returnQuantity: -1 })],
  ['return-id', order('o', { returnOrderForms: [{ lineItems: [] }] })],
  ['return-id', order('o', { returnOrderForms: [{ returnId: 'r' }, { returnId: 'r' }] })],
  ['returned-more-than-sold', returning({ quantity: 3, returnQuantity: 3 })],
  ['returned-more-than-sold', returning({}, {})],
  ['returned-more-than-sold', form({ lineItems: [line('1', { returnQuantity: 3 })] })],
])('reports %s', (rule, document) => {
  expect(rules(document)).toEqual([rule]);
});

it('asks for no shipment, since a return has none', () => {
  expect(rules(form({ shipments: [] }))).toEqual([]);
});

it('lets come back what was sold, in parts, and what was never sold on this order', () => {
  expect(rules(returning({ returnQuantity: 1, quantity: 1 }, { returnQuantity: 1, quantity: 1 }))).toEqual([]);
  expect(rules(returning({ lineItemId: '9', quantity: 50, returnQuantity: 50 }))).toEqual([]);
});

it('counts what was cancelled as not sold', () => {
  const cancelled = form({ lineItems: [line('1', { canceledQuantity: 1 })], shipments: [] });
  expect(rules({ ...cancelled, returnOrderForms: returning({}).returnOrderForms })).toEqual(['returned-more-than-sold']);
});

it.each<[string, Order]>([
  ['payments-sum', order('o', { remainingPayment: 0.01 })],
  ['currency', order('o', { billingCurrency: 'SEK' })],
  ['order-id-characters', order('a+b')],
  ['return-quantity', returning({ quantity: 1, returnQuantity: 1 })],
  ['negative-payment', form({ payments: [payment('p', -5)] })],
  ['discount-rule', form({ discounts: [{ discountType: 'LineItem', rewardType: 'MultiBuys' }] })],
])('warns of %s', (rule, document) => {
  expect(orderWarnings(document, tenant).map((warning) => warning.rule)).toEqual([rule]);
});

it('warns of nothing in an ordinary sale', () => {
  expect(orderWarnings(order('o', { remainingPayment: 0 }), tenant)).toEqual([]);
});
