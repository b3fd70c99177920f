import type { SitooOrder, SitooOrderItem } from '@connector/contracts';
import fc from 'fast-check';
import { amountToPay, receiptDocument, type ReceiptFrame } from './document';
import { generateReceipt, type ReceiptOptions } from './generate-receipt';
import type { ReceiptKind } from './kinds';
import { decimal, type Decimal, money, round, roundToWhole, total, zero } from './money';
import { card, cash } from './payments';
import { createRng, type Rng } from './rng';
import { defaultReceiptStores } from './stores';

/** A sale and the refunds that credit it, in the order in which they were made. Together they never give back more than was sold. */
export interface ReceiptFamily {
  readonly root: SitooOrder;
  readonly refunds: readonly SitooOrder[];
  readonly kind: ReceiptKind;
}

export interface FamilyOptions extends Pick<ReceiptOptions, 'currency' | 'maxLines' | 'orderId'> {
  /** Kind of the sale. */
  readonly kind: ReceiptKind;
  /** Most refunds, default 3. */
  readonly maxRefunds?: number;
}

/** Goods of the sale that can come back: a product row with its discount rows. */
interface Returnable {
  readonly row: SitooOrderItem;
  readonly net: Decimal;
  readonly vat: Decimal;
  /** Units, net and VAT that are not yet back. */
  left: { units: number; net: Decimal; vat: Decimal };
}

/** Sales that a refund is drawn for: kinds with a register, a payment and rows. */
export const familyKinds: readonly ReceiptKind[] = [
  'single-line',
  'several-lines',
  'line-discount',
  'campaign',
  'manual-discount',
  'mixed-vat',
  'cash-roundoff',
  'gift-card-sold',
  'gift-card-payment',
  'measured',
  'discount-row',
  'free-item',
  'uneven-price',
  'fees',
  'endless-aisle',
  'store-pickup',
];

/** Makes a sale and its refunds: partial, repeated, in other stores, on the card or in cash. The same rng state gives the same family. */
export function generateFamily(rng: Rng, { kind, maxRefunds = 3, ...options }: FamilyOptions): ReceiptFamily {
  const { order: root } = generateReceipt(rng, { ...options, kind });
  const goods = returnables(root);
  // Either every row names the row it gives back, or the till knows articles only.
  const isLinked = rng.chance(0.7);
  const refunds: SitooOrder[] = [];
  const count = rng.int(0, maxRefunds);
  while (refunds.length < count && goods.some(({ left }) => left.units > 0))
    refunds.push(refund(rng, root, goods, refunds.length, isLinked));
  return { root, refunds, kind };
}

/** Families for property tests. Shrinks towards fewer rows, lower seeds and the first kinds. */
export function familyArbitrary(kinds: readonly ReceiptKind[] = familyKinds): fc.Arbitrary<ReceiptFamily> {
  return fc
    .record({
      seed: fc.nat(),
      kind: fc.constantFrom(...kinds),
      currency: fc.constantFrom('NOK' as const, 'SEK' as const),
      maxLines: fc.integer({ min: 1, max: 6 }),
    })
    .map(({ seed, ...drawn }) => generateFamily(createRng(seed), drawn));
}

function returnables(root: SitooOrder): Returnable[] {
  const goods: Returnable[] = [];
  for (const row of root.orderitems ?? []) {
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

function refund(rng: Rng, root: SitooOrder, goods: Returnable[], index: number, isLinked: boolean): SitooOrder {
  const open = goods.filter(({ left }) => left.units > 0);
  const count = rng.int(1, Math.min(2, open.length));
  const rows = open.slice(0, count).map((one, itemId) => givenBack(rng, one, itemId, isLinked));
  const toPay = amountToPay({ rows });
  const inCash = rng.chance(0.3);
  const paid = inCash ? roundToWhole(toPay) : toPay;
  const roundoff = paid.minus(toPay);
  return receiptDocument(frameOf(rng, root, index), {
    rows,
    roundoff,
    payments: paid.eq(0) ? [] : [inCash ? cash(paid) : card(rng, paid)],
    data: {
      'refundreasoncode-reasoncode': '102',
      'refundreasoncode-comment': 'Wrong size',
      'pos-originalsales-orderid': String(root.orderid),
    },
    fields: { creditorderid: root.orderid },
  });
}

function frameOf(rng: Rng, root: SitooOrder, index: number): ReceiptFrame {
  return {
    orderId: root.orderid + 10 * (index + 1),
    site: root.eshopid ?? 1,
    store: rng.pick(defaultReceiptStores),
    register: 1,
    receiptNumber: 20_001 + index,
    currency: root.currencycode === 'SEK' ? 'SEK' : 'NOK',
    orderedAt: (root.orderdate ?? 0) + 86_400 * (index + 1),
    timeZone: 'Europe/Oslo',
  };
}

/** Units of a row and their share of its figures; the last ones take what is left, as a till does. Goods by measure come back whole. */
function givenBack(rng: Rng, one: Returnable, itemId: number, isLinked: boolean): SitooOrderItem {
  const { row, left } = one;
  const isMeasured = row.decimalunitquantity !== null;
  const units = isMeasured ? left.units : rng.int(1, left.units);
  const isLast = units === left.units;
  const net = isLast ? left.net : round(one.net.times(units).div(row.quantity));
  const vat = isLast ? left.vat : round(one.vat.times(units).div(row.quantity));
  one.left = { units: left.units - units, net: left.net.minus(net), vat: left.vat.minus(vat) };
  const unitQuantity = decimal(row.decimalunitquantity ?? '1');
  return {
    ...row,
    orderitemid: itemId,
    quantity: -units,
    moneyitemtotal_net: money(zero.minus(net)),
    moneyitemtotal_vat: money(zero.minus(vat)),
    decimalquantitytotal: unitQuantity.times(-units).toFixed(3),
    additionaldata: {
      ...(isLinked ? { 'pos-originalsales-orderitemid': String(row.orderitemid) } : {}),
      'reasoncode-return': '102',
    },
  };
}

/** What the receipts of a family say that the buyer paid, less what came back. */
export function familyTotal({ root, refunds }: ReceiptFamily): string {
  return total([root, ...refunds].map((order) => decimal(order.moneytotal_gross_all ?? '0'))).toFixed(2);
}
