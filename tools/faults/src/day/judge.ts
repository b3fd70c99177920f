import type { OmniumOrder, SitooOrder } from '@connector/contracts';
import type { Violation } from '../checker/violation';
import { omniumId, workKey, type Written } from '../twin-stack';
import type { Fate } from './fates';
import { wrongAmounts } from './money';
import { toldOf, type Told } from './told';

/** What is left of a trading day when all is quiet. */
export interface DayEnd {
  /** By Sitoo order id. */
  fates: ReadonlyMap<number, Fate>;
  happened: ReadonlyMap<number, number>;
  /** Sitoo's orders as they are now. */
  receipts: readonly SitooOrder[];
  written: readonly Written[];
  parked: readonly { key: string; reason: { code: string } }[];
}

const [CLOSED, CANCELLED, BOOKING] = [10, 20, 100];
const over = ['Completed', 'PartiallyReturned', 'Returned'];
/** Writes that left something else behind than was there. */
const changing = ['created', 'overwritten', 'patched', 'status', 'lines'];
const nothing: Told = { orders: [], forms: [], payments: [] };

/** Everything that is wrong with the end of a day, from what both platforms hold. Knows nothing of how the connector maps. Pure. */
export function judgeDay(day: DayEnd): Violation[] {
  const told = toldOf(day.written.map(({ order }) => order));
  return [
    ...day.receipts.flatMap((receipt) => judgeReceipt(receipt, day, told.get(receipt.orderid) ?? nothing)),
    ...strangers(day, told),
    ...day.written.flatMap((one) => judgeWrites(one, day)),
    ...judgeParked(day),
  ];
}

function judgeReceipt(receipt: SitooOrder, { fates, receipts }: DayEnd, told: Told): Violation[] {
  const fate = fates.get(receipt.orderid);
  switch (fate?.kind) {
    case 'order':
      return [...placeOfOrder(receipt, told), ...judgeMoney(receipt, told), ...judgeState(receipt, told, receipts)];
    case 'merged':
      return [...placeOfReturn(receipt, fate.sale, told), ...judgeMoney(receipt, told)];
    default:
      return told.orders.length + told.forms.length === 0
        ? []
        : [violation('D4', `receipt ${receipt.orderid} is in Omnium and had to be ${fate?.kind ?? 'unknown'}`)];
  }
}

/** To the cent; of what is not in Omnium at all there is nothing to compare. */
function judgeMoney(receipt: SitooOrder, told: Told): Violation[] {
  const wrong = told.orders.length + told.forms.length === 0 ? [] : wrongAmounts(receipt, told);
  return wrong.length === 0 ? [] : [violation('D3', `receipt ${receipt.orderid}: ${wrong.join(', ')}`)];
}

function placeOfOrder({ orderid }: SitooOrder, { orders, forms }: Told): Violation[] {
  const id = omniumId(orderid);
  const elsewhere = [...orders.map((order) => order.id), ...forms.map(({ holder }) => holder)].filter((holder) => holder !== id);
  if (orders.length === 0) return [violation('D1', `receipt ${orderid} is no order`)];
  if (orders.length > 1 || forms.length > 1 || elsewhere.length > 0)
    return [violation('D1', `receipt ${orderid} is in Omnium ${orders.length + forms.length} times: ${[id, ...elsewhere].join(', ')}`)];
  return [];
}

function placeOfReturn({ orderid }: SitooOrder, sale: number, { orders, forms }: Told): Violation[] {
  if (orders.length + forms.length === 0) return [violation('D1', `return ${orderid} is nowhere`)];
  if (orders.length > 0) return [violation('D2', `return ${orderid} is an order of its own, not part of sale ${sale}`)];
  if (forms.length > 1) return [violation('D1', `return ${orderid} is in Omnium ${forms.length} times`)];
  return forms[0]?.holder === omniumId(sale) ? [] : [violation('D2', `return ${orderid} of sale ${sale} is in ${forms[0]?.holder}`)];
}

/** By Sitoo's last word: what is closed is over, what is cancelled is called off, what is open is neither. */
function judgeState(receipt: SitooOrder, { orders: [order] }: Told, receipts: readonly SitooOrder[]): Violation[] {
  if (!order) return [];
  const { orderid, ordertypeid, orderstateid } = receipt;
  const status = order.status ?? '';
  const isOff = ordertypeid === BOOKING ? orderstateid !== 0 || isBought(orderid, receipts) : orderstateid === CANCELLED;
  const fits = isOff
    ? status === 'OrderCanceled'
    : orderstateid === CLOSED
      ? over.includes(status)
      : ![...over, 'OrderCanceled'].includes(status);
  return fits ? [] : [violation('D5', `order ${orderid} is in state ${orderstateid} in Sitoo and ${status} in Omnium`)];
}

function isBought(booking: number, receipts: readonly SitooOrder[]): boolean {
  return receipts.some(({ additionaldata }) => additionaldata?.['pos-sourceorderid'] === String(booking));
}

/** Documents and returns of receipts that nobody sold. */
function strangers({ receipts, written }: DayEnd, told: ReadonlyMap<number, Told>): Violation[] {
  const sold = new Set(receipts.map(({ orderid }) => orderid));
  const unknown = [...told.keys()].filter((id) => !sold.has(id));
  const nameless = written.filter(({ order }) => !isNamed(order));
  return [
    ...unknown.map((id) => violation('D4', `Omnium tells of receipt ${id}, which Sitoo does not have`)),
    ...nameless.map(({ order }) => violation('D4', `${order.id} tells of no receipt`)),
  ];
}

function isNamed({ externalIds }: OmniumOrder): boolean {
  return (externalIds ?? []).some(({ providerName }) => providerName === 'SitooOrderId');
}

/** Made once, and written no more often than something happened to it. */
function judgeWrites({ order, history }: Written, { happened }: DayEnd): Violation[] {
  const kinds = history.map(({ kind }) => kind);
  const writes = kinds.filter((kind) => changing.includes(kind)).length;
  const id = Number(order.externalIds?.find(({ providerName }) => providerName === 'SitooOrderId')?.id);
  const allowed = 1 + (happened.get(id) ?? 0);
  return [
    ...(kinds.filter((kind) => kind === 'created').length === 1 && kinds[0] === 'created'
      ? []
      : [violation('D1', `${order.id} was written as ${kinds.join(', ')}`)]),
    ...(writes <= allowed ? [] : [violation('D5', `${order.id} was written ${writes} times, and ${allowed - 1} things happened to it`)]),
  ];
}

/** What has to be refused is parked with its reason, and nothing else is. */
function judgeParked({ fates, parked }: DayEnd): Violation[] {
  const wanted = new Map(
    [...fates.values()].flatMap((fate) => (fate.kind === 'parked' ? [[workKey(fate.under), fate.code] as const] : [])),
  );
  const codes = new Map(parked.map(({ key, reason }) => [key, reason.code]));
  return [
    ...[...codes].flatMap(([key, code]) => {
      if (wanted.get(key) === code) return [];
      return [
        violation('D4', `${key} is parked as ${code}${wanted.has(key) ? `, not as ${wanted.get(key)}` : ' and nothing is wrong with it'}`),
      ];
    }),
    ...[...wanted].flatMap(([key, code]) => (codes.has(key) ? [] : [violation('D4', `${key} is not parked as ${code}`)])),
  ];
}

function violation(invariant: Violation['invariant'], message: string): Violation {
  return { invariant, message };
}
