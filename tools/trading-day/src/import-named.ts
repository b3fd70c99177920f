import { formatKey, sitooOrderChanged } from '@connector/contracts';
import { encodeNotice, type OutgoingRecord } from '@connector/event-bus';
import type { DayProof } from '@connector/mapping';

/** Kinds of differences that an import can put right; the receipt is in Sitoo. */
const importable = ['missing-in-omnium', 'differs-in-omnium'];

/** Notices on the bulk twin for the receipts that the proof names. */
export function noticesFor(proof: DayProof, place: { tenant: string; market: string }, now: number): OutgoingRecord[] {
  const named = proof.differences.filter(({ kind }) => importable.includes(kind)).flatMap(({ receipts }) => receipts);
  const ids = [...new Set(named.flatMap(({ orderId }) => orderId ?? []))];
  return ids.map((id) => {
    const fact = { id: `trading-day:${id}`, kind: 'person', at: now };
    const meta = { source: 'replay', attempt: 0, deferrals: 0, firstSeenAt: now };
    return { topic: sitooOrderChanged.bulk.topic, key: formatKey({ ...place, id: String(id) }), ...encodeNotice([fact], meta) };
  });
}
