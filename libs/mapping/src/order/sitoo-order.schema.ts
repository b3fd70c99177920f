import type { FromSchema, JSONSchema } from 'json-schema-to-ts';

// The `description` of a schema is what a problem report says in place of a value, so that no personal data gets into it.
const id = { type: 'integer', minimum: 0, description: 'a whole number from 0' } as const;
const optionalId = { type: ['integer', 'null'], description: 'a whole number or null' } as const;
const text = { type: 'string', description: 'text' } as const;
const optionalText = { type: ['string', 'null'], description: 'text or null' } as const;
/** At most ten digits before the point: fifteen significant digits survive as a JSON number. */
const money = { type: 'string', pattern: '^-?\\d{1,10}\\.\\d{2}$', description: 'an amount as text with two decimals' } as const;
const decimalText = {
  type: 'string',
  pattern: '^-?\\d{1,10}(\\.\\d{1,3})?$',
  description: 'a decimal as text with up to three decimals',
} as const;
const optionalDecimal = {
  type: ['string', 'null'],
  pattern: decimalText.pattern,
  description: 'a decimal as text with up to three decimals, or null',
} as const;

const rowData = {
  type: 'object',
  description: 'an object',
  properties: {
    'orderitem-moneyrowdiscount': { type: 'string', pattern: '^-?\\d{1,10}(\\.\\d{1,2})?$', description: 'an amount as text' },
  },
} as const;

const row = {
  type: 'object',
  description: 'an object',
  required: ['orderitemid', 'productname', 'quantity', 'vatvalue', 'moneyitemtotal_net', 'moneyitemtotal_vat'],
  properties: {
    orderitemid: id,
    orderitemtype: { type: 'integer', description: 'a whole number' },
    productid: optionalId,
    productname: text,
    sku: optionalText,
    productattributes: optionalText,
    externalinput: optionalText,
    unitlabel: optionalText,
    quantity: { type: 'integer', minimum: -1_000_000, maximum: 1_000_000, description: 'a whole number up to a million' },
    decimalunitquantity: optionalDecimal,
    decimalquantitytotal: decimalText,
    vatvalue: { type: 'number', minimum: 0, maximum: 100, description: 'a percentage from 0 to 100' },
    moneyitemtotal_net: money,
    moneyitemtotal_vat: money,
    moneydiscount: money,
    vouchercode: optionalText,
    vouchername: optionalText,
    additionaldata: rowData,
  },
} as const;

const payment = {
  type: 'object',
  description: 'an object',
  required: ['name', 'moneyamount'],
  properties: {
    name: text,
    moneyamount: money,
    externalid: optionalText,
    reftype: optionalText,
    refid: optionalText,
    cardissuer: optionalText,
    reservedpaymentid: optionalText,
    additionaldata: { type: 'object', description: 'an object' },
  },
} as const;

const reservedPayment = {
  type: 'object',
  description: 'an object',
  required: ['id', 'name', 'moneyreserved'],
  properties: {
    id: text,
    name: text,
    moneyreserved: money,
    externalid: optionalText,
    reftype: optionalText,
    refid: optionalText,
    cardissuer: optionalText,
    additionaldata: { type: 'object', description: 'an object' },
  },
} as const;

const logItem = {
  type: 'object',
  description: 'an object',
  required: ['datelog', 'orderlogtypeid'],
  properties: { datelog: id, orderlogtypeid: { type: 'integer', description: 'a whole number' } },
} as const;

/**
 * What the rules use of `GET order` (orders-and-customers section 5), strict; everything else is let through. Fields that list calls leave
 * out by default (section 3) are optional here: ask for {@link sitooOrderFields}.
 */
export const sitooOrderSchema = {
  type: 'object',
  description: 'an object',
  required: [
    'orderid',
    'eshopid',
    'orderdate',
    'orderstateid',
    'paymentstateid',
    'ordertypeid',
    'currencycode',
    'moneyfinal_net',
    'moneyfinal_vat',
    'moneytotal_gross_roundoff',
    'moneytotal_gross_all',
    'additionaldata',
    'orderitems',
    'payments',
  ],
  properties: {
    orderid: id,
    eshopid: id,
    externalid: optionalText,
    creditorderid: optionalId,
    ordertypeid: { type: 'integer', description: 'a whole number' },
    orderstateid: { type: 'integer', description: 'a whole number' },
    paymentstateid: { type: 'integer', description: 'a whole number' },
    // Upper end: the year 2100, which catches milliseconds.
    orderdate: { type: 'integer', minimum: 0, maximum: 4_102_444_800, description: 'a time in Unix seconds' },
    currencycode: { type: 'string', pattern: '^[A-Z]{3}$', description: 'a currency code of three capital letters' },
    registerid: optionalText,
    warehouseid: optionalId,
    userid_staff: optionalText,
    checkouttypename: optionalText,
    comment: optionalText,
    commentinternal: optionalText,
    customerref: optionalText,
    datereserved: { type: ['integer', 'null'], description: 'a time in Unix seconds, or null' },
    checkoutref: optionalText,
    email: optionalText,
    namefirst: optionalText,
    namelast: optionalText,
    personalid: optionalText,
    company: optionalText,
    phone: optionalText,
    invoice_address: optionalText,
    invoice_address2: optionalText,
    invoice_zip: optionalText,
    invoice_city: optionalText,
    invoice_state: optionalText,
    invoice_countryid: optionalText,
    delivery_address: optionalText,
    delivery_address2: optionalText,
    delivery_zip: optionalText,
    delivery_city: optionalText,
    delivery_state: optionalText,
    delivery_countryid: optionalText,
    moneycheckout_net: money,
    moneycheckout_vat: money,
    moneydelivery_net: money,
    moneydelivery_vat: money,
    moneyfinal_net: money,
    moneyfinal_vat: money,
    moneyfinal_salestax: money,
    moneytotal_gross_roundoff: money,
    moneytotal_gross_all: money,
    additionaldata: { type: 'object', description: 'an object' },
    orderitems: { type: 'array', items: row, description: 'a list' },
    payments: { type: 'array', items: payment, description: 'a list' },
    reservedpayments: { type: 'array', items: reservedPayment, description: 'a list' },
    orderlogitems: { type: 'array', items: logItem, description: 'a list' },
  },
} as const satisfies JSONSchema;

export type RawSitooOrder = FromSchema<typeof sitooOrderSchema>;
export type RawSitooRow = FromSchema<typeof row>;
export type RawSitooPayment = FromSchema<typeof payment>;
export type RawSitooReservation = FromSchema<typeof reservedPayment>;

/** The `fields` of a list call that reads orders for this map. */
export const sitooOrderFields: readonly string[] = Object.keys(sitooOrderSchema.properties);
