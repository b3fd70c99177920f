import {
  formatKey,
  sitooOrderChanged,
  sitooShipmentChanged,
  sitooWarehouseTransactionRecorded,
  sitooZReportClosed,
  type Fact,
  type NoticeContract,
} from '@connector/contracts';
import { isRecord } from '@connector/platform';
import { createHash } from 'node:crypto';
import { unrecognised as malformed, type ReadEvent } from './event-source';

/** The market whose address the event came to. */
export interface Addressee {
  tenant: string;
  market: string;
  accountNumber: number;
  siteId: number;
}

/** The fields of an event's data that are looked at; Sitoo documents some names and leaves others open (events-spi section 7). */
type Data = Record<string, unknown>;

const routes: Record<string, { contract: NoticeContract; id: (data: Data) => string | undefined }> = {
  order: { contract: sitooOrderChanged, id: orderId },
  booking: { contract: sitooOrderChanged, id: orderId },
  'order-delivery': { contract: sitooOrderChanged, id: orderId },
  'warehouse-transaction': { contract: sitooWarehouseTransactionRecorded, id: transactionId },
  shipment: { contract: sitooShipmentChanged, id: (data) => idOf(data, 'shipment_id') ?? 'sweep' },
  'shipment-v3': { contract: sitooShipmentChanged, id: (data) => idOf(data, 'shipment_id') ?? 'sweep' },
  'z-report': { contract: sitooZReportClosed, id: zReportId },
  'store-z-report': { contract: sitooZReportClosed, id: () => 'sweep' },
};

/**
 * Reads one element of Sitoo's array: what it is about, never whether it makes sense; that is judged by the flow, where it can be parked
 * and replayed. Sitoo: developer.sitoo.com/spi-events/events.
 */
export function readSitooEvent(element: unknown, addressee: Addressee): ReadEvent {
  if (!isRecord(element)) return malformed('EVENT_NOT_AN_OBJECT', 'an element of the array is not an object');
  const { event_type: type, event_date: date, account_id: account, data } = element;
  if (typeof type !== 'string' || type === '') return malformed('EVENT_TYPE_MISSING', 'event_type is missing or not a text');
  if (!isCount(date)) return malformed('EVENT_DATE_MALFORMED', 'event_date is missing or not a number of Unix seconds', type);
  if (!isCount(account)) return malformed('EVENT_ACCOUNT_MALFORMED', 'account_id is missing or not a number', type);
  if (!isRecord(data)) return malformed('EVENT_DATA_MALFORMED', 'data is missing or not an object', type);
  if (account !== addressee.accountNumber) {
    return malformed('EVENT_ACCOUNT_UNKNOWN', `account_id is not the account of market ${addressee.market}: check base_url in Sitoo`, type);
  }
  const route = Object.hasOwn(routes, type) ? routes[type] : undefined;
  if (!route) return malformed('EVENT_TYPE_UNKNOWN', 'event_type is not one the connector knows', type);
  const site = idOf(data, 'eshop_id');
  if (site !== undefined && Number(site) !== addressee.siteId) {
    return malformed('EVENT_SITE_UNKNOWN', `eshop_id is not the e-shop of market ${addressee.market}`, type);
  }
  const id = route.id(data);
  if (id === undefined) return malformed('EVENT_ID_MISSING', 'data names no order', type);
  return { kind: 'notice', contract: route.contract, key: formatKey({ ...addressee, id }), fact: factOf(element, type, date, data) };
}

/** The facts of an event, without people: Sitoo's events carry none, and unknown fields are left out. */
function factOf(element: Data, type: string, dateSeconds: number, data: Data): Fact {
  const fact: Fact = { id: eventId(element), kind: type, at: dateSeconds * 1000 };
  const event = textOf(data, 'event_type');
  const state = textOf(data, 'state_changed');
  if (event) fact.event = event;
  if (state) fact.state = state;
  const numbers = { deliveryId: idOf(data, 'order_delivery_id'), warehouseId: idOf(data, 'warehouse_id'), siteId: idOf(data, 'eshop_id') };
  for (const [name, value] of Object.entries(numbers))
    if (value !== undefined && /^\d+$/.test(value)) Object.assign(fact, { [name]: Number(value) });
  return fact;
}

/** Sitoo's own id, else a hash of the event, so that a repeated delivery is the same fact. */
function eventId(element: Data): string {
  const { event_id: id } = element;
  if (typeof id === 'string' && id !== '' && id.length <= 128) return id;
  return createHash('sha256').update(JSON.stringify(element)).digest('hex').slice(0, 32);
}

/** Documented for orders as order_event_type and order_state_changed; for deliveries the names follow the same pattern (events-spi 7.2). */
function textOf(data: Data, ending: string): string | undefined {
  const name = Object.keys(data).find((key) => key.endsWith(ending));
  const value = name === undefined ? undefined : data[name];
  return typeof value === 'string' && value.length <= 64 ? value : undefined;
}

/** An id given as a number or as text. */
function idOf(data: Data, name: string): string | undefined {
  const value = data[name];
  if (isCount(value)) return String(value);
  return typeof value === 'string' && /^[\w{}-]{1,64}$/.test(value) ? value : undefined;
}

function orderId(data: Data): string | undefined {
  const id = idOf(data, 'order_id');
  return id !== undefined && /^[1-9]\d{0,14}$/.test(id) ? id : undefined;
}

function transactionId(data: Data): string {
  const warehouse = idOf(data, 'warehouse_id');
  const transaction = idOf(data, 'warehouse_transaction_id') ?? idOf(data, 'warehousetransactionid');
  return warehouse && transaction ? `${warehouse}:${transaction}` : 'sweep';
}

function zReportId(data: Data): string {
  const register = idOf(data, 'register_id') ?? idOf(data, 'registerid');
  const report = idOf(data, 'z_report_id') ?? idOf(data, 'zreportid');
  return register && report ? `${register}:${report}` : 'sweep';
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
