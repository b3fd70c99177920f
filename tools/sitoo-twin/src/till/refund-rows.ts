import type { SitooOrder, SitooOrderItem } from '@connector/contracts';
import { BadInput } from '../bad-input';
import { cents, decimal, money, negated, netOf, zero } from '../orders/money';
import { grossOf } from '../orders/rows';

/** What comes back of one row of the original order. */
export interface ReturnedRow {
  orderitemid: number;
  /** Positive; default what is left of the row. */
  quantity?: number;
  reasoncode?: string;
  /** Warehouse that takes the goods, when not the register's. */
  warehouseid?: number;
}

const PRODUCT = 10;

/**
 * Rows of a refund (orders-and-customers section 8): negative quantities and totals, positive unit figures, each with a link to its
 * original. Rows given back in parts add up to the original to the cent: the last part takes what rounding left.
 */
export function refundRows(original: SitooOrder, earlier: readonly SitooOrder[], returned?: readonly ReturnedRow[]): SitooOrderItem[] {
  const rows = original.orderitems ?? [];
  const asked = returned ?? rows.filter((row) => leftOf(row, earlier).quantity > 0).map(({ orderitemid }) => ({ orderitemid }));
  if (asked.length === 0) throw new BadInput(`nothing of order ${original.orderid} is left to return`);
  return asked.map((part, index) => {
    const row = rows.find((candidate) => candidate.orderitemid === part.orderitemid);
    if (!row) throw new BadInput(`order ${original.orderid} has no row ${part.orderitemid}`);
    return refundRow(row, earlier, part, index);
  });
}

/** Units of a row that were sold and not given back (orders-and-customers section 8, step 6). */
export function leftOf(row: SitooOrderItem, earlier: readonly SitooOrder[]) {
  const back = earlier.flatMap((refund) => refund.orderitems ?? []).filter((item) => originalOf(item) === row.orderitemid);
  return {
    quantity: back.reduce((left, item) => left + item.quantity, row.quantity),
    gross: back.reduce((left, item) => left.plus(grossOf(item)), grossOf(row)),
    net: back.reduce((left, item) => left.plus(decimal(item.moneyitemtotal_net)), decimal(row.moneyitemtotal_net)),
  };
}

function refundRow(row: SitooOrderItem, earlier: readonly SitooOrder[], part: ReturnedRow, orderitemid: number): SitooOrderItem {
  const left = leftOf(row, earlier);
  const quantity = part.quantity ?? left.quantity;
  if (quantity < 1 || quantity > left.quantity)
    throw new BadInput(`row ${row.orderitemid}: ${left.quantity} can be returned, not ${quantity}`);
  const isRest = quantity === left.quantity;
  const gross = isRest ? left.gross : cents(grossOf(row).times(quantity).div(row.quantity));
  const net = isRest ? left.net : netOf(gross, row.vatvalue ?? 0);
  const priced = decimal(quantity).times(row.decimalunitquantity ?? 1);
  return {
    ...row,
    orderitemtype: row.orderitemtype ?? PRODUCT,
    orderitemid,
    quantity: -quantity,
    moneyitemtotal_net: negated(money(net)),
    moneyitemtotal_vat: negated(money(gross.minus(net))),
    decimalquantitytotal: zero.minus(priced).toFixed(3),
    additionaldata: {
      'pos-originalsales-orderitemid': String(row.orderitemid),
      ...(part.reasoncode ? { 'reasoncode-return': part.reasoncode } : {}),
      ...(part.warehouseid ? { 'return-warehouseid': String(part.warehouseid) } : {}),
    },
  };
}

function originalOf(item: SitooOrderItem): number | undefined {
  const index = item.additionaldata?.['pos-originalsales-orderitemid'];
  return index === undefined ? undefined : Number(index);
}
