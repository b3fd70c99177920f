import { type Amount, sum, toCents, ZERO } from '../../money/amount';
import { accept, reject, type Step } from '../rejection';
import type { SaleRow } from '../rows';

/** A line of the root order that goods can come back of. */
export interface SoldLine {
  /** orderitemid. */
  readonly itemId: number;
  readonly lineItemId: string;
  /** SKU as Omnium has it; undefined when the root is not the connector's to write. */
  readonly code: string | undefined;
  readonly sku: string | undefined;
  readonly quantity: Amount;
}

/** Quantities that came back, by `lineItemId`. */
export type Returned = ReadonlyMap<string, Amount>;

/** (Part of) a returned row, and the line it came back of. */
export interface ReturnPart {
  readonly line: SoldLine;
  readonly row: SaleRow;
}

/**
 * Which sold lines do these rows give back? By `pos-originalsales-orderitemid`, else by SKU, from the lines of which something is left
 * (orders-and-customers section 8). One part per line: two rows of one line become one.
 * @param placed units of this refund that Omnium has on its lines already: they stay there
 */
export function allocate(
  rows: readonly SaleRow[],
  sold: readonly SoldLine[],
  before: Returned,
  placed: Returned = new Map(),
): Step<ReturnPart[]> {
  const returned = new Map(before);
  const parts = new Map<string, ReturnPart>();
  for (const row of rows) {
    const found = partsOf(row, sold, { returned, before, placed });
    if (!found.ok) return found;
    for (const part of found.value) {
      const { lineItemId } = part.line;
      returned.set(lineItemId, returnedOf(returned, part.line).plus(part.row.product.pricedQuantity));
      const other = parts.get(lineItemId);
      parts.set(lineItemId, other ? { line: part.line, row: merged(other.row, part.row) } : part);
    }
  }
  return accept([...parts.values()]);
}

export function returnedOf(returned: Returned, { lineItemId }: SoldLine): Amount {
  return returned.get(lineItemId) ?? ZERO;
}

/** `returned` is `before` and the rows of this refund so far. */
interface Counted {
  readonly returned: Returned;
  readonly before: Returned;
  readonly placed: Returned;
}

function partsOf(row: SaleRow, sold: readonly SoldLine[], counted: Counted): Step<ReturnPart[]> {
  const { returned, before, placed } = counted;
  const candidates = linesOf(row, sold);
  const taken = new Map<SoldLine, Amount>();
  let open = row.product.pricedQuantity;
  const take = (line: SoldLine, most: Amount): void => {
    const left = line.quantity.minus(returnedOf(returned, line)).minus(taken.get(line) ?? ZERO);
    const quantity = [left, most, open].reduce((least, one) => (one.lt(least) ? one : least));
    if (quantity.lte(0)) return;
    taken.set(line, quantity.plus(taken.get(line) ?? ZERO));
    open = open.minus(quantity);
  };
  for (const line of candidates) take(line, returnedOf(placed, line).plus(returnedOf(before, line)).minus(returnedOf(returned, line)));
  for (const line of candidates) take(line, open);
  if (open.gt(0)) return exceeds(row, candidates, returned, before);
  const parts: ReturnPart[] = [];
  for (const [line, quantity] of taken) parts.push({ line, row: share(row, quantity, parts) });
  return accept(parts);
}

function linesOf({ product }: SaleRow, sold: readonly SoldLine[]): readonly SoldLine[] {
  const named = sold.filter(({ itemId }) => String(itemId) === product.data['pos-originalsales-orderitemid']);
  return named.length > 0 ? named : sold.filter(({ sku }) => sku !== undefined && sku === product.sku);
}

/** Says the sum, so that a person can see which receipt is one too many. */
function exceeds({ product }: SaleRow, lines: readonly SoldLine[], returned: Returned, before: Returned): Step<never> {
  const text = (quantities: Amount[]) => sum(quantities).toFixed();
  const unitsBefore = lines.map((line) => returnedOf(before, line));
  const unitsHere = sum(lines.map((line) => returnedOf(returned, line))).minus(sum(unitsBefore));
  return reject(
    'RETURN_EXCEEDS_SOLD',
    `orderitems[${product.index}].quantity`,
    `sold ${text(lines.map(({ quantity }) => quantity))}, returned before ${text(unitsBefore)}, asked now ${unitsHere.plus(product.pricedQuantity).toFixed()}`,
  );
}

/** The share of a row that came back of one line, in whole cents; the last share takes what is left, so that nothing is lost. */
function share(row: SaleRow, quantity: Amount, earlier: readonly ReturnPart[]): SaleRow {
  const whole = row.product.pricedQuantity;
  if (quantity.eq(whole)) return row;
  const gone = (pick: (row: SaleRow) => Amount) => sum(earlier.map((part) => pick(part.row)));
  const isLast = gone(({ product }) => product.pricedQuantity)
    .plus(quantity)
    .eq(whole);
  const part = (pick: (row: SaleRow) => Amount) => (isLast ? pick(row).minus(gone(pick)) : toCents(pick(row).times(quantity).div(whole)));
  const net = part((one) => one.net);
  const vat = part((one) => one.vat);
  return {
    ...row,
    product: { ...row.product, pricedQuantity: quantity },
    net,
    vat,
    gross: net.plus(vat),
    discount: row.discount.times(quantity).div(whole),
  };
}

function merged(left: SaleRow, right: SaleRow): SaleRow {
  return {
    product: { ...left.product, pricedQuantity: left.product.pricedQuantity.plus(right.product.pricedQuantity) },
    discountRows: [...left.discountRows, ...right.discountRows],
    net: left.net.plus(right.net),
    vat: left.vat.plus(right.vat),
    gross: left.gross.plus(right.gross),
    discount: left.discount.plus(right.discount),
  };
}
