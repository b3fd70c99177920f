import type { SitooOrderItem } from '@connector/contracts';
import type { Product } from './catalogue';
import { decimal, type Decimal, money, netOf, round, zero } from './money';

export interface RowOptions {
  readonly quantity?: number;
  /** Size of one unit of measured goods, three decimals. */
  readonly unitQuantity?: string;
  /** Shelf price per unit with VAT, when it is not the product's. */
  readonly price?: Decimal;
  /** Discount of the whole row with VAT. */
  readonly discount?: Decimal;
  /** Row total with VAT, when it does not follow from price, quantity and discount. */
  readonly gross?: Decimal;
  readonly campaign?: { readonly code: string; readonly name: string };
  readonly data?: Record<string, string>;
}

/** A product row with Sitoo's figures: totals rounded per row, unit figures net and rounded, discounts per unit. */
export function productRow(itemId: number, product: Product, options: RowOptions = {}): SitooOrderItem {
  const quantity = options.quantity ?? 1;
  const unitQuantity = decimal(options.unitQuantity ?? '1');
  const priced = unitQuantity.times(quantity);
  const price = options.price ?? decimal(product.price);
  const gross = options.gross ?? round(price.times(priced)).minus(options.discount ?? zero);
  const net = netOf(gross, product.vatRate);
  const listNet = netOf(price, product.vatRate);
  const unitNet = round(net.div(priced));
  const isDiscounted = options.discount !== undefined && options.discount.gt(0);
  return {
    ...emptyRow(itemId),
    orderitemtype: 10,
    productid: product.productId,
    productname: product.name,
    sku: product.sku,
    productattributes: product.attributes,
    unitlabel: product.unit,
    quantity,
    decimalunitquantity: options.unitQuantity === undefined ? null : unitQuantity.toFixed(3),
    vatvalue: product.vatRate,
    moneynetpriceperunit: money(unitNet),
    moneyitemtotal_net: money(net),
    moneyitemtotal_vat: money(gross.minus(net)),
    moneyoriginalprice: money(listNet),
    moneydiscountedprice: isDiscounted ? money(unitNet) : '0.00',
    moneydiscount: isDiscounted ? money(listNet.minus(unitNet)) : '0.00',
    vouchercode: options.campaign?.code ?? '',
    vouchername: options.campaign?.name ?? '',
    additionaldata: options.data ?? {},
    decimalquantitytotal: priced.toFixed(3),
    moneynetpriceperquantity: money(round(unitNet.times(unitQuantity))),
  };
}

/**
 * A row that only takes away from the product row before it: its figures are the difference it makes, so that net and VAT after the discount
 * are again what the rate gives. The number of its item type is not published, so it carries none.
 */
export function discountRow(
  itemId: number,
  product: SitooOrderItem,
  discount: Decimal,
  campaign: { code: string; name: string },
): SitooOrderItem {
  const rate = product.vatvalue ?? 0;
  const net = decimal(product.moneyitemtotal_net ?? '0');
  const gross = net.plus(product.moneyitemtotal_vat ?? '0').minus(discount);
  const takenNet = net.minus(netOf(gross, rate));
  return {
    ...emptyRow(itemId),
    productname: campaign.name,
    quantity: 1,
    vatvalue: rate,
    moneyitemtotal_net: money(zero.minus(takenNet)),
    moneyitemtotal_vat: money(takenNet.minus(discount)),
    vouchercode: campaign.code,
    vouchername: campaign.name,
  };
}

function emptyRow(itemId: number): SitooOrderItem {
  return {
    orderitemid: itemId,
    productid: null,
    productname: '',
    sku: '',
    productattributes: '',
    externalinput: '',
    externalinputtitle: '',
    unitlabel: '',
    quantity: 1,
    decimalunitquantity: null,
    moneynetpriceperunit: '0.00',
    moneypriceorg: '0.00',
    vatvalue: 0,
    deliveryinfo: '',
    moneyitemtotal_net: '0.00',
    moneyitemtotal_vat: '0.00',
    voucherid: 0,
    vouchercode: '',
    vouchername: '',
    vouchercomment: '',
    vouchervalue: 0,
    moneyoriginalprice: '0.00',
    moneydiscountedprice: '0.00',
    moneydiscount: '0.00',
    salestaxes: [],
    additionaldata: {},
    decimalquantitytotal: '1.000',
    moneynetpriceperquantity: '0.00',
  };
}

/** Total of a row with VAT. */
export function rowGross(row: SitooOrderItem): Decimal {
  return decimal(row.moneyitemtotal_net ?? '0').plus(row.moneyitemtotal_vat ?? '0');
}
