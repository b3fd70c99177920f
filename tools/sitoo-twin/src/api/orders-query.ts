import type { SitooOrder } from '@connector/contracts';
import type { Account } from '../account';
import { page, type Page } from './page';

/** What a list answers when `fields` is not given, from Sitoo's published sample. */
const DEFAULT_FIELDS = [
  ...['orderid', 'eshopid', 'email', 'namefirst', 'namelast', 'company', 'moneyfinal_net', 'moneyfinal_vat', 'moneytotal_gross_roundoff'],
  ...['moneytotal_gross_all', 'checkouttypename', 'deliverytypename', 'orderdate', 'orderstateid', 'paymentstateid', 'ordertypeid'],
  ...['registerid', 'warehouseid', 'datereserved', 'currencycode', 'additionaldata', 'orderitems', 'payments'],
];

type Query = Record<string, unknown>;
type Test = (order: SitooOrder, value: unknown) => boolean;

const oneOf =
  (field: keyof SitooOrder): Test =>
  (order, value) =>
    Array.isArray(value) && value.includes(order[field]);
const equals =
  (field: keyof SitooOrder): Test =>
  (order, value) =>
    order[field] === value;
const from =
  (field: keyof SitooOrder): Test =>
  (order, value) =>
    Number(order[field]) >= Number(value);
const before =
  (field: keyof SitooOrder): Test =>
  (order, value) =>
    Number(order[field]) < Number(value);

/** "From" filters include their value, "to" filters exclude it. */
const FILTERS: Record<string, Test> = {
  eshopid: oneOf('eshopid'),
  externalid: oneOf('externalid'),
  orderid: oneOf('orderid'),
  receiptid: (order, value) => order.additionaldata?.['pos-receiptid'] === value,
  creditorderid: equals('creditorderid'),
  orderidfrom: from('orderid'),
  orderidto: before('orderid'),
  orderdatefrom: from('orderdate'),
  orderdateto: before('orderdate'),
  orderstate: oneOf('orderstateid'),
  paymentstate: oneOf('paymentstateid'),
  ordertype: oneOf('ordertypeid'),
  warehouseid: oneOf('warehouseid'),
  email: equals('email'),
};

/** GET orders.json: filters, order by id (newest first unless `sort=orderid`), paging and the chosen fields. */
export function listOrders(account: Account, query: Query, stale: boolean): Page {
  const filters = activeFilters(query);
  const matches = (order: SitooOrder) => filters.every(([name, value]) => FILTERS[name]?.(order, value));
  const ids = filters.find(([name]) => name === 'orderid')?.[1];
  const found = account.findOrders(matches, stale, Array.isArray(ids) ? ids.map(Number) : undefined);
  const direction = query.sort === 'orderid' ? 1 : -1;
  found.sort((a, b) => direction * (a.orderid - b.orderid));
  return page(found, query, DEFAULT_FIELDS);
}

/** `receiptid` and `creditorderid` override `orderid`. */
function activeFilters(query: Query): [string, unknown][] {
  const overridden = query.receiptid !== undefined || query.creditorderid !== undefined;
  return Object.entries(query).filter(([name]) => name in FILTERS && !(name === 'orderid' && overridden));
}
