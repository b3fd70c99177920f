import { defineContract, workRetention, type Contract, type ValueOf } from './contract';

/**
 * A fact observed about a key: what an event said, never the state to be written and never a person. Facts are kept as a union through
 * coalescing, delay, parking and replay.
 */
const fact = {
  type: 'object',
  properties: {
    /** Identity for the union: the source's event id, or a hash of the fact where it has none. */
    id: { type: 'string', minLength: 1, maxLength: 128 },
    /** `order`, `booking`, `order-delivery`, `replay`, …; without an event behind it: `missing`, `seen`, `cart-ordered`, `person`. */
    kind: { type: 'string', minLength: 1, maxLength: 64 },
    /** When it was observed by its source, ms since the epoch. */
    at: { type: 'integer', minimum: 0 },
    /** What the source called it: `add`, `update`, `ready-for-pickup`, … */
    event: { type: 'string', maxLength: 64 },
    /** The state it moved to, when it said so: `open`, `closed`, `cancelled`, `delivered`, … */
    state: { type: 'string', maxLength: 64 },
    deliveryId: { type: 'integer' },
    /** Another order that the fact is about: the refund of this sale, the purchase made of this booking. */
    orderId: { type: 'integer' },
    warehouseId: { type: 'integer' },
    siteId: { type: 'integer' },
  },
  required: ['id', 'kind', 'at'],
  additionalProperties: false,
} as const;

/** A notice: "the record's key may have changed; bring it into agreement". */
export const noticeSchema = {
  type: 'object',
  properties: { facts: { type: 'array', items: fact, maxItems: 1000 } },
  required: ['facts'],
  additionalProperties: false,
} as const;

/** A work topic and its bulk twin: same keys, same partitions; the twin is worked on when the live topic is empty. */
export interface NoticeContract extends Contract<typeof noticeSchema> {
  readonly bulk: Contract<typeof noticeSchema>;
}
export type NoticeValue = ValueOf<Contract<typeof noticeSchema>>;
export type Fact = NoticeValue['facts'][number];

/** A work topic with its bulk twin for sweeps, replays and first loads. The key is `{tenant}/{market}/{id}`. */
export function defineNotice(name: string): NoticeContract {
  const shared = { version: 1, schema: noticeSchema, retention: workRetention };
  return { ...defineContract({ name, ...shared }), bulk: defineContract({ name: `${name}.bulk`, ...shared }) };
}

/** Orders, bookings and order deliveries of Sitoo alike; id = Sitoo's order id. */
export const sitooOrderChanged = defineNotice('sitoo.order.changed');
/** Movements in a Sitoo warehouse; id = `{warehouse id}:{transaction id}`, or `sweep` when the event named none. */
export const sitooWarehouseTransactionRecorded = defineNotice('sitoo.warehouse-transaction.recorded');
/** Stock shipments, v2 and v3; id = shipment id, or `sweep`. */
export const sitooShipmentChanged = defineNotice('sitoo.shipment.changed');
/** Z-reports of registers and stores; id = `{register id}:{report number}`, or `sweep`. */
export const sitooZReportClosed = defineNotice('sitoo.z-report.closed');
/** Orders of Omnium, and the steps of their workflow; id = Omnium's order id. */
export const omniumOrderChanged = defineNotice('omnium.order.changed');
/** Carts of Omnium; id = Omnium's cart id. */
export const omniumCartChanged = defineNotice('omnium.cart.changed');
/** An order from the till is in Omnium; its customer can be linked and its stock booked. id = Omnium's order id. */
export const omniumOrderImported = defineNotice('omnium.order.imported');
