import type { SitooOrder, SitooOrderItem } from '@connector/contracts';
import { amountToPay, receiptDocument, type ReceiptFrame } from './document';
import { decimal, type Decimal, money, round, roundToWhole, zero } from './money';
import { card, cash } from './payments';
import type { Rng } from './rng';

/** Goods of the sale that can come back: a product row with its discount rows. */
interface Returnable {
  readonly row: SitooOrderItem;
  readonly net: Decimal;
  readonly vat: Decimal;
  /** Units, net and VAT that are not yet back. */
  left: { units: number; net: Decimal; vat: Decimal };
}

/** The goods of one sale, and what of them is not back yet: its refunds together never give back more than was sold. */
export class SoldGoods {
  private readonly goods: readonly Returnable[];

  /** @param namesRows refunds name the rows that they give back; else the till knows articles only */
  constructor(
    readonly sale: SitooOrder,
    private readonly namesRows: boolean,
  ) {
    this.goods = returnables(sale);
  }

  get isAllBack(): boolean {
    return this.goods.every(({ left }) => left.units === 0);
  }

  /** Gives back some of what is left, on the card or in cash. */
  refund(rng: Rng, frame: ReceiptFrame): SitooOrder {
    const open = this.goods.filter(({ left }) => left.units > 0);
    const rows = open.slice(0, rng.int(1, Math.min(2, open.length))).map((one, itemId) => givenBack(rng, one, itemId, this.namesRows));
    return refundReceipt(rng, this.sale, rows, frame);
  }

  get isSoldByThePiece(): boolean {
    return this.goods.some(isByThePiece);
  }

  /** Asks for one unit more than was ever sold of a row. Nothing is taken off what is left. */
  excessRefund(rng: Rng, frame: ReceiptFrame): SitooOrder {
    const one = this.goods.find(isByThePiece);
    if (!one) throw new RangeError('nothing was sold by the piece');
    const units = one.row.quantity + 1;
    const asked = (sum: Decimal) => round(sum.times(units).div(one.row.quantity));
    return refundReceipt(rng, this.sale, [returnedRow(one.row, 0, { units, net: asked(one.net), vat: asked(one.vat) }, true)], frame);
  }
}

function isByThePiece({ row, net }: Returnable): boolean {
  return row.decimalunitquantity === null && net.gt(0);
}

function returnables(sale: SitooOrder): Returnable[] {
  const goods: Returnable[] = [];
  for (const row of sale.orderitems ?? []) {
    const [net, vat] = [decimal(row.moneyitemtotal_net ?? '0'), decimal(row.moneyitemtotal_vat ?? '0')];
    const product = goods.at(-1);
    if (row.sku === '' && product) goods[goods.length - 1] = returnable(product.row, product.net.plus(net), product.vat.plus(vat));
    else goods.push(returnable(row, net, vat));
  }
  return goods;
}

function returnable(row: SitooOrderItem, net: Decimal, vat: Decimal): Returnable {
  return { row, net, vat, left: { units: row.quantity, net, vat } };
}

function refundReceipt(rng: Rng, sale: SitooOrder, rows: SitooOrderItem[], frame: ReceiptFrame): SitooOrder {
  const toPay = amountToPay({ rows });
  const inCash = rng.chance(0.3);
  const paid = inCash ? roundToWhole(toPay) : toPay;
  return receiptDocument(frame, {
    rows,
    roundoff: paid.minus(toPay),
    payments: paid.eq(0) ? [] : [inCash ? cash(paid) : card(rng, paid)],
    data: {
      'refundreasoncode-reasoncode': '102',
      'refundreasoncode-comment': 'Wrong size',
      'pos-originalsales-orderid': String(sale.orderid),
    },
    fields: { creditorderid: sale.orderid },
  });
}

/** Units of a row and their share of its figures; the last ones take what is left, as a till does. Goods by measure come back whole. */
function givenBack(rng: Rng, one: Returnable, itemId: number, namesRow: boolean): SitooOrderItem {
  const { row, left } = one;
  const units = row.decimalunitquantity === null ? rng.int(1, left.units) : left.units;
  const isLast = units === left.units;
  const net = isLast ? left.net : round(one.net.times(units).div(row.quantity));
  const vat = isLast ? left.vat : round(one.vat.times(units).div(row.quantity));
  one.left = { units: left.units - units, net: left.net.minus(net), vat: left.vat.minus(vat) };
  return returnedRow(row, itemId, { units, net, vat }, namesRow);
}

/** Sitoo's shape of a returned row: quantity and totals negative, unit figures positive. */
function returnedRow(
  row: SitooOrderItem,
  itemId: number,
  { units, net, vat }: { units: number; net: Decimal; vat: Decimal },
  namesRow: boolean,
): SitooOrderItem {
  const unitQuantity = decimal(row.decimalunitquantity ?? '1');
  return {
    ...row,
    orderitemid: itemId,
    quantity: -units,
    moneyitemtotal_net: money(zero.minus(net)),
    moneyitemtotal_vat: money(zero.minus(vat)),
    decimalquantitytotal: unitQuantity.times(-units).toFixed(3),
    additionaldata: {
      ...(namesRow ? { 'pos-originalsales-orderitemid': String(row.orderitemid) } : {}),
      'reasoncode-return': '102',
    },
  };
}
