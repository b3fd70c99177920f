/** Kinds of receipts and what becomes of them. A return or the returned half of an exchange that credits a sale is `merged`, not `order`. */
export const receiptFates = {
  'single-line': 'order',
  'several-lines': 'order',
  'line-discount': 'order',
  campaign: 'order',
  'manual-discount': 'order',
  'manual-price': 'order',
  'mixed-vat': 'order',
  'split-payment': 'order',
  'cash-roundoff': 'order',
  'foreign-currency': 'order',
  'gift-card-sold': 'order',
  'gift-card-payment': 'order',
  'known-customer': 'order',
  measured: 'order',
  'discount-row': 'order',
  'free-item': 'order',
  'uneven-price': 'order',
  fees: 'order',
  'zero-lines': 'order',
  return: 'order',
  mixed: 'order',
  'exchange-refund': 'order',
  'exchange-sale': 'order',
  booking: 'order',
  'endless-aisle': 'order',
  'store-pickup': 'order',
  'unknown-store': 'parked',
  'parked-cart': 'skipped',
} as const satisfies Record<string, ReceiptFate>;

export type ReceiptKind = keyof typeof receiptFates;

/**
 * What the connector is to do with a receipt: book it as an order of its own, write it to the order of the sale that it credits, park it with a
 * reason, or skip it.
 */
export type ReceiptFate = 'order' | 'merged' | 'parked' | 'skipped';

/**
 * What a day draws beside single receipts: the two orders of an `exchange`; a `later-return` of an earlier sale, in part, again, in any store; an
 * `excess-return` of more units than were sold; the `booking-purchase` of what was booked; a `late-till` that was offline since yesterday.
 */
export type DayAct = 'exchange' | 'later-return' | 'excess-return' | 'booking-purchase' | 'late-till';

type SingleKind = Exclude<ReceiptKind, 'exchange-refund' | 'exchange-sale'>;

/** Weights by kind and act. */
export type ReceiptMix = Readonly<Partial<Record<SingleKind | DayAct, number>>>;

/** Sales only, per thousand or so. */
export const saleMix: Readonly<Partial<Record<SingleKind, number>>> = {
  'single-line': 310,
  'several-lines': 180,
  campaign: 90,
  'line-discount': 30,
  'manual-discount': 40,
  'manual-price': 20,
  'mixed-vat': 60,
  'split-payment': 30,
  'cash-roundoff': 70,
  'foreign-currency': 5,
  'gift-card-sold': 10,
  'gift-card-payment': 25,
  'known-customer': 50,
  measured: 10,
  'discount-row': 10,
  'free-item': 5,
  'uneven-price': 3,
  fees: 5,
  'zero-lines': 2,
};

/** A trading day: about six receipts in a hundred are something else than a completed sale. */
export const tradingDayMix: ReceiptMix = {
  ...saleMix,
  return: 25,
  mixed: 2,
  exchange: 8,
  booking: 5,
  'endless-aisle': 5,
  'store-pickup': 3,
  'unknown-store': 2,
  'parked-cart': 8,
};

/** Every shape that a day can take, the rare ones often enough to be there in numbers. */
export const busyDayMix: ReceiptMix = {
  ...tradingDayMix,
  'later-return': 50,
  'excess-return': 3,
  'unknown-store': 5,
  booking: 8,
  'booking-purchase': 4,
  'endless-aisle': 9,
  'store-pickup': 6,
  'late-till': 0.5,
};

/** Kinds of completed sales. */
export function saleKinds(): ReceiptKind[] {
  return kinds().filter((kind) => kind in saleMix);
}

export function kinds(): ReceiptKind[] {
  const all: ReceiptKind[] = [];
  for (const kind in receiptFates) if (isKind(kind)) all.push(kind);
  return all;
}

function isKind(kind: string): kind is ReceiptKind {
  return kind in receiptFates;
}
