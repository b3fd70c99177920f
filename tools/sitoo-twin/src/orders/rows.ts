import type { SitooOrderItem, SitooOrderItemWrite } from '@connector/contracts';
import { decimal, type Decimal, money, netOf, zero } from './money';

/** OrderItemType "product", the only number that is known. */
const PRODUCT = 10;

/**
 * A row as it reads back from what was written (orders-and-customers section 6): amounts come in for the whole row with VAT, and go out
 * net, per row and per unit. The twin has no products, so that `productid` stays empty.
 */
export function readRow(row: SitooOrderItemWrite, orderitemid: number): SitooOrderItem {
  const { moneyrowprice, moneyrowdiscount, ...written } = row;
  const rate = row.vatvalue ?? 0;
  const discount = decimal(moneyrowdiscount);
  const gross = decimal(moneyrowprice).minus(discount);
  const net = netOf(gross, rate);
  const priced = decimal(row.quantity).times(row.decimalunitquantity ?? 1);
  const unit = (amount: Decimal) => (priced.eq(0) ? zero : amount.div(priced));
  const unitNet = decimal(money(unit(net)));
  const isDiscounted = !discount.eq(0);
  return {
    ...texts,
    orderitemtype: PRODUCT,
    ...written,
    orderitemid,
    productid: null,
    decimalunitquantity: row.decimalunitquantity ?? null,
    vatvalue: rate,
    moneynetpriceperunit: money(unitNet),
    moneypriceorg: row.moneypriceorg ?? '0.00',
    moneyitemtotal_net: money(net),
    moneyitemtotal_vat: money(gross.minus(net)),
    voucherid: 0,
    moneyoriginalprice: money(unit(netOf(decimal(moneyrowprice), rate))),
    moneydiscountedprice: isDiscounted ? money(unitNet) : '0.00',
    moneydiscount: isDiscounted ? money(unit(netOf(discount, rate))) : '0.00',
    salestaxes: row.salestaxes ?? [],
    additionaldata: { ...row.additionaldata, ...(moneyrowdiscount ? { 'orderitem-moneyrowdiscount': moneyrowdiscount } : {}) },
    decimalquantitytotal: priced.toFixed(3),
    moneynetpriceperquantity: money(unitNet.times(row.decimalunitquantity ?? 1)),
  };
}

const texts = {
  sku: '',
  productattributes: '',
  externalinput: '',
  externalinputtitle: '',
  unitlabel: '',
  deliveryinfo: '',
  vouchercode: '',
  vouchername: '',
};

/** Row total with VAT. */
export function grossOf(row: SitooOrderItem): Decimal {
  return decimal(row.moneyitemtotal_net).plus(decimal(row.moneyitemtotal_vat));
}
