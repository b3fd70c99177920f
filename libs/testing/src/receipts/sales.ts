import type { SitooOrderItem, SitooPayment } from '@connector/contracts';
import { giftCard, pickProduct, type Product, type ReceiptCurrency } from './catalogue';
import { amountToPay, type Fee, type ReceiptContent } from './document';
import type { ReceiptKind } from './kinds';
import { decimal, type Decimal, netOf, round, roundToWhole } from './money';
import { card, cash, euroNotes, giftCardPayment, phonePayment } from './payments';
import type { Rng } from './rng';
import { discountRow, productRow, rowGross } from './rows';

export interface SaleOptions {
  readonly currency: ReceiptCurrency;
  /** Most product rows. */
  readonly maxLines: number;
}

type Content = Pick<ReceiptContent, 'rows' | 'payments' | 'roundoff' | 'checkoutFee' | 'deliveryFee'>;
type Basket = Omit<Content, 'payments'>;

const campaigns = [
  { code: '3FOR2', name: '3 for 2' },
  { code: 'SPRING20', name: 'Spring 20 %' },
  { code: 'MEMBER', name: 'Members day' },
] as const;

/** Rows and payments of a completed sale of the given kind. */
export function saleContent(rng: Rng, kind: ReceiptKind, options: SaleOptions): Content {
  const basket = fillBasket(rng, kind, options);
  const toPay = amountToPay(basket);
  return kind === 'cash-roundoff' ? payInCash(basket, toPay) : { ...basket, payments: pay(rng, kind, toPay, options.currency) };
}

/** Between one and the most rows allowed, plain. */
export function plainRows(rng: Rng, { currency, maxLines }: SaleOptions, count = rng.int(1, maxLines)): SitooOrderItem[] {
  return Array.from({ length: count }, (_, itemId) => productRow(itemId, pickProduct(rng, currency), { quantity: quantity(rng) }));
}

function fillBasket(rng: Rng, kind: ReceiptKind, options: SaleOptions): Basket {
  const { currency, maxLines } = options;
  const others = (from: number) =>
    plainRows(rng, options, rng.int(0, Math.min(2, maxLines - 1))).map((row) => ({ ...row, orderitemid: row.orderitemid + from }));
  const first = special(rng, kind, currency);
  if (first) return { rows: [...first, ...others(first.length)] };
  if (kind === 'zero-lines') return { rows: [] };
  if (kind === 'single-line') return { rows: plainRows(rng, options, 1) };
  if (kind === 'fees') return { rows: plainRows(rng, options), ...fees(rng) };
  return { rows: plainRows(rng, options) };
}

/** The rows that make a receipt the kind it is; undefined when any rows do. */
function special(rng: Rng, kind: ReceiptKind, currency: ReceiptCurrency): SitooOrderItem[] | undefined {
  const product = pickProduct(rng, currency);
  const units = quantity(rng);
  const full = round(decimal(product.price).times(units));
  switch (kind) {
    case 'line-discount': {
      const discount = share(full, rng.int(5, 60));
      return [productRow(0, product, { quantity: units, discount, data: { 'orderitem-moneyrowdiscount': discount.toFixed(2) } })];
    }
    case 'campaign':
      return [campaignRow(rng, product)];
    case 'manual-discount': {
      const reasons = { 'reasoncode-manualdiscount': String(rng.int(20, 29)) };
      return [
        productRow(0, product, {
          quantity: units,
          discount: share(full, rng.int(5, 50)),
          campaign: { code: 'discount-manual', name: '' },
          data: reasons,
        }),
      ];
    }
    case 'manual-price':
      return [
        productRow(0, product, {
          quantity: units,
          price: share(decimal(product.price), rng.int(40, 95)),
          data: { 'reasoncode-manualprice': '22' },
        }),
      ];
    case 'mixed-vat':
      return [pickProduct(rng, currency, 'goods'), pickProduct(rng, currency, 'food'), pickProduct(rng, currency, 'reduced')].map(
        (one, itemId) => productRow(itemId, one, { quantity: quantity(rng) }),
      );
    case 'gift-card-sold':
      return [
        productRow(
          0,
          { ...giftCard, price: `${rng.pick([200, 500, 1000])}.00` },
          { data: { 'giftcard-cardnumber': `7001${rng.int(100_000, 999_999)}` } },
        ),
      ];
    case 'measured': {
      const unitQuantity = decimal(rng.int(50, 4_000)).div(1000).toFixed(3);
      return [productRow(0, pickProduct(rng, currency, 'measured'), { quantity: rng.int(1, 2), unitQuantity })];
    }
    case 'discount-row':
      return withDiscountRows(rng, productRow(0, product, { quantity: units }));
    case 'free-item':
      return [productRow(0, product, { quantity: units, discount: full, campaign: { code: 'GIFT', name: 'Gift with purchase' } })];
    case 'uneven-price':
      return [productRow(0, product, { quantity: rng.pick([3, 6, 7]), gross: share(full, 97).plus('0.01') })];
    default:
      return undefined;
  }
}

function campaignRow(rng: Rng, product: Product): SitooOrderItem {
  const campaign = rng.pick(campaigns);
  const units = campaign.code === '3FOR2' ? 3 : quantity(rng);
  const price = decimal(product.price);
  const discount = campaign.code === '3FOR2' ? price : share(price.times(units), 20);
  return productRow(0, product, { quantity: units, discount, campaign });
}

function withDiscountRows(rng: Rng, product: SitooOrderItem): SitooOrderItem[] {
  const discount = share(rowGross(product), rng.int(5, 40));
  return [product, discountRow(1, product, discount, rng.pick(campaigns))];
}

/** Delivery for 99.00, sometimes a checkout fee of 25.00, at 25 percent. */
function fees(rng: Rng): { deliveryFee: Fee; checkoutFee?: Fee } {
  const fee = (gross: Decimal): Fee => ({ net: netOf(gross, 25), vat: gross.minus(netOf(gross, 25)) });
  return { deliveryFee: fee(decimal(99)), ...(rng.chance(0.5) ? { checkoutFee: fee(decimal(25)) } : {}) };
}

/** Coins below one krone do not exist: the till rounds what is paid in cash. */
function payInCash(basket: Basket, toPay: Decimal): Content {
  const rounded = roundToWhole(toPay);
  return { ...basket, roundoff: rounded.minus(toPay), payments: rounded.eq(0) ? [] : [cash(rounded)] };
}

function pay(rng: Rng, kind: ReceiptKind, toPay: Decimal, currency: ReceiptCurrency): SitooPayment[] {
  if (toPay.eq(0)) return [];
  const part = share(toPay, rng.int(10, 90));
  const isSplit = part.gt(0) && part.lt(toPay);
  if (kind === 'gift-card-payment')
    return isSplit ? [giftCardPayment(rng, part), card(rng, toPay.minus(part))] : [giftCardPayment(rng, toPay)];
  if (kind === 'foreign-currency') return isSplit ? [euroNotes(part), card(rng, toPay.minus(part))] : [euroNotes(toPay)];
  if (kind === 'split-payment' && isSplit) return [card(rng, part), phonePayment(rng, toPay.minus(part), currency)];
  return [rng.chance(0.15) ? phonePayment(rng, toPay, currency) : card(rng, toPay)];
}

/** Percent of an amount, in whole cents. */
function share(amount: Decimal, percent: number): Decimal {
  return round(amount.times(percent).div(100));
}

function quantity(rng: Rng): number {
  return rng.chance(0.75) ? 1 : rng.int(2, 6);
}
