import Ajv from 'ajv';
import Big from 'big.js';
import { isoTime } from '../clock';
import type { Order, OrderLine } from '../documents';
import { listOf } from '../documents';
import type { Tenant } from '../tenant';

/** What a customer orders in the web shop: to be collected in one store, or shipped from one. */
export interface WebOrderRequest {
  /** Default: the next number of the web shop. */
  id?: string;
  /** Default: the tenant's first market. */
  marketId?: string;
  /** Exactly one of the two. */
  pickUpIn?: string;
  shipFrom?: string;
  lines: { code: string; displayName?: string; quantity: number; placedPrice: number; taxRate?: number }[];
  customer?: { name?: string; email?: string; phone?: string };
  /** Default for shipping: an address in Oslo. */
  address?: { line1?: string; postalCode?: string; city?: string; countryCode?: string };
  /** The cart that the order was made from. */
  cartId?: string;
}

const text = { type: 'string' };

export const linesSchema = {
  type: 'array',
  items: {
    type: 'object',
    required: ['code', 'quantity', 'placedPrice'],
    additionalProperties: false,
    properties: {
      code: text,
      displayName: text,
      quantity: { type: 'number', exclusiveMinimum: 0 },
      placedPrice: { type: 'number' },
      taxRate: { type: 'number' },
    },
  },
};
export const customerSchema = { type: 'object', additionalProperties: false, properties: { name: text, email: text, phone: text } };

const isRequest = new Ajv({ allErrors: true }).compile<WebOrderRequest>({
  type: 'object',
  required: ['lines'],
  additionalProperties: false,
  oneOf: [{ required: ['pickUpIn'] }, { required: ['shipFrom'] }],
  properties: {
    id: text,
    marketId: text,
    pickUpIn: text,
    shipFrom: text,
    lines: { ...linesSchema, minItems: 1 },
    customer: customerSchema,
    address: { type: 'object', additionalProperties: false, properties: { line1: text, postalCode: text, city: text, countryCode: text } },
    cartId: text,
  },
});

/** A web order as it came in. Throws with every problem. */
export function decodeWebOrder(input: unknown): WebOrderRequest {
  if (isRequest(input)) return input;
  throw new Error((isRequest.errors ?? []).map((error) => `${error.instancePath || '/'} ${error.message}`).join('; '));
}

const SOMEWHERE = { line1: 'Storgata 1', postalCode: '0155', city: 'Oslo', countryCode: 'NO' };

/** The order that the web shop writes: new, authorised in full, one shipment (api-guide sections 7.3 to 7.5). */
export function webOrder(request: WebOrderRequest, id: string, tenant: Tenant, now: number): Order {
  const { pickUpIn, shipFrom, customer = {} } = request;
  const market = tenant.market(request.marketId) ?? tenant.seed.markets[0];
  const storeId = pickUpIn ?? shipFrom;
  const lineItems = request.lines.map(toLine);
  const shipment = {
    shipmentId: '1',
    status: 'AwaitingInventory',
    shippingMethodName: methodOf(tenant, pickUpIn ? 'PickUp' : 'Delivery'),
    warehouseCode: storeId,
    ...(pickUpIn ? { pickUpWarehouseCode: pickUpIn } : { address: { name: customer.name, ...SOMEWHERE, ...request.address } }),
    lineItems,
  };
  return {
    id,
    orderOrigin: 'WebShop',
    orderType: pickUpIn ? 'Online-PickupInStore' : 'Online-Delivery',
    status: 'New',
    marketId: request.marketId ?? market?.marketId,
    storeId,
    billingCurrency: market?.currency,
    created: isoTime(now),
    customerName: customer.name,
    customerEmail: customer.email,
    customerPhone: customer.phone,
    orderForm: { cartId: request.cartId, lineItems, shipments: [shipment], payments: [authorisation(id, lineItems, tenant)] },
  };
}

export function toLine(
  { code, displayName = code, quantity, placedPrice, taxRate = 25 }: WebOrderRequest['lines'][number],
  index: number,
): OrderLine {
  return { lineItemId: String(index + 1), code, displayName, quantity, placedPrice, discounted: 0, taxRate };
}

function methodOf(tenant: Tenant, deliveryType: string): string | null | undefined {
  const options = tenant.seed.shipmentOptions.filter((option) => option.shipmentDeliveryType === deliveryType);
  return (options.find((option) => option.isDefaultShipment) ?? options[0])?.shippingMethodName;
}

function authorisation(id: string, lines: readonly OrderLine[], tenant: Tenant) {
  const total = listOf(lines).reduce((sum, line) => sum.plus(new Big(line.quantity ?? 0).times(line.placedPrice ?? 0)), new Big(0));
  return {
    id: `${id}-p1`,
    paymentMethodName: tenant.seed.paymentMethods[0],
    transactionId: `${id}-t1`,
    transactionType: 'Authorization',
    status: 'Processed',
    amount: total.round(2, Big.roundHalfUp).toNumber(),
  };
}
