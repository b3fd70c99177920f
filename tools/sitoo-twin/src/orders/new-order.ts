import type { SitooOrder, SitooOrderWrite, SitooPayment } from '@connector/contracts';
import { readRow } from './rows';
import { totalsOf } from './totals';

/** What Sitoo itself puts on a new order. */
export interface NewOrderFrame {
  orderid: number;
  eshopid: number;
  currencycode: string;
  /** Unix seconds. */
  now: number;
}

const texts = [
  ...['email', 'namefirst', 'namelast', 'personalid', 'company', 'phone'],
  ...['invoice_address', 'invoice_address2', 'invoice_zip', 'invoice_city', 'invoice_state', 'invoice_countryid'],
  ...['delivery_address', 'delivery_address2', 'delivery_zip', 'delivery_city', 'delivery_state', 'delivery_countryid'],
  ...['comment', 'commentinternal', 'customerref', 'checkoutref', 'checkouttypename', 'deliverytypename'],
];
const emptyTexts = Object.fromEntries(texts.map((name) => [name, '']));

/** A whole order from a body of `POST orders.json`, with the defaults of Sitoo's published sample (open, unpaid, no warehouse). */
export function newOrder(written: SitooOrderWrite, { orderid, eshopid, currencycode, now }: NewOrderFrame): SitooOrder {
  const orderitems = (written.orderitems ?? []).map(readRow);
  return {
    ...emptyTexts,
    orderstateid: 0,
    paymentstateid: 0,
    currencycode,
    orderdate: now,
    ...written,
    orderid,
    eshopid,
    externalid: written.externalid ?? null,
    creditorderid: written.creditorderid ?? null,
    checkouttypeid: 0,
    checkoutmethodid: 0,
    checkoutmethodsubid: 0,
    deliverytypeid: 0,
    ...totalsOf(orderitems),
    userid_staff: null,
    registerid: null,
    warehouseid: written.warehouseid ?? null,
    datereserved: written.datereserved ?? null,
    additionaldata: { ...written.additionaldata },
    orderitems,
    payments: (written.payments ?? []).map(readPayment),
    reservedpayments: written.reservedpayments ?? [],
    orderlogitems: [{ datelog: now, orderlogtypeid: 0, strvalue: null, fvalue: null }],
  };
}

export function readPayment(payment: SitooPayment): SitooPayment {
  return {
    externalid: null,
    reftype: null,
    refid: null,
    cardissuer: null,
    reservedpaymentid: null,
    ...payment,
    additionaldata: { ...payment.additionaldata },
  };
}
