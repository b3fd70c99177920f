import fc from 'fast-check';
import { generateReceipt, type LabelledReceipt, type ReceiptOptions } from './generate-receipt';
import { kinds, type ReceiptKind } from './kinds';
import { createRng } from './rng';

export interface ReceiptArbitraryOptions extends ReceiptOptions {
  /** Default: all kinds, each as likely as the other. */
  readonly kinds?: readonly ReceiptKind[];
}

/** Receipts for property tests, from the same builder as the trading day. Shrinks towards fewer rows, lower seeds and the first kinds. */
export function receiptArbitrary({ kinds: only, ...options }: ReceiptArbitraryOptions = {}): fc.Arbitrary<LabelledReceipt> {
  return fc
    .record({
      seed: fc.nat(),
      kind: fc.constantFrom(...(only ?? kinds())),
      currency: fc.constantFrom('NOK' as const, 'SEK' as const),
      maxLines: fc.integer({ min: 1, max: 8 }),
    })
    .map(({ seed, ...drawn }) => generateReceipt(createRng(seed), { ...drawn, ...options }));
}
