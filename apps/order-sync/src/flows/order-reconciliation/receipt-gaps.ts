import type { SeenOrder } from './seen-order';

/** Numbers between two receipts of a register that no order carries. */
export interface ReceiptGap {
  registerId: string;
  /** The receipts on both sides. */
  after: string;
  before: string;
  /** How many numbers are not there. */
  count: number;
  /** Order id of the receipt after the gap. */
  orderId: number;
}

/** A jump beyond this is a new series of numbers, not so many lost receipts. */
const maxGap = 1_000n;

/**
 * Gaps in the running numbers of registers (the receipt number is the register's key and a running number, orders-and-customers section 14).
 * A till that is offline explains one: its receipts come later. So may whatever else a till numbers, of which nothing is documented.
 */
export function receiptGaps(orders: readonly SeenOrder[]): ReceiptGap[] {
  const gaps: ReceiptGap[] = [];
  for (const [registerId, receipts] of byRegister(orders)) {
    receipts.sort((a, b) => (a.number < b.number ? -1 : a.number > b.number ? 1 : 0));
    for (const [index, { number, receiptId, orderId }] of receipts.entries()) {
      const earlier = receipts[index - 1];
      if (!earlier || earlier.receiptId.length !== receiptId.length) continue;
      const missing = number - earlier.number - 1n;
      if (missing > 0n && missing <= maxGap)
        gaps.push({ registerId, after: earlier.receiptId, before: receiptId, count: Number(missing), orderId });
    }
  }
  return gaps;
}

interface Numbered {
  number: bigint;
  receiptId: string;
  orderId: number;
}

function byRegister(orders: readonly SeenOrder[]): Map<string, Numbered[]> {
  const registers = new Map<string, Numbered[]>();
  for (const { id: orderId, registerId, receiptId } of orders) {
    // The digits at the end, register key and number in one: within a register only the number differs.
    const digits = receiptId === undefined ? undefined : /\d+$/.exec(receiptId)?.[0];
    if (registerId === undefined || receiptId === undefined || digits === undefined) continue;
    const receipts = registers.get(registerId) ?? [];
    receipts.push({ number: BigInt(digits), receiptId, orderId });
    registers.set(registerId, receipts);
  }
  return registers;
}
