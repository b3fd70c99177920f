import { noticeParked, type Fact, type ParkedNotice } from '@connector/contracts';
import type { Kafka } from 'kafkajs';
import { valueDecoder } from '../kafka/decode-value';
import type { OutgoingRecord } from '../kafka/publisher';
import { TopicReader, readWholeTopic, type TopicRecord } from '../kafka/read-topic';

const decode = valueDecoder<ParkedNotice>(noticeParked);

export function parkedKey(group: string, key: string): string {
  return `${group}|${key}`;
}

export function parkedRecord(notice: ParkedNotice): OutgoingRecord {
  return { topic: noticeParked.topic, key: parkedKey(notice.group, notice.key), value: Buffer.from(JSON.stringify(notice)) };
}

/** Takes a notice off the list of parked work. */
export function parkedTombstone(group: string, key: string): OutgoingRecord {
  return { topic: noticeParked.topic, key: parkedKey(group, key), value: null };
}

/** What is parked right now, for one group; follows the compacted topic. */
export class ParkedView {
  private readonly parked = new Map<string, readonly Fact[]>();
  private readonly reader: TopicReader;

  constructor(
    kafka: Kafka,
    private readonly group: string,
  ) {
    this.reader = new TopicReader(kafka, noticeParked.topic, (record) => this.apply(record));
  }

  /** Resolves when the topic has been read to its end. */
  async start(): Promise<void> {
    const { caughtUp } = await this.reader.start();
    await caughtUp;
  }

  stop(): Promise<void> {
    return this.reader.stop();
  }

  has(key: string): boolean {
    return this.parked.has(parkedKey(this.group, key));
  }

  /** The facts that were parked with a key; none when it is not parked. */
  facts(key: string): readonly Fact[] {
    return this.parked.get(parkedKey(this.group, key)) ?? [];
  }

  /**
   * Called when this process parks a key itself (with its facts) or clears it (undefined), so that it need not wait to read its own record.
   */
  note(key: string, facts: readonly Fact[] | undefined): void {
    if (facts) this.parked.set(parkedKey(this.group, key), facts);
    else this.parked.delete(parkedKey(this.group, key));
  }

  get size(): number {
    return this.parked.size;
  }

  private apply(record: TopicRecord): void {
    const { key, value } = record;
    if (!key.startsWith(`${this.group}|`)) return;
    if (value) this.parked.set(key, decode(record.value)?.facts ?? []);
    else this.parked.delete(key);
  }
}

/** All parked work, newest record per key, optionally of some groups only. */
export async function readParked(kafka: Kafka, groups?: readonly string[]): Promise<ParkedNotice[]> {
  const parked = new Map<string, ParkedNotice>();
  for (const record of await readWholeTopic(kafka, noticeParked.topic)) {
    const notice = decode(record.value);
    if (notice) parked.set(record.key, notice);
    else parked.delete(record.key);
  }
  return [...parked.values()].filter(({ group }) => !groups || groups.includes(group));
}
