import type { SitooOrder, SitooOrderWrite, SitooPayment } from '@connector/contracts';
import { type Decimal, zero } from '../orders/money';
import { readRow } from '../orders/rows';
import { type Counter, isVirtual, paid, payment, receipt, toPay, virtualPayment } from './receipt';
import { refundRows, type ReturnedRow } from './refund-rows';

/** Goods that come back. */
export interface Return {
  original: SitooOrder;
  /** Default: everything that is left. */
  rows?: readonly ReturnedRow[];
  reasoncode?: string;
  comment?: string;
}

const CLOSED = 10;
const PAID = 20;
const RESERVED = 15;
const ORDER = 10;
const BOOKING = 100;
/** Stock is held for 14 days: `numdaysreserved` of Sitoo's sample settings. */
const RESERVATION_SECONDS = 14 * 86_400;
const SETTLED = { orderstateid: CLOSED, paymentstateid: PAID, ordertypeid: ORDER } as const;

/** A sale, or with negative rows a return without a receipt. */
export function saleOf(counter: Counter, written: SitooOrderWrite, isHandedOver: boolean): SitooOrder {
  const { orderitems = [], payments, additionaldata, reservedpayments = [], ...fields } = written;
  const isReserved = reservedpayments.length > 0;
  const states = { orderstateid: isHandedOver ? CLOSED : 0, paymentstateid: isReserved ? RESERVED : PAID } as const;
  const content = { rows: orderitems.map(readRow), data: additionaldata, isNumbered: true };
  const sale = receipt(counter, { ...content, fields: { ...states, ...fields, ordertypeid: ORDER, reservedpayments } });
  return paid(counter.account, sale, payments ?? (isReserved ? [] : undefined));
}

/** A booking, or a parked cart: no money and no receipt number. */
export function bookingOf(counter: Counter, written: SitooOrderWrite): SitooOrder {
  const { orderitems = [], additionaldata, payments: _, ...fields } = written;
  const reserved = written.ordertypeid === BOOKING ? { datereserved: counter.orderdate + RESERVATION_SECONDS } : {};
  return receipt(counter, { rows: orderitems.map(readRow), data: additionaldata, isNumbered: false, fields: { ...reserved, ...fields } });
}

/** The purchase of what was booked or parked: a new order that names its source (orders-and-customers section 11). */
export function soldBookingOf(counter: Counter, booking: SitooOrder, payments?: readonly SitooPayment[]): SitooOrder {
  const { orderitems = [], orderid } = booking;
  const fields = { ...customerOf(booking), ...SETTLED };
  return paid(
    counter.account,
    receipt(counter, { rows: orderitems, fields, data: { 'pos-sourceorderid': String(orderid) }, isNumbered: true }),
    payments,
  );
}

/** Money back for rows of an earlier sale, by the way it was paid (orders-and-customers section 8). */
export function refundOf(counter: Counter, back: Return, payments?: readonly SitooPayment[]): SitooOrder {
  const refund = goodsBack(counter, back);
  const index = back.original.payments?.findIndex((candidate) => !isVirtual(candidate)) ?? -1;
  const link: Record<string, string> = index < 0 ? {} : { 'pos-originalsales-payment-index': String(index) };
  const repaid = { ...payment(counter.account, toPay(refund), back.original.payments?.[index]?.name), additionaldata: link };
  return paid(counter.account, refund, payments ?? (toPay(refund).eq(0) ? [] : [repaid]));
}

/** Both halves of an exchange, linked to each other; what one owes the other is set off, the difference is paid. */
export function exchangeOf(counter: Counter, back: Return, written: SitooOrderWrite): [refund: SitooOrder, sale: SitooOrder] {
  const { orderitems = [], payments: _, additionaldata, ...fields } = written;
  const refund = goodsBack(counter, back);
  const links = { 'pos-refund-orderid': String(refund.orderid), 'pos-refund-receiptid': refund.additionaldata?.['pos-receiptid'] ?? '' };
  const content = { rows: orderitems.map(readRow), data: { ...additionaldata, ...links }, isNumbered: true, before: [refund] };
  const sale = receipt(counter, { ...content, fields: { ...customerOf(back.original), ...fields, ...SETTLED } });
  const owed = zero.minus(toPay(refund));
  const setOff = owed.lt(toPay(sale)) ? owed : toPay(sale);
  const rest = (amount: Decimal) => (amount.eq(0) ? [] : [payment(counter.account, amount)]);
  return [
    paid(counter.account, linkedTo(refund, sale), [virtualPayment(zero.minus(setOff)), ...rest(setOff.minus(owed))]),
    paid(counter.account, sale, [virtualPayment(setOff), ...rest(toPay(sale).minus(setOff))]),
  ];
}

function goodsBack(counter: Counter, { original, rows, reasoncode, comment }: Return): SitooOrder {
  const earlier = counter.account.allOrders().filter((order) => order.creditorderid === original.orderid);
  return receipt(counter, {
    rows: refundRows(original, earlier, rows),
    isNumbered: true,
    fields: { ...customerOf(original), ...SETTLED, creditorderid: original.orderid },
    data: {
      'pos-originalsales-orderid': String(original.orderid),
      ...(reasoncode ? { 'refundreasoncode-reasoncode': reasoncode } : {}),
      ...(comment ? { 'refundreasoncode-comment': comment } : {}),
    },
  });
}

function linkedTo(refund: SitooOrder, sale: SitooOrder): SitooOrder {
  return { ...refund, additionaldata: { ...refund.additionaldata, 'pos-refundsales-orderid': String(sale.orderid) } };
}

/** The customer whom the till carries over from an earlier order. */
function customerOf({ email, namefirst, namelast, personalid, company, phone }: SitooOrder): Partial<SitooOrder> {
  return { email, namefirst, namelast, personalid, company, phone };
}
