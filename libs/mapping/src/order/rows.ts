import { type Amount, CENT, ZERO } from '../money/amount';
import { grossOf, netOf } from '../vat/vat';
import { accept, type OrderWarning, reject, type Step, warn } from './rejection';
import type { SitooRow } from './sitoo-order';

/** A product row and the discount rows that follow it. */
export interface RowGroup {
  readonly product: SitooRow;
  readonly discountRows: readonly SitooRow[];
}

/** One line of the order, with its totals after every discount. Quantities and amounts are positive, whichever way the goods went. */
export interface SaleRow extends RowGroup {
  readonly net: Amount;
  readonly vat: Amount;
  readonly gross: Amount;
  /** All discounts with tax, as the till tells them; may be a cent off. */
  readonly discount: Amount;
}

export interface ReceiptRows {
  readonly sold: readonly SaleRow[];
  /** Goods given back. */
  readonly back: readonly SaleRow[];
  readonly warnings: readonly OrderWarning[];
}

const PRODUCT_ROW = 10;

/** Puts each discount row to the product row it follows (orders-and-customers section 7). */
export function groupRows(rows: readonly SitooRow[]): RowGroup[] {
  const groups: { product: SitooRow; discountRows: SitooRow[] }[] = [];
  for (const row of rows) {
    const current = groups.at(-1);
    if (current && isDiscountRow(row, current.product)) current.discountRows.push(row);
    else groups.push({ product: row, discountRows: [] });
  }
  return groups;
}

/**
 * The number of Sitoo's discount item type is not published. A discount row has no SKU and no product, and its totals have the opposite sign
 * of the product row's. A row of the product type with a negative quantity is goods given back, SKU or not.
 */
function isDiscountRow(row: SitooRow, product: SitooRow): boolean {
  if (row.sku !== undefined || row.productId !== undefined) return false;
  if (row.data['reasoncode-return'] || row.data['pos-originalsales-orderitemid']) return false;
  if (row.typeId === PRODUCT_ROW && row.quantity < 0) return false;
  return grossOfRow(row).times(grossOfRow(product)).lt(0);
}

/** Attaches discount rows to their product rows, checks every row by itself, and tells what was sold from what was given back. */
export function toReceiptRows(rows: readonly SitooRow[]): Step<ReceiptRows> {
  const groups = groupRows(rows);
  const placed = checkPlaces(rows, groups);
  if (!placed.ok) return placed;
  const warnings: OrderWarning[] = [];
  const sold: SaleRow[] = [];
  const back: SaleRow[] = [];
  for (const { product, discountRows } of groups) {
    const isBack = product.quantity < 0;
    const row = isBack ? combine(turned(product), discountRows.map(turned)) : combine(product, discountRows);
    const checked = check(row);
    if (!checked.ok) return checked;
    warnings.push(...checked.value);
    if (product.quantity !== 0) (isBack ? back : sold).push(row);
  }
  return accept({ sold, back, warnings });
}

/** A returned row as if it had been sold. Prices per unit stay positive on returns (section 8); only quantity and totals carry the sign. */
function turned(row: SitooRow): SitooRow {
  return {
    ...row,
    quantity: -row.quantity,
    pricedQuantity: ZERO.minus(row.pricedQuantity),
    net: ZERO.minus(row.net),
    vat: ZERO.minus(row.vat),
  };
}

function checkPlaces(rows: readonly SitooRow[], groups: readonly RowGroup[]): Step<null> {
  const twin = rows.find((row, index) => rows.findIndex((other) => other.itemId === row.itemId) !== index);
  if (twin) return reject('LINE_DUPLICATED', `orderitems[${twin.index}].orderitemid`);
  for (const { product, discountRows } of groups) {
    const stranger = discountRows.find((row) => !row.vatRate.eq(product.vatRate));
    if (stranger) return reject('DISCOUNT_ROW_VAT_DIFFERS', `orderitems[${stranger.index}].vatvalue`);
  }
  return accept(null);
}

function combine(product: SitooRow, discountRows: readonly SitooRow[]): SaleRow {
  const all = [product, ...discountRows];
  const net = all.reduce((total, row) => total.plus(row.net), ZERO);
  const vat = all.reduce((total, row) => total.plus(row.vat), ZERO);
  const taken = discountRows.reduce((total, row) => total.minus(grossOfRow(row)), ZERO);
  return { product, discountRows, net, vat, gross: net.plus(vat), discount: discountOf(product).plus(taken) };
}

/** Discount of a product row with tax: as sent through the API, else from the net discount per priced unit (section 7). */
function discountOf(row: SitooRow): Amount {
  if (row.unitDiscount.eq(0)) return ZERO;
  return row.rowDiscount ?? grossOf(row.unitDiscount.times(row.pricedQuantity.abs()), row.vatRate);
}

function check(row: SaleRow): Step<OrderWarning[]> {
  const { product } = row;
  const path = `orderitems[${product.index}]`;
  if (product.quantity === 0)
    return row.gross.eq(0) ? accept([warn('LINE_EMPTY', path)]) : reject('LINE_QUANTITY_ZERO', `${path}.quantity`);
  if (product.pricedQuantity.lte(0)) return reject('LINE_QUANTITY_ZERO', `${path}.decimalquantitytotal`);
  const lastDiscount = row.discountRows.at(-1);
  if (row.gross.lt(0) && lastDiscount) return reject('DISCOUNT_ROW_TOO_LARGE', `orderitems[${lastDiscount.index}]`);
  if (row.gross.lt(0) && product.sku === undefined) return reject('DISCOUNT_ROW_WITHOUT_PRODUCT', path);
  if (row.net.lt(0) || row.vat.lt(0)) return reject('LINE_AMOUNT_NEGATIVE', `${path}.moneyitemtotal_net`);
  return checkVat(row, path);
}

/**
 * A till may round VAT per unit or per discount row: a cent for each is let through with a warning (section 6). More means that the rate
 * is not the one that was charged.
 */
function checkVat(row: SaleRow, path: string): Step<OrderWarning[]> {
  const off = netOf(row.gross, row.product.vatRate).minus(row.net).abs();
  if (off.eq(0)) return accept([]);
  const tolerance = CENT.times(row.product.quantity + row.discountRows.length);
  return off.lte(tolerance)
    ? accept([warn('VAT_DIFFERS_FROM_RATE', `${path}.moneyitemtotal_vat`)])
    : reject('VAT_DOES_NOT_FIT_RATE', `${path}.vatvalue`);
}

function grossOfRow(row: SitooRow): Amount {
  return row.net.plus(row.vat);
}
