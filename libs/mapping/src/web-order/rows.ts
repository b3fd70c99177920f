import type { OmniumOrderLine, SitooOrderItemWrite } from '@connector/contracts';
import { amount, CENT, sum, toCents, ZERO, type Amount } from '../money/amount';
import { accepted, allAccepted, rejected, type WebOrderStep } from './rejection';

export type SitooRowWrite = Pick<
  SitooOrderItemWrite,
  'productname' | 'sku' | 'quantity' | 'decimalunitquantity' | 'unitlabel' | 'vatvalue' | 'moneyrowprice' | 'moneyrowdiscount'
> & { additionaldata: { 'web-itemid': string } };

interface OpenLine {
  readonly path: string;
  readonly id: string;
  readonly sku: string;
  readonly name: string;
  readonly unit: string | undefined;
  readonly quantity: Amount;
  readonly rate: Amount;
  /** Price before discounts, for the whole line, as Omnium says it. */
  readonly listPrice: Amount;
  /** What is paid for the line, all discounts taken off, not yet rounded. */
  readonly total: Amount;
}

/** Names longer than this are cut (orders-and-customers section 18). */
const MAX_NAME = 255;

/**
 * The rows of a web order. Sitoo takes the price of a whole row and its discount, both with tax, and computes
 * `net = round((price - discount) / (1 + rate))`, `vat = gross - net` (orders-and-customers section 6). So price minus discount is the line's
 * `extendedPrice`, order discounts included, in whole cents, and the cents of all rows add up to those of the order. Lines cancelled in
 * full are left out.
 */
export function sitooRows(lines: readonly OmniumOrderLine[], defaultRate: number | undefined, path: string): WebOrderStep<SitooRowWrite[]> {
  const steps = lines.map((line, index) => openLine(line, defaultRate, `${path}[${index}]`));
  const open = allAccepted(steps);
  if (!open.ok) return open;
  const left = open.value.filter((line) => line !== undefined);
  if (left.length === 0) return rejected('NO_LINES', path);
  const grosses = wholeCents(left.map(({ total }) => total));
  return allAccepted(left.map((line, index) => row(line, grosses[index] ?? ZERO)));
}

function openLine(line: OmniumOrderLine, defaultRate: number | undefined, path: string): WebOrderStep<OpenLine | undefined> {
  const quantity = amount(line.quantity ?? 0).minus(line.canceledQuantity ?? 0);
  if (quantity.eq(0)) return accepted(undefined);
  const id = line.lineItemId ?? '';
  const sku = line.code ?? '';
  const { extendedPrice, extendedPriceExclTax, placedPrice } = line;
  if (id === '') return rejected('LINE_WITHOUT_ID', `${path}.lineItemId`);
  if (sku === '') return rejected('LINE_WITHOUT_SKU', `${path}.code`, id);
  if (extendedPrice === undefined) return rejected('LINE_WITHOUT_AMOUNT', `${path}.extendedPrice`, id);
  const total = amount(extendedPrice);
  if (quantity.lt(0) || total.lt(0)) return rejected('LINE_NEGATIVE', path, id);
  const rateGiven = line.taxRate ?? defaultRate;
  if (rateGiven === undefined) return rejected('VAT_RATE_MISSING', `${path}.taxRate`, id);
  const rate = amount(rateGiven);
  if (extendedPriceExclTax !== undefined && !fits(total, amount(extendedPriceExclTax), rate))
    return rejected('VAT_DOES_NOT_FIT_RATE', `${path}.taxRate`, id);
  const name = (line.displayName ?? line.alternativeProductName ?? sku).slice(0, MAX_NAME);
  const listPrice = placedPrice === undefined ? total : amount(placedPrice).times(quantity);
  return accepted({ path, id, sku, name, unit: line.unit ?? undefined, quantity, rate, listPrice, total });
}

/** Omnium's net is what Sitoo will compute, but for the rounding of a cent on either side. */
function fits(gross: Amount, net: Amount, rate: Amount): boolean {
  return netOfGross(gross, rate).minus(net).abs().lte(CENT);
}

/** Sitoo's formula. */
export function netOfGross(gross: Amount, rate: Amount): Amount {
  return toCents(gross.div(rate.div(100).plus(1)));
}

/**
 * Amounts in whole cents whose sum is the rounded sum of all: the running total is rounded, and each row takes what it adds. A row is then
 * never a whole cent off.
 */
export function wholeCents(amounts: readonly Amount[]): Amount[] {
  return amounts.map((_, index) => {
    const before = toCents(sum(amounts.slice(0, index)));
    return toCents(sum(amounts.slice(0, index + 1))).minus(before);
  });
}

function row(line: OpenLine, gross: Amount): WebOrderStep<SitooRowWrite> {
  const units = sitooQuantity(line.quantity);
  if (!units) return rejected('LINE_QUANTITY', `${line.path}.quantity`, line.id);
  const listed = toCents(line.listPrice);
  // A total above the list price is a raised price, not a negative discount.
  const price = listed.lt(gross) ? gross : listed;
  const discount = price.minus(gross);
  return accepted({
    productname: line.name,
    sku: line.sku,
    ...units,
    ...(units.decimalunitquantity !== undefined && line.unit !== undefined ? { unitlabel: line.unit } : {}),
    vatvalue: Number(line.rate.toFixed()),
    moneyrowprice: price.toFixed(2),
    ...(discount.gt(0) ? { moneyrowdiscount: discount.toFixed(2) } : {}),
    additionaldata: { 'web-itemid': line.id },
  });
}

/** Sitoo counts whole units; measured goods are one unit of a size with three decimals (orders-and-customers section 5.2). */
function sitooQuantity(quantity: Amount): Pick<SitooRowWrite, 'quantity' | 'decimalunitquantity'> | undefined {
  if (quantity.round(0).eq(quantity)) return { quantity: Number(quantity.toFixed()) };
  return quantity.round(3).eq(quantity) ? { quantity: 1, decimalunitquantity: quantity.toFixed(3) } : undefined;
}
