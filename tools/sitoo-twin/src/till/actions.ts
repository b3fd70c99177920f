import { Ajv } from 'ajv';
import type { FromSchema } from 'json-schema-to-ts';
import { BadInput } from '../bad-input';
import { DELIVERY_STATES } from '../orders/deliveries';

const id = { type: 'integer' } as const;
const text = { type: 'string' } as const;
const openObject = { type: 'object' } as const;
const money = { type: 'string', pattern: '^-?\\d+\\.\\d{2}$' } as const;

/** Where and when: default the account's first register, now. */
const at = { registerid: text, orderdate: id } as const;

/** Fields of `POST orders.json`, rows and payments among them; the till adds the rest. */
const order = openObject;
const payments = { type: 'array', items: openObject } as const;
const orderitems = {
  type: 'array',
  minItems: 1,
  items: {
    type: 'object',
    required: ['orderitemid'],
    additionalProperties: false,
    properties: { orderitemid: id, quantity: { type: 'integer', minimum: 1 }, reasoncode: text, warehouseid: id },
  },
} as const;
const reason = { reasoncode: text, comment: text } as const;

const action = <const Properties extends object, const Required extends readonly string[]>(properties: Properties, required: Required) =>
  ({ type: 'object', additionalProperties: false, properties, required }) as const;

const schemas = {
  /** Without `isHandedOver: false` the goods leave with the customer: the order is closed and delivered. */
  sell: action({ ...at, order, isHandedOver: { type: 'boolean' } }, ['order']),
  /** `ordertypeid` 100, the default, is a booking, 110 a parked cart. */
  book: action({ ...at, order, datereserved: id, ordertypeid: { enum: [100, 110] } }, ['order']),
  sellBooking: action({ ...at, orderid: id, payments }, ['orderid']),
  refund: action({ ...at, ...reason, orderid: id, orderitems, payments }, ['orderid']),
  exchange: action({ ...at, ...reason, orderid: id, orderitems, order }, ['orderid', 'order']),
  deliver: action(
    {
      orderid: id,
      warehouseid: id,
      orderdeliveryref: text,
      state: { enum: DELIVERY_STATES },
      orderdeliveryitems: {
        type: 'array',
        minItems: 1,
        items: action({ orderitemid: id, quantity: id }, ['orderitemid', 'quantity']),
      },
    },
    ['orderid'],
  ),
  moveDelivery: action({ orderid: id, orderdeliveryid: id, state: { enum: DELIVERY_STATES } }, ['orderid', 'orderdeliveryid', 'state']),
  close: action({ orderid: id }, ['orderid']),
  cancel: action({ orderid: id }, ['orderid']),
  readyForPickup: action({ orderid: id }, ['orderid']),
  rejectPickup: action({ orderid: id, comment: text }, ['orderid']),
  goOffline: action({ registerid: text }, ['registerid']),
  goOnline: action({ registerid: text }, ['registerid']),
  closeDay: action(
    {
      registerid: text,
      /** Unix seconds; default the end of the register's last report, and now. */
      dateopened: id,
      datecreated: id,
      /** The report is made and never reaches the backend. */
      isWithheld: { type: 'boolean' },
      /** Orders that the report leaves out, as a defect would. */
      leftOut: { type: 'array', items: id },
      moneycash_counted: money,
    },
    ['registerid'],
  ),
} as const;

export type TillActions = { [Name in keyof typeof schemas]: FromSchema<(typeof schemas)[Name]> };
export type TillAction = keyof TillActions;

const ajv = new Ajv({ allErrors: true, strict: false });
const compiled = new Map(Object.entries(schemas).map(([name, schema]) => [name, ajv.compile(schema)]));

export function isTillAction(name: string): name is TillAction {
  return name in schemas;
}

/** The body of an action. Throws {@link BadInput} with every problem. */
export function readAction<Name extends TillAction>(name: Name, body: unknown): TillActions[Name] {
  const validate = compiled.get(name);
  const isValid = (value: unknown): value is TillActions[Name] => validate?.(value) === true;
  if (isValid(body)) return body;
  throw new BadInput(`${name}: ${ajv.errorsText(validate?.errors)}`);
}
