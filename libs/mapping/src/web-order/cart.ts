import type { OmniumOrder } from '@connector/contracts';
import { Ajv } from 'ajv';
import { sitooExternalIdOf } from './external-id';
import { contactOf } from './people';
import { accepted, rejected, type WebOrderStep } from './rejection';
import { sitooRows } from './rows';
import { unixSeconds } from './times';
import { WEB_ORDER_TAG, type SitooWebOrderBody } from './to-sitoo-order';
import type { WebOrderContext } from './web-order-context';

export const CART_TAG = 'weborder-cart';

/** What a cart needs of an Omnium document; carts have no published schema, orders share these fields. */
export type OmniumCart = Pick<
  OmniumOrder,
  | 'id'
  | 'storeId'
  | 'billingCurrency'
  | 'billingAddress'
  | 'customerEmail'
  | 'customerName'
  | 'customerPhone'
  | 'customerReference'
  | 'orderForm'
> & { customerPickupDeadline?: string | null };

const text = { type: ['string', 'null'] } as const;
const amount = { type: ['number', 'null'] } as const;

/** What has to be as it is in an order, or else nothing is known about the cart: above all, an answer without lines is no empty cart. */
const schema = {
  type: 'object',
  properties: {
    id: { type: 'string', minLength: 1 },
    storeId: text,
    billingCurrency: text,
    billingAddress: { type: ['object', 'null'] },
    customerEmail: text,
    customerName: text,
    customerPhone: text,
    customerReference: text,
    customerPickupDeadline: text,
    orderForm: {
      type: 'object',
      properties: {
        lineItems: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              lineItemId: text,
              code: text,
              displayName: text,
              alternativeProductName: text,
              unit: text,
              quantity: { type: 'number' },
              canceledQuantity: amount,
              placedPrice: { type: 'number' },
              taxRate: amount,
              extendedPrice: { type: 'number' },
              extendedPriceExclTax: { type: 'number' },
            },
          },
        },
      },
      required: ['lineItems'],
    },
  },
  required: ['id', 'orderForm'],
} as const;

const isCart = new Ajv({ allowUnionTypes: true }).compile<OmniumCart & { id: string }>(schema);

/** A cart as Omnium answers it; whatever else may come from the path that is configured is refused. */
export function readCart(raw: unknown, id: string): WebOrderStep<OmniumCart & { id: string }> {
  if (!isCart(raw)) return rejected('CART_MALFORMED', isCart.errors?.[0]?.instancePath ?? '');
  return raw.id === id ? accepted(raw) : rejected('CART_MALFORMED', 'id');
}

/**
 * A cart as a parked order (110) or a booking (100) in its store: unpaid and open. Its external id cannot meet an order's, and the order that
 * is made of it names the cart (`orderForm.cartId`), so that the parked one is taken away then.
 */
export function toSitooCart(cart: OmniumCart, context: WebOrderContext): WebOrderStep<SitooWebOrderBody> {
  if (!cart.id) return rejected('ORDER_WITHOUT_ID', 'id');
  const externalid = sitooExternalIdOf(cart.id, { isCart: true });
  if (externalid === undefined) return rejected('EXTERNAL_ID_TOO_LONG', 'id', cart.id);
  const warehouseid = context.warehouseOfStore(cart.storeId ?? '');
  if (warehouseid === undefined) return rejected('WAREHOUSE_UNKNOWN', 'storeId', cart.storeId ?? '');
  if (cart.billingCurrency && cart.billingCurrency !== context.market.currency)
    return rejected('CURRENCY_MISMATCH', 'billingCurrency', cart.billingCurrency);
  const rows = sitooRows(cart.orderForm?.lineItems ?? [], context.market.defaultTaxRate, 'orderForm.lineItems');
  if (!rows.ok) return rows;
  const datereserved = unixSeconds(cart.customerPickupDeadline);
  return accepted({
    externalid,
    ordertypeid: context.cartAs === 'booking' ? 100 : 110,
    orderstateid: 0,
    paymentstateid: 0,
    currencycode: cart.billingCurrency ?? context.market.currency,
    warehouseid,
    ...contactOf(cart, undefined),
    ...(datereserved === undefined ? {} : { datereserved }),
    additionaldata: { [WEB_ORDER_TAG]: 'true', [CART_TAG]: 'true' },
    orderitems: rows.value,
  });
}
