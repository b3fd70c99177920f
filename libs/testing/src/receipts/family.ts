import type { SitooOrder } from '@connector/contracts';
import fc from 'fast-check';
import type { ReceiptFrame } from './document';
import { generateReceipt, type ReceiptOptions } from './generate-receipt';
import type { ReceiptKind } from './kinds';
import { decimal, total } from './money';
import { createRng, type Rng } from './rng';
import { SoldGoods } from './sold-goods';
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

/** How many refunds in a hundred name the rows that they give back. */
export const namesRowsShare = 0.7;

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
  const goods = new SoldGoods(root, rng.chance(namesRowsShare));
  const refunds: SitooOrder[] = [];
  const count = rng.int(0, maxRefunds);
  while (refunds.length < count && !goods.isAllBack) refunds.push(goods.refund(rng, frameOf(rng, root, refunds.length)));
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

/** What the receipts of a family say that the buyer paid, less what came back. */
export function familyTotal({ root, refunds }: ReceiptFamily): string {
  return total([root, ...refunds].map((order) => decimal(order.moneytotal_gross_all ?? '0'))).toFixed(2);
}
