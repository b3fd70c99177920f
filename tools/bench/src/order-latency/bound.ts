import { shares } from './traffic';

/** Sitoo's calls, and what arrives. */
export interface Load {
  /** Receipts a second. */
  perSecond: number;
  /** Calls a second that Sitoo takes in all. */
  callsPerSecond: number;
}

export interface Bound {
  /** Calls a second that the limiter makes of them: it leaves slack for calls that take longer on their way. */
  usableCallsPerSecond: number;
  /** From one batch to the next, s. */
  cycleSeconds: number;
  /** Keys in a batch: receipts, and sales that a return has handed itself on to. */
  keysPerBatch: number;
  callsPerReceipt: number;
  /** 99th percentile of the time from the event to the order, s. */
  p99Seconds: number;
}

/** Share of the interval that the limiter adds where Sitoo allows no burst. */
const slack = 1.06;
/** One list of the batch's orders, and one of the refunds of the sales in it; either holds a hundred. */
const listsPerBatch = 2;
/** Each open order costs a call of its own, for its deliveries. */
const callsPerOpenOrder = 1;
/** A return waits for the batch under way, goes into the next one, is handed on to its sale, waits for the batch under way, and goes into the next. */
const batchesOfReturn = 4;
/** What a batch takes beside waiting for Sitoo's budget, s: reads and writes at Omnium, and two hops over Kafka. */
const otherWorkSeconds = 0.5;

/**
 * What the arithmetic allows when the budget, not the machine, sets the pace. With c usable calls a second, λ receipts a second, and the shares
 * r of returns and o of open orders:
 *
 *   cycle  T = lists / (c - λ·o)                  what is left of the budget after the deliveries goes into batches
 *   batch  B = λ·(1 + r)·T                        a return is two keys: its own, and that of its sale
 *   p99      = (4·lists + q) / c + 4·w            four batches, the delivery reads that fall into them, and their other work w
 *
 * where q is the 99th percentile of a Poisson number of λ·o·4·T delivery reads. Returns are more than one in a hundred, so their way is the p99.
 * @throws RangeError when a batch would need more than one list of each kind, or the budget does not suffice at all
 */
export function boundOf({ perSecond, callsPerSecond }: Load): Bound {
  const usable = callsPerSecond / slack;
  const deliveryReads = perSecond * shares.open * callsPerOpenOrder;
  if (usable <= deliveryReads) throw new RangeError(`${callsPerSecond} calls a second do not suffice for ${perSecond} receipts`);
  const cycleSeconds = listsPerBatch / (usable - deliveryReads);
  const keysPerBatch = perSecond * (1 + shares.return) * cycleSeconds;
  if (keysPerBatch > 100) throw new RangeError('a batch of more than a hundred keys needs further lists');
  const reads = poissonQuantile(deliveryReads * batchesOfReturn * cycleSeconds, 0.99);
  return {
    usableCallsPerSecond: usable,
    cycleSeconds,
    keysPerBatch,
    callsPerReceipt: (listsPerBatch / cycleSeconds + deliveryReads) / perSecond,
    p99Seconds: (batchesOfReturn * listsPerBatch + reads) / usable + batchesOfReturn * otherWorkSeconds,
  };
}

/** The smallest number that a Poisson number of this mean does not exceed with this probability. */
export function poissonQuantile(mean: number, share: number): number {
  let [term, sum, number] = [Math.exp(-mean), Math.exp(-mean), 0];
  while (sum < share) {
    number += 1;
    term *= mean / number;
    sum += term;
  }
  return number;
}
