import type { SitooRegister, SitooOrder, SitooOrderItem, SitooPayment } from '@connector/contracts';
import type { Account } from '../account';
import { decimal, type Decimal, money } from '../orders/money';
import { newOrder, readPayment } from '../orders/new-order';
import { totalsOf } from '../orders/totals';
import { nextReceiptId } from './registers';

/** Where and when something is rung up. */
export interface Counter {
  account: Account;
  register: SitooRegister;
  /** The register's clock, Unix seconds. */
  orderdate: number;
}

/** What a receipt holds beside what the register fills in. */
export interface ReceiptContent {
  rows: SitooOrderItem[];
  /** Whatever else differs from an anonymous, open, unpaid order. */
  fields: Partial<SitooOrder>;
  data?: Record<string, string>;
  /** Bookings and parked carts have no receipt number. */
  isNumbered: boolean;
  /** Orders rung up just before at the same register and not stored yet. */
  before?: readonly SitooOrder[];
}

/** An order as a register makes it: id, register, warehouse, store and receipt number (orders-and-customers sections 5.7 and 11). */
export function receipt({ account, register, orderdate }: Counter, content: ReceiptContent): SitooOrder {
  const { eshopid, data } = placeOf(account, register);
  const currencycode = register.currencycode ?? account.currencycode;
  const blank = newOrder({ ordertypeid: 10 }, { orderid: account.nextOrderId(), eshopid, currencycode, now: orderdate });
  const earlier = [...account.allOrders(), ...(content.before ?? [])];
  const number: Record<string, string> = content.isNumbered ? { 'pos-receiptid': nextReceiptId(register, earlier) } : {};
  return {
    ...blank,
    ...content.fields,
    ...totalsOf(content.rows),
    orderitems: content.rows,
    registerid: register.registerid,
    warehouseid: content.fields.warehouseid ?? register.warehouseid ?? null,
    additionaldata: { ...data, 'pos-timezone': account.timezone, ...number, ...content.data },
  };
}

/** The order with its payments; without any it is paid in full with the account's payment type of that name, else the first one. */
export function paid(account: Account, order: SitooOrder, payments?: readonly SitooPayment[], name?: string): SitooOrder {
  const due = toPay(order);
  const given = payments?.map(readPayment) ?? (due.eq(0) ? [] : [payment(account, due, name)]);
  const checkouttypename = given[0] ? `Sitoo POS - ${given[0].name}` : 'Sitoo POS';
  return { ...order, checkouttypename, payments: given };
}

export function payment(account: Account, amount: Decimal, name?: string): SitooPayment {
  const type = account.paymentTypes.find((candidate) => candidate.name === name) ?? account.paymentTypes[0];
  return readPayment({ name: name ?? type?.name ?? '', moneyamount: money(amount), externalid: type?.externalid ?? null });
}

/** No money: sets one half of an exchange against the other (orders-and-customers section 8). */
export function virtualPayment(amount: Decimal): SitooPayment {
  return readPayment({ name: 'Exchange', moneyamount: money(amount), additionaldata: { 'virtual-payment': 'true' } });
}

export function isVirtual(payment: SitooPayment): boolean {
  return payment.additionaldata?.['virtual-payment'] === 'true';
}

export function toPay(order: SitooOrder): Decimal {
  return decimal(order.moneytotal_gross_all);
}

/** Site and store of a register: register → warehouse → store (orders-and-customers section 14). */
function placeOf(account: Account, register: SitooRegister): { eshopid: number; data: Record<string, string> } {
  const warehouse = account.warehouses.find((candidate) => candidate.warehouseid === register.warehouseid);
  const store = account.stores.find((candidate) => candidate.storeid === warehouse?.storeid);
  return {
    eshopid: store?.eshopid ?? account.sites[0] ?? 1,
    data: {
      ...(store?.externalid ? { 'store-externalid': store.externalid } : {}),
      ...(store?.externalgroupid ? { 'store-externalgroupid': store.externalgroupid } : {}),
      ...(store ? { 'store-name': store.name } : {}),
    },
  };
}
