import type { OmniumOrderLine } from '@connector/contracts';
import { type Amount, sum, toCents, toJsonNumber, ZERO } from '../money/amount';
import { type PlacedPrice, placedPriceOf } from '../money/placed-price';
import { netOf } from '../vat/vat';
import { CHECKOUT_FEE_LINE_ID, DELIVERY_FEE_LINE_ID } from './identifiers';
import type { OrderContext } from './order-context';
import { maskedCard, sitooProperties } from './properties';
import { accept, reject, type Step } from './rejection';
import type { SaleRow } from './rows';
import type { SitooRow } from './sitoo-order';

/** Sitoo's grouping code of discounts that staff gave by hand; it names no campaign. */
const MANUAL_DISCOUNT = 'discount-manual';
const DEFAULT_CHECKOUT_FEE_SKU = 'SITOO-CHECKOUT-FEE';
const DEFAULT_DELIVERY_FEE_SKU = 'SITOO-DELIVERY-FEE';

export interface LineFigures {
  readonly net: Amount;
  readonly vat: Amount;
  readonly rate: Amount;
}

export interface MappedLine extends LineFigures {
  readonly line: OmniumOrderLine;
}

/** How much of a line is where. */
export interface LineProgress {
  readonly delivered: Amount;
  readonly canceled: Amount;
  /** A finished sale: the line is locked in Omnium's user interface. */
  readonly isFinished: boolean;
}

/** One Omnium line of a product row and its discount rows. */
export function toLine(row: SaleRow, progress: LineProgress, context: OrderContext): Step<MappedLine> {
  const { product } = row;
  const code = skuOf(product, context);
  if (code === undefined) return reject('LINE_WITHOUT_SKU', `orderitems[${product.index}].sku`);
  const price = placedPriceOf(row.gross, row.discount, product.pricedQuantity);
  const left = leftOf(row, progress.canceled);
  const line: OmniumOrderLine = {
    lineItemId: String(product.itemId),
    code,
    displayName: product.name,
    ...quantities(product.pricedQuantity, progress),
    ...(product.unit === undefined ? {} : { unit: product.unit }),
    ...figures(price, left),
    ...discountReferences(row),
    // Gift cards are money, not goods: no stock moves.
    ...(isGiftCard(product) ? { isVirtualProduct: true } : {}),
    ...lineFlags(progress.isFinished),
    properties: lineProperties(row, price),
  };
  return accept({ line, ...left });
}

/** What came back, as a line of a return form: amounts positive, `returnQuantity` beside `quantity` (api-guide 7.6). */
export function toReturnLine(row: SaleRow, target: ReturnTarget, context: OrderContext): Step<MappedLine> {
  const { product } = row;
  const code = target.code ?? skuOf(product, context);
  if (code === undefined) return reject('LINE_WITHOUT_SKU', `orderitems[${product.index}].sku`);
  const price = placedPriceOf(row.gross, row.discount, product.pricedQuantity);
  const reason = product.data['reasoncode-return'] ?? target.reason;
  const line: OmniumOrderLine = {
    lineItemId: target.lineItemId,
    code,
    displayName: product.name,
    quantity: toJsonNumber(product.pricedQuantity),
    returnQuantity: toJsonNumber(product.pricedQuantity),
    ...(product.unit === undefined ? {} : { unit: product.unit }),
    ...figures(price, { net: row.net, vat: row.vat, rate: product.vatRate }),
    ...(reason === undefined ? {} : { returnReason: reason }),
    returnDate: target.returnDate,
    updateStock: !isGiftCard(product),
    ...(isGiftCard(product) ? { isVirtualProduct: true } : {}),
    properties: lineProperties(row, price),
  };
  return accept({ line, net: row.net, vat: row.vat, rate: product.vatRate });
}

export interface ReturnTarget {
  /** The sold line, or the row's own id when there is none. */
  readonly lineItemId: string;
  /** SKU of the sold line. */
  readonly code: string | undefined;
  /** ISO 8601 in UTC. */
  readonly returnDate: string;
  /** Reason of the whole refund, for rows that give none. */
  readonly reason: string | undefined;
}

/** The checkout fee as a line of its own: Omnium's total is lines + freight + round-off, its handling total is not part of it. */
export function toCheckoutFeeLine(fee: LineFigures, context: OrderContext): MappedLine {
  return toFeeLine(fee, CHECKOUT_FEE_LINE_ID, context.checkoutFeeSku ?? DEFAULT_CHECKOUT_FEE_SKU, 'Checkout fee');
}

/** The delivery fee of a document that has no delivery to put it on. */
export function toDeliveryFeeLine(fee: LineFigures, context: OrderContext): MappedLine {
  return toFeeLine(fee, DELIVERY_FEE_LINE_ID, context.deliveryFeeSku ?? DEFAULT_DELIVERY_FEE_SKU, 'Delivery fee');
}

function toFeeLine(fee: LineFigures, lineItemId: string, code: string, displayName: string): MappedLine {
  const price: PlacedPrice = { placedPrice: fee.net.plus(fee.vat), discounted: ZERO, unitPriceRounding: ZERO };
  const line: OmniumOrderLine = {
    lineItemId,
    code,
    displayName,
    quantity: 1,
    deliveredQuantity: 1,
    ...figures(price, fee),
    isVirtualProduct: true,
    ...lineFlags(true),
    properties: [],
  };
  return { line, ...fee };
}

/** A fee paid back, in a return form. Not linked to the fee of the sale: a fee can come back in parts. */
export function toReturnedFeeLine(fee: MappedLine, lineItemId: string): MappedLine {
  const { deliveredQuantity: _, isReadOnly: __, isExcludedFromPromotions: ___, ...line } = fee.line;
  return { ...fee, line: { ...line, lineItemId, returnQuantity: 1, updateStock: false } };
}

function skuOf(product: SitooRow, context: OrderContext): string | undefined {
  return product.sku ?? (isGiftCard(product) ? context.giftCardSku : undefined);
}

function isGiftCard({ data }: SitooRow): boolean {
  return data['giftcard-cardnumber'] !== undefined;
}

/** The receipt's price stands: no promotion of Omnium may touch it, nor, once the sale is over, an edit in its user interface. */
function lineFlags(isFinished: boolean): Pick<OmniumOrderLine, 'isExcludedFromPromotions' | 'isReadOnly'> {
  return { isExcludedFromPromotions: true, ...(isFinished ? { isReadOnly: true } : {}) };
}

function quantities(quantity: Amount, { delivered, canceled }: LineProgress): Partial<OmniumOrderLine> {
  return {
    quantity: toJsonNumber(quantity),
    deliveredQuantity: toJsonNumber(delivered),
    ...(canceled.eq(0) ? {} : { canceledQuantity: toJsonNumber(canceled) }),
  };
}

/** What the buyer still pays when part of a line is cancelled: its share of the row's gross, in whole cents (formula of api-guide 7.4). */
function leftOf(row: SaleRow, canceled: Amount): LineFigures {
  const { pricedQuantity, vatRate: rate } = row.product;
  if (canceled.eq(0)) return { net: row.net, vat: row.vat, rate };
  const gross = toCents(row.gross.times(pricedQuantity.minus(canceled)).div(pricedQuantity));
  const net = netOf(gross, rate);
  return { net, vat: gross.minus(net), rate };
}

/**
 * What Omnium needs and, since a tenant may store figures as sent, what it would calculate. The receipt's own net and VAT, never ours.
 */
function figures(price: PlacedPrice, { net, vat, rate }: LineFigures): Partial<OmniumOrderLine> {
  const gross = net.plus(vat);
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
