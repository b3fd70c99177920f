import type { OmniumOrderLine } from '@connector/contracts';
import { type Amount, sum, toJsonNumber, ZERO } from '../money/amount';
import { type PlacedPrice, placedPriceOf } from '../money/placed-price';
import { netOf } from '../vat/vat';
import { CHECKOUT_FEE_LINE_ID } from './identifiers';
import type { OrderContext } from './order-context';
import { maskedCard, sitooProperties } from './properties';
import { accept, reject, type Step } from './rejection';
import type { SaleRow } from './rows';

/** Sitoo's grouping code of discounts that staff gave by hand; it names no campaign. */
const MANUAL_DISCOUNT = 'discount-manual';
const DEFAULT_CHECKOUT_FEE_SKU = 'SITOO-CHECKOUT-FEE';

export interface LineFigures {
  readonly net: Amount;
  readonly vat: Amount;
  readonly rate: Amount;
}

export interface MappedLine extends LineFigures {
  readonly line: OmniumOrderLine;
}

/** One Omnium line of a product row and its discount rows. */
export function toLine(row: SaleRow, context: OrderContext): Step<MappedLine> {
  const { product } = row;
  const giftCard = product.data['giftcard-cardnumber'];
  const code = product.sku ?? (giftCard === undefined ? undefined : context.giftCardSku);
  if (code === undefined) return reject('LINE_WITHOUT_SKU', `orderitems[${product.index}].sku`);
  const price = placedPriceOf(row.gross, row.discount, product.pricedQuantity);
  const line: OmniumOrderLine = {
    lineItemId: String(product.itemId),
    code,
    displayName: product.name,
    ...quantities(product.pricedQuantity),
    ...(product.unit === undefined ? {} : { unit: product.unit }),
    ...figures(price, row.gross, { net: row.net, vat: row.vat, rate: product.vatRate }),
    ...discountReferences(row),
    // Gift cards are money, not goods: no stock moves.
    ...(giftCard === undefined ? {} : { isVirtualProduct: true }),
    ...lineFlags,
    properties: lineProperties(row, price),
  };
  return accept({ line, net: row.net, vat: row.vat, rate: product.vatRate });
}

/** The checkout fee as a line of its own: Omnium's total is lines + freight + round-off, its handling total is not part of it. */
export function toCheckoutFeeLine(fee: LineFigures, context: OrderContext): MappedLine {
  const gross = fee.net.plus(fee.vat);
  const price: PlacedPrice = { placedPrice: gross, discounted: ZERO, unitPriceRounding: ZERO };
  const line: OmniumOrderLine = {
    lineItemId: CHECKOUT_FEE_LINE_ID,
    code: context.checkoutFeeSku ?? DEFAULT_CHECKOUT_FEE_SKU,
    displayName: 'Checkout fee',
    quantity: 1,
    deliveredQuantity: 1,
    ...figures(price, gross, fee),
    isVirtualProduct: true,
    ...lineFlags,
    properties: [],
  };
  return { line, ...fee };
}

/** The receipt's price stands: no promotion of Omnium may touch it, nor an edit in its user interface. */
const lineFlags = { isExcludedFromPromotions: true, isReadOnly: true } as const;

/** A finished sale: everything is in the buyer's hands. */
function quantities(quantity: Amount): Pick<OmniumOrderLine, 'quantity' | 'deliveredQuantity'> {
  return { quantity: toJsonNumber(quantity), deliveredQuantity: toJsonNumber(quantity) };
}

/**
 * What Omnium needs and, since a tenant may store figures as sent, what it would calculate. The receipt's own net and VAT, never ours.
 */
function figures(price: PlacedPrice, gross: Amount, { net, vat, rate }: LineFigures): Partial<OmniumOrderLine> {
  return {
    placedPrice: toJsonNumber(price.placedPrice),
    discounted: toJsonNumber(price.discounted),
    taxRate: toJsonNumber(rate),
    placedPriceExclTax: toJsonNumber(netOf(price.placedPrice, rate)),
    discountedExclTax: toJsonNumber(netOf(price.discounted, rate)),
    discountedPrice: toJsonNumber(gross),
    discountedPriceExclTax: toJsonNumber(net),
    extendedPrice: toJsonNumber(gross),
    extendedPriceExclTax: toJsonNumber(net),
    taxTotal: toJsonNumber(vat),
  };
}

function discountReferences({ product, discountRows }: SaleRow): Partial<OmniumOrderLine> {
  const rows = [product, ...discountRows];
  const campaign = rows.map((row) => row.voucherCode).find((code) => code !== undefined && code !== MANUAL_DISCOUNT);
  const reason = rows.map((row) => row.data['reasoncode-manualdiscount']).find((code) => code !== undefined);
  return {
    ...(campaign === undefined ? {} : { campaignId: campaign }),
    ...(reason === undefined ? {} : { discountReasonCode: reason }),
  };
}

/** Sitoo's references, under Sitoo's own key names; a unit price that did not divide evenly says so. */
function lineProperties({ product, discountRows }: SaleRow, price: PlacedPrice): ReturnType<typeof sitooProperties> {
  const { 'giftcard-cardnumber': giftCard, ...data } = product.data;
  const names = [product, ...discountRows].flatMap((row) => row.voucherName ?? []);
  return sitooProperties({
    SitooProductId: product.productId,
    SitooProductAttributes: product.attributes,
    SitooBuyerText: product.buyerText,
    SitooCampaignName: names.length > 0 ? [...new Set(names)].join(', ') : undefined,
    SitooDiscountRows: discountRows.length > 0 ? discountRows.map((row) => row.itemId).join(',') : undefined,
    SitooUnitPriceRounding: price.unitPriceRounding.eq(0) ? undefined : price.unitPriceRounding.toFixed(),
    SitooGiftCard: maskedCard(giftCard),
    ...data,
  });
}

/** Sums of lines, for the totals of form and shipment. */
export function lineTotals(lines: readonly MappedLine[]): { net: Amount; vat: Amount; gross: Amount } {
  const net = sum(lines.map((line) => line.net));
  const vat = sum(lines.map((line) => line.vat));
  return { net, vat, gross: net.plus(vat) };
}
