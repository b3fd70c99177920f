import type { SitooOrder, SitooOrderItem, SitooPayment } from '@connector/contracts';
import type { ReceiptCurrency } from './catalogue';
import { decimal, type Decimal, money, total, zero } from './money';
import { registerId, registerKey, type ReceiptStore } from './stores';

export interface Fee {
  readonly net: Decimal;
  readonly vat: Decimal;
}

/** Where, when and by whom. */
export interface ReceiptFrame {
  readonly orderId: number;
  readonly site: number;
  readonly store: ReceiptStore;
  /** Register number in the store, from 1. */
  readonly register: number;
  /** Running number of the register. */
  readonly receiptNumber: number;
  readonly currency: ReceiptCurrency;
  /** Unix seconds. */
  readonly orderedAt: number;
  readonly timeZone: string;
}

export interface ReceiptContent {
  readonly rows: readonly SitooOrderItem[];
  readonly payments: readonly SitooPayment[];
  readonly roundoff?: Decimal;
  readonly checkoutFee?: Fee;
  readonly deliveryFee?: Fee;
  readonly data?: Record<string, string>;
  /** Whatever else differs from a completed, paid, anonymous till sale. */
  readonly fields?: Partial<SitooOrder>;
}

/** A whole order document as `GET order` answers it, with totals that follow from its parts. */
export function receiptDocument(frame: ReceiptFrame, content: ReceiptContent): SitooOrder {
  return {
    ...emptyOrder(frame),
    ...totals(content),
    checkouttypename: content.payments[0] ? `Sitoo POS - ${content.payments[0].name}` : 'Sitoo POS',
    orderdate: frame.orderedAt,
    registerid: registerId(frame.store, frame.register),
    warehouseid: frame.store.warehouseId,
    currencycode: frame.currency,
    additionaldata: {
      'store-externalid': frame.store.externalId,
      'store-externalgroupid': frame.store.externalGroupId,
      'store-name': frame.store.name,
      'pos-timezone': frame.timeZone,
      'pos-receiptid': `${registerKey(frame.store, frame.register)}${frame.receiptNumber}`,
      ...content.data,
    },
    orderitems: [...content.rows],
    payments: [...content.payments],
    ...content.fields,
  };
}

/** Amount to pay: what the payments have to give. */
export function amountToPay(content: Omit<ReceiptContent, 'payments'>): Decimal {
  const { net, vat, roundoff } = parts(content);
  return net.plus(vat).plus(roundoff);
}

function parts({ rows, roundoff = zero, checkoutFee, deliveryFee }: Omit<ReceiptContent, 'payments'>) {
  const itemNet = total(rows.map((row) => decimal(row.moneyitemtotal_net ?? '0')));
  const itemVat = total(rows.map((row) => decimal(row.moneyitemtotal_vat ?? '0')));
  const checkout = checkoutFee ?? { net: zero, vat: zero };
  const delivery = deliveryFee ?? { net: zero, vat: zero };
  const net = itemNet.plus(checkout.net).plus(delivery.net);
  return { itemNet, itemVat, checkout, delivery, net, vat: itemVat.plus(checkout.vat).plus(delivery.vat), roundoff };
}

function totals(content: ReceiptContent): Partial<SitooOrder> {
  const { itemNet, itemVat, checkout, delivery, net, vat, roundoff } = parts(content);
  return {
    moneytotal_net: money(itemNet),
    moneytotal_vat: money(itemVat),
    moneycheckout_net: money(checkout.net),
    moneycheckout_vat: money(checkout.vat),
    moneytotal_gross_checkout: money(checkout.net.plus(checkout.vat)),
    moneydelivery_net: money(delivery.net),
    moneydelivery_vat: money(delivery.vat),
    moneytotal_gross_delivery: money(delivery.net.plus(delivery.vat)),
    moneyfinal_net: money(net),
    moneyfinal_vat: money(vat),
    moneyfinal_salestax: '0.00',
    moneytotal_gross_roundoff: money(roundoff),
    moneytotal_gross_all: money(net.plus(vat).plus(roundoff)),
  };
}

function emptyOrder({ orderId, site, orderedAt }: ReceiptFrame): SitooOrder {
  return {
    orderid: orderId,
    eshopid: site,
    externalid: null,
    creditorderid: null,
    checkouttypeid: 0,
    checkoutmethodid: 0,
    checkoutmethodsubid: 0,
    deliverytypeid: 0,
    deliverytypename: '',
    email: '',
    namefirst: '',
    namelast: '',
    personalid: '',
    company: '',
    phone: '',
    invoice_address: '',
    invoice_address2: '',
    invoice_zip: '',
    invoice_city: '',
    invoice_state: '',
    invoice_countryid: '',
    delivery_address: '',
    delivery_address2: '',
    delivery_zip: '',
    delivery_city: '',
    delivery_state: '',
    delivery_countryid: '',
    comment: '',
    commentinternal: '',
    customerref: '',
    checkoutref: '',
    orderstateid: 10,
    paymentstateid: 20,
    ordertypeid: 10,
    userid_staff: null,
    datereserved: null,
    reservedpayments: [],
    orderlogitems: [{ datelog: orderedAt, orderlogtypeid: 0, strvalue: null, fvalue: null }],
  };
}
