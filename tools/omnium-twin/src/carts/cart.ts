import { randomUUID } from 'node:crypto';
import type { OmniumEvent } from '@connector/contracts';
import Ajv from 'ajv';
import { customerSchema, linesSchema, toLine, type WebOrderRequest } from '../admin/web-order';
import { calculateForm } from '../calculate/form';
import { isoTime } from '../clock';
import type { Order } from '../documents';
import type { Tenant } from '../tenant';

/** A cart of the web shop as a test fills it. */
export interface CartRequest extends Pick<WebOrderRequest, 'customer'> {
  storeId: string;
  marketId?: string;
  /** None: the cart was emptied. */
  lines: WebOrderRequest['lines'];
}

const isCart = new Ajv({ allErrors: true }).compile<CartRequest>({
  type: 'object',
  required: ['storeId', 'lines'],
  additionalProperties: false,
  properties: { storeId: { type: 'string' }, marketId: { type: 'string' }, lines: linesSchema, customer: customerSchema },
});

/** A cart as it came in. Throws with every problem. */
export function decodeCart(input: unknown): CartRequest {
  if (isCart(input)) return input;
  throw new Error((isCart.errors ?? []).map((error) => `${error.instancePath || '/'} ${error.message}`).join('; '));
}

/** The cart's document: the fields of an order, with calculated lines. Another assumption: its schema is not published. */
export function cartDocument(id: string, { storeId, marketId, lines, customer = {} }: CartRequest, tenant: Tenant): Order {
  const market = tenant.market(marketId) ?? tenant.seed.markets[0];
  const form = { lineItems: lines.map(toLine), shipments: [], payments: [] };
  return {
    id,
    marketId: market?.marketId,
    storeId,
    billingCurrency: market?.currency,
    customerName: customer.name,
    customerEmail: customer.email,
    customerPhone: customer.phone,
    orderForm: calculateForm(form, { recalculates: true, defaultTaxRate: market?.defaultTaxRate ?? 0, isTaxExcluded: false }),
  };
}

/** An event of class `Cart`, which the published list of classes names. */
export function cartEvent(cart: Order, category: 'Created' | 'Updated' | 'Deleted', nowMs: number): OmniumEvent {
  const id = randomUUID().replaceAll('-', '').slice(0, 20);
  return {
    timestamp: isoTime(nowMs),
    id,
    message: `Cart ${category.toLowerCase()}`,
    className: 'Cart',
    objectId: cart.id ?? '',
    category,
    market: cart.marketId,
    storeId: cart.storeId,
    user: 'webshop',
    userId: 'webshop',
    status: '',
    isError: false,
    isRead: false,
  };
}
