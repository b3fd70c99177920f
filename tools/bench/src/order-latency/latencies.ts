import { round } from '../bench';
import { quantile } from '../stats';
import { receiptOf, type Written } from './platforms';
import type { Arrival, Kind } from './traffic';

/** A receipt, and when its event was due to be sent, ms since the epoch. */
export interface Sent extends Arrival {
  dueAt: number;
}

export interface Latencies {
  /** Ms from the moment the event was due to the write of this receipt, by kind. */
  of: Record<Kind, number[]>;
  /** Receipts that were never written. */
  missing: number;
}

/** How long each receipt took, by what Omnium's twin noted at its writes. Pure. */
export function latenciesOf(sent: readonly Sent[], written: ReadonlyMap<number, Written>): Latencies {
  const of: Latencies['of'] = { sale: [], return: [], open: [] };
  let missing = 0;
  for (const one of sent) {
    const at = appliedAt(one, written);
    if (at === undefined) missing += 1;
    else of[one.kind].push(at - one.dueAt);
  }
  return { of, missing };
}

/** An order is there with its first write. A return is the one change of its sale's document, which no other return credits. */
function appliedAt({ kind, receipt: { order } }: Sent, written: ReadonlyMap<number, Written>): number | undefined {
  const document = written.get(kind === 'return' ? (order.creditorderid ?? 0) : order.orderid);
  if (kind === 'return' && !document?.order.returnOrderForms?.some((form) => receiptOf(form) === order.orderid)) return undefined;
  const changes = document?.history.filter(({ kind: what }) => what === 'created' || what === 'overwritten' || what === 'patched');
  const write = changes?.[kind === 'return' ? 1 : 0];
  return write && Date.parse(write.at);
}

/** p50, p99 and the longest, ms. */
export function summary(latencies: readonly number[]): { count: number; p50Ms: number; p99Ms: number; maxMs: number } {
  const at = (share: number) => round(quantile(latencies, share), 0);
  return { count: latencies.length, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: Math.max(0, ...latencies) };
}
