import type { SitooRegister, SitooOrder, SitooZReport } from '@connector/contracts';
import type { Account } from '../account';
import { decimal, money, sum } from '../orders/money';
import { discountGroups, isGiftCard, moved, paymentGroups, portionsOf, productGroups, totalsOf, vatGroups } from './groups';

export interface ReportFrame {
  zreportid: number;
  /** Unix seconds, as the two below. */
  dateopened: number;
  datecreated: number;
  dateadded: number;
  /** Cash counted; default what is expected. */
  counted?: string;
}

/** PosPaymentMethod "Cash" (orders-and-customers section 9). */
const CASH = 100;
const NOTHING = '0.00';

/**
 * The report of a register over these orders (orders-and-customers section 15). Sitoo does not say whether undelivered sales are among
 * the sales: here they are, since only then the documented check holds that the orders' amounts add up to the summary.
 */
export function zReportOf(
  account: Account,
  register: SitooRegister,
  frame: ReportFrame,
  orders: readonly SitooOrder[],
  last?: SitooZReport,
): SitooZReport {
  const { counted, ...dates } = frame;
  return {
    ...dates,
    ...placeOf(account, register),
    staff: '',
    staffuserid: '',
    comment: '',
    ...salesOf(orders),
    ...undeliveredOf(orders.filter((order) => order.orderstateid === 0)),
    ...refundsOf(orders),
    ...summaryOf(orders, last),
    ...cashOf(account, orders, counted),
    numreceipts: orders.filter((order) => order.additionaldata?.['pos-receiptid'] !== undefined).length,
    numopendrawer: 0,
    numpractice: 0,
    moneypractice: NOTHING,
  };
}

function placeOf(account: Account, register: SitooRegister): Partial<SitooZReport> & { registerid: string } {
  const warehouse = account.warehouses.find((candidate) => candidate.warehouseid === register.warehouseid);
  const store = account.stores.find((candidate) => candidate.storeid === warehouse?.storeid);
  const { registerid, manufacturerid, company, companyid, address, address2, city, state, zip } = register;
  const siblings = account.registers.filter((candidate) => candidate.warehouseid === register.warehouseid);
  return {
    registerid,
    manufacturerid,
    registerkey: register.registerkey ?? '',
    registernumber: siblings.indexOf(register) + 1,
    eshopid: store?.eshopid ?? account.sites[0],
    store_id: store?.externalid ?? '',
    store_name: store?.name ?? '',
    company,
    companyid,
    address,
    address2,
    address3: [city, state, zip].filter(Boolean).join(' '),
    currencycode: register.currencycode,
  };
}

function salesOf(orders: readonly SitooOrder[]): Partial<SitooZReport> {
  const portions = orders.flatMap((order) => portionsOf(order, 'sales'));
  const { amounts, units } = totalsOf(portions);
  const discounts = discountGroups(orders, 'sales');
  const giftCards = orders.flatMap((order) => order.orderitems ?? []).filter(isGiftCard);
  const numGiftCards = giftCards.reduce((total, row) => total + row.quantity, 0);
  return {
    moneysalestotal: amounts.moneytotal,
    moneysalestotalnet: amounts.moneytotalnet,
    numsales: orders.filter((order) => portionsOf(order, 'sales').length > 0).length,
    numsalesitems: units,
    vatgroupssales: vatGroups(portions),
    productgroupssales: productGroups(portions),
    paymentssales: paymentGroups(orders, 'sales'),
    discountssales: discounts,
    moneydiscount: money(sum(discounts.map((group) => decimal(group.moneytotal)))),
    salestaxessales: [],
    numsalestypeproduct: units - numGiftCards,
    numsalestypeservice: 0,
    numsalestypegiftcard: numGiftCards,
  };
}

function undeliveredOf(orders: readonly SitooOrder[]): Partial<SitooZReport> {
  const portions = orders.flatMap((order) => portionsOf(order, 'sales'));
  const { amounts, units } = totalsOf(portions);
  return {
    moneysalesnotdeliveredtotal: amounts.moneytotal,
    moneysalesnotdeliveredtotalnet: amounts.moneytotalnet,
    numsalesnotdelivered: orders.length,
    numsalesnotdelivereditems: units,
    vatgroupssalesnotdelivered: vatGroups(portions),
    productgroupssalesnotdelivered: productGroups(portions),
    discountssalesnotdelivered: discountGroups(orders, 'sales'),
    moneysalestaxinadvance: NOTHING,
  };
}

/** Refund figures are positive numbers. */
function refundsOf(orders: readonly SitooOrder[]): Partial<SitooZReport> {
  const portions = orders.flatMap((order) => portionsOf(order, 'refund'));
  const { amounts, units } = totalsOf(portions);
  return {
    moneyrefundtotal: amounts.moneytotal,
    moneyrefundtotalnet: amounts.moneytotalnet,
    numrefund: orders.filter((order) => portionsOf(order, 'refund').length > 0).length,
    numrefunditems: units,
    vatgroupsrefund: vatGroups(portions),
    productgroupsrefund: productGroups(portions),
    paymentsrefund: paymentGroups(orders, 'refund'),
    discountsrefund: discountGroups(orders, 'refund'),
    salestaxesrefund: [],
  };
}

/** subtotal = sales - refund; total = subtotal + sales tax + rounding. The grand totals go on from the register's last report. */
function summaryOf(orders: readonly SitooOrder[], last: SitooZReport | undefined): Partial<SitooZReport> {
  const sales = totalsOf(orders.flatMap((order) => portionsOf(order, 'sales'))).gross;
  const refund = totalsOf(orders.flatMap((order) => portionsOf(order, 'refund'))).gross;
  const of = (field: 'moneytotal_gross_roundoff' | 'moneyfinal_salestax') => sum(orders.map((order) => decimal(order[field])));
  const [roundoff, salesTax] = [of('moneytotal_gross_roundoff'), of('moneyfinal_salestax')];
  const grandSales = decimal(last?.moneygrandtotalsales).plus(sales);
  const grandRefund = decimal(last?.moneygrandtotalrefund).plus(refund);
  return {
    moneyroundoff: money(roundoff),
    moneysummarysales: money(sales),
    moneysummaryrefund: money(refund),
    moneysummarysubtotal: money(sales.minus(refund)),
    moneysummarysalestax: money(salesTax),
    moneysummaryroundoff: money(roundoff),
    moneysummarytotal: money(sales.minus(refund).plus(salesTax).plus(roundoff)),
    moneygrandtotalsales: money(grandSales),
    moneygrandtotalrefund: money(grandRefund),
    moneygrandtotalnet: money(grandSales.minus(grandRefund)),
  };
}

/** in + salesrefunds + petty + bank = expected; counted - expected = diff. The drawer starts empty. */
function cashOf(account: Account, orders: readonly SitooOrder[], counted: string | undefined): Partial<SitooZReport> {
  const names = account.paymentTypes.filter((type) => type.paymentmethodid === CASH).map((type) => type.name);
  const cash = orders.flatMap(moved).filter((payment) => names.includes(payment.name));
  const expected = sum(cash.map((payment) => decimal(payment.moneyamount)));
  const found = counted === undefined ? expected : decimal(counted);
  return {
    moneycash_in: NOTHING,
    moneycash_salesrefunds: money(expected),
    moneycash_petty: NOTHING,
    moneycash_bank: NOTHING,
    moneycash_expected: money(expected),
    moneycash_counted: money(found),
    moneycash_diff: money(found.minus(expected)),
    moneycash_bankfinal: NOTHING,
    moneycash_out: money(found),
  };
}
