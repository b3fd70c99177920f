import { outcomeRecorded, type OutcomeRecord, type ParkedNotice } from '@connector/contracts';
import { encodeNotice, parkedTombstone, type KafkaPublisher, type OutgoingRecord } from '@connector/event-bus';

/** What can be published again: a record that could never be decoded has no key to look up. */
export function canReplay({ key, topic }: ParkedNotice): boolean {
  return !key.startsWith('undecodable/') && topic !== '';
}

/** The notice of a parked one, on the bulk twin, with all its facts. It stays on the list until the flow has finished it. */
export function replayRecord(notice: ParkedNotice): OutgoingRecord {
  const meta = { source: 'replay', attempt: 0, deferrals: 0, firstSeenAt: notice.firstSeenAt, targetGroup: notice.group };
  return { topic: replayTopic(notice), key: notice.key, ...encodeNotice(notice.facts, meta) };
}

/** Takes it off the list and leaves the note where every other outcome is. */
export function dropRecords({ group, key, attempts, firstSeenAt }: ParkedNotice, note: string, now: number): OutgoingRecord[] {
  const reason = { code: 'DROPPED_BY_HAND', message: note };
  const outcome: OutcomeRecord = {
    group,
    key,
    outcome: 'skipped',
    reason,
    attempt: attempts,
    receivedAt: firstSeenAt,
    doneAt: now,
    notices: 1,
  };
  return [parkedTombstone(group, key), { topic: outcomeRecorded.topic, key, value: Buffer.from(JSON.stringify(outcome)) }];
}

/** Publishes one record after another at a pace; resolves with how many Kafka acknowledged. */
export async function publishPaced(
  publisher: Pick<KafkaPublisher, 'publish'>,
  records: readonly OutgoingRecord[],
  perSecond: number,
  wait: (ms: number) => Promise<void>,
): Promise<number> {
  // Ten turns a second keep the pace even without a send per record.
  const perTurn = Math.max(1, Math.round(perSecond / 10));
  let published = 0;
  for (let from = 0; from < records.length; from += perTurn) {
    if (from > 0) await wait((perTurn / perSecond) * 1000);
    const turn = records.slice(from, from + perTurn);
    await publisher.publish(turn);
    published += turn.length;
  }
  return published;
}

/** Where a replay goes: `sitoo.order.changed.v1` → `sitoo.order.changed.bulk.v1`; a bulk topic is its own. */
export function replayTopic({ topic }: Pick<ParkedNotice, 'topic'>): string {
  return /\.bulk\.v\d+$/.test(topic) ? topic : topic.replace(/\.(v\d+)$/, '.bulk.$1');
}
