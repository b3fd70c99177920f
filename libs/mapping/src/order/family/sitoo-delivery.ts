import { Ajv } from 'ajv';
import type { FromSchema, JSONSchema } from 'json-schema-to-ts';
import { type DecodeProblem, toProblems } from '../decode-sitoo-order';

/** A delivery of an order, as `GET orderdeliveries` answers it (orders-and-customers section 5.8). */
export interface SitooDelivery {
  readonly orderDeliveryId: number;
  readonly orderId: number;
  /** The warehouse that ships; not always the order's. */
  readonly warehouseId: number;
  /** Waybill or tracking number. */
  readonly reference?: string;
  /** Unix seconds. */
  readonly deliveredAt?: number;
  /** Unix seconds. */
  readonly cancelledAt?: number;
  readonly rows: readonly { readonly orderItemId: number; readonly quantity: number }[];
}

const id = { type: 'integer', minimum: 0, description: 'a whole number from 0' } as const;
const time = { type: ['integer', 'null'], description: 'a time in Unix seconds, or null' } as const;

const sitooDeliverySchema = {
  type: 'object',
  description: 'an object',
  required: ['orderdeliveryid', 'orderid', 'warehouseid', 'orderdeliveryitems'],
  properties: {
    orderdeliveryid: id,
    orderid: id,
    warehouseid: id,
    orderdeliveryref: { type: ['string', 'null'], description: 'text or null' },
    datedelivery: time,
    datecancelled: time,
    orderdeliveryitems: {
      type: 'array',
      description: 'a list',
      items: {
        type: 'object',
        description: 'an object',
        required: ['orderitemid', 'quantity'],
        properties: { orderitemid: id, quantity: { type: 'integer', description: 'a whole number' } },
      },
    },
  },
} as const satisfies JSONSchema;

const validate = new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true }).compile<FromSchema<typeof sitooDeliverySchema>>(
  sitooDeliverySchema,
);

export type DecodedDelivery =
  { readonly ok: true; readonly delivery: SitooDelivery } | { readonly ok: false; readonly problems: readonly DecodeProblem[] };

export function decodeSitooDelivery(raw: unknown): DecodedDelivery {
  if (!validate(raw)) return { ok: false, problems: toProblems(validate.errors) };
  const reference = raw.orderdeliveryref?.trim();
  return {
    ok: true,
    delivery: {
      orderDeliveryId: raw.orderdeliveryid,
      orderId: raw.orderid,
      warehouseId: raw.warehouseid,
      ...(reference ? { reference } : {}),
      ...(raw.datedelivery == null ? {} : { deliveredAt: raw.datedelivery }),
      ...(raw.datecancelled == null ? {} : { cancelledAt: raw.datecancelled }),
      rows: raw.orderdeliveryitems.map(({ orderitemid, quantity }) => ({ orderItemId: orderitemid, quantity })),
    },
  };
}
