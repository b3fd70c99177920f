import { Ajv } from 'ajv';
import type { FromSchema } from 'json-schema-to-ts';
import { amount } from '../money/amount';
import { readExternalId, type ExternalIdParts } from './external-id';
import { contactFields, type ContactFields } from './people';
import { accepted, rejected, type WebOrderStep } from './rejection';

const schema = {
  type: 'object',
  properties: {
    orderid: { type: 'integer' },
    externalid: { type: 'string' },
    orderstateid: { type: 'integer' },
    warehouseid: { type: ['integer', 'null'] },
    datereserved: { type: ['integer', 'null'] },
    additionaldata: { type: 'object', additionalProperties: { type: 'string' } },
    orderitems: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          sku: { type: 'string' },
          quantity: { type: 'number' },
          decimalunitquantity: { type: ['string', 'null'] },
          moneyitemtotal_net: { type: 'string', pattern: '^-?\\d+(\\.\\d+)?$' },
          moneyitemtotal_vat: { type: 'string', pattern: '^-?\\d+(\\.\\d+)?$' },
          additionaldata: { type: 'object', additionalProperties: { type: 'string' } },
        },
        required: ['quantity', 'moneyitemtotal_net', 'moneyitemtotal_vat'],
      },
    },
  },
  required: ['orderid', 'externalid', 'orderstateid', 'orderitems'],
} as const;

const validate = new Ajv({ allowUnionTypes: true }).compile<FromSchema<typeof schema>>(schema);

/** An order we made, as it is in Sitoo now. */
export interface ExportedOrder {
  readonly orderId: number;
  readonly externalId: string;
  /** What the external id says. */
  readonly id: ExternalIdParts;
  /** 0 open, 10 closed, 20 cancelled, others unknown (orders-and-customers section 4). */
  readonly stateId: number;
  readonly warehouseId: number | undefined;
  readonly reservedUntil: number | undefined;
  readonly data: Readonly<Record<string, string>>;
  readonly contact: ContactFields;
  /** What the rows say, one text per row, sorted. */
  readonly rows: readonly string[];
  /** A store handed out or sent a part of it. */
  readonly isPartlyDelivered: boolean;
}

/** Reads an order that carries an external id of ours; undefined for one that does not. */
export function readExportedOrder(raw: unknown, isPartlyDelivered = false): WebOrderStep<ExportedOrder | undefined> {
  if (!validate(raw)) return rejected('SITOO_ORDER_MALFORMED', validate.errors?.[0]?.instancePath ?? '');
  const id = readExternalId(raw.externalid);
  if (!id) return accepted(undefined);
  const { orderid: orderId, orderstateid: stateId, additionaldata: data = {} } = raw;
  return accepted({
    orderId,
    externalId: raw.externalid,
    id,
    stateId,
    warehouseId: raw.warehouseid ?? undefined,
    reservedUntil: raw.datereserved ?? undefined,
    data,
    contact: contactIn(raw),
    rows: raw.orderitems
      .map((item) => {
        const gross = amount(item.moneyitemtotal_net).plus(item.moneyitemtotal_vat);
        const size = item.decimalunitquantity ?? undefined;
        return rowText({ id: item.additionaldata?.['web-itemid'], sku: item.sku, quantity: item.quantity, size, gross: gross.toFixed(2) });
      })
      .sort(),
    isPartlyDelivered,
  });
}

interface ComparedRow {
  id: string | undefined;
  sku: string | undefined;
  quantity: number;
  /** Of one unit, for measured goods. */
  size: string | undefined;
  gross: string;
}

/** Everything about a row that a store acts on. */
export function rowText({ id = '', sku = '', quantity, size, gross }: ComparedRow): string {
  return JSON.stringify([
    id,
    sku,
    amount(size ?? 1)
      .times(quantity)
      .toFixed(),
    gross,
  ]);
}

/** Sitoo keeps an empty text where there is nothing. */
function contactIn(raw: Readonly<Record<string, unknown>>): ContactFields {
  const fields: ContactFields = {};
  for (const name of contactFields) {
    const text = raw[name];
    if (typeof text === 'string' && text !== '') fields[name] = text;
  }
  return fields;
}
