import { formatKey, sitooOrderChanged, type Fact } from '@connector/contracts';
import { encodeNotice, type KafkaPublisher, type OutgoingRecord } from '@connector/event-bus';

/** Why an order is announced without an event: Omnium lacks it, or it is open, has changed its state, or cannot be judged from here. */
export type Finding = 'missing' | 'seen';

/** Announces orders on the bulk twin, as every sweep does; resolves when Kafka has them. */
export class Announcer {
  constructor(
    private readonly publisher: Pick<KafkaPublisher, 'publish'>,
    private readonly place: { tenant: string; market: string },
  ) {}

  async announce(ids: readonly number[], finding: Finding, now: number): Promise<void> {
    if (ids.length > 0) await this.publisher.publish(ids.map((id) => this.notice(id, finding, now)));
  }

  private notice(id: number, finding: Finding, now: number): OutgoingRecord {
    // The same finding again is the same fact: it does not pile up beside work that waits.
    const fact: Fact = { id: `${finding}:${id}`, kind: finding, at: now };
    const meta = { source: 'sweep', attempt: 0, deferrals: 0, firstSeenAt: now };
    return { topic: sitooOrderChanged.bulk.topic, key: formatKey({ ...this.place, id: String(id) }), ...encodeNotice([fact], meta) };
  }
}
