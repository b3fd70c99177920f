import { randomUUID } from 'node:crypto';
import type { Consumer, Kafka } from 'kafkajs';
import { retryForever } from './retry-forever';

export interface TopicRecord {
  partition: number;
  offset: string;
  key: string;
  value: Buffer | null;
  timestamp: number;
}

/**
 * Follows one whole topic from its first record, outside any shared group: for views over compacted topics and for reading a topic once.
 * `caughtUp` resolves when everything that was on the topic at the start has been seen.
 */
export class TopicReader {
  private consumer: Consumer | undefined;

  constructor(
    private readonly kafka: Kafka,
    private readonly topic: string,
    private readonly onRecord: (record: TopicRecord) => void,
  ) {}

  async start(): Promise<{ caughtUp: Promise<void> }> {
    let missing = new Map<number, number>();
    // A topic that was created a moment ago may not have its leaders in place everywhere.
    const ask = async () => void (missing = await this.endOffsets());
    await retryForever(
      ask,
      () => false,
      () => undefined,
    );
    // A group of its own that never commits leaves nothing behind on the broker.
    const consumer = this.kafka.consumer({
      groupId: `reader.${this.topic}.${randomUUID()}`,
      maxWaitTimeInMs: 500,
      allowAutoTopicCreation: false,
      retry: { restartOnFailure: async () => true },
    });
    this.consumer = consumer;
    let resolve: () => void = () => undefined;
    const caughtUp = new Promise<void>((done) => (resolve = done));
    if (missing.size === 0) resolve();
    await consumer.connect();
    await consumer.subscribe({ topic: this.topic, fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch }) => {
        for (const { key, value, offset, timestamp } of batch.messages) {
          this.onRecord({ partition: batch.partition, offset, key: key?.toString('utf8') ?? '', value, timestamp: Number(timestamp) });
        }
        if (Number(batch.lastOffset()) + 1 >= (missing.get(batch.partition) ?? 0)) missing.delete(batch.partition);
        if (missing.size === 0) resolve();
      },
    });
    return { caughtUp };
  }

  async stop(): Promise<void> {
    await this.consumer?.disconnect().catch(() => undefined);
  }

  /** Partitions that hold something, with the offset after their last record. */
  private async endOffsets(): Promise<Map<number, number>> {
    const admin = this.kafka.admin();
    await admin.connect();
    try {
      const offsets = await admin.fetchTopicOffsets(this.topic);
      return new Map(offsets.filter(({ high, low }) => Number(high) > Number(low)).map(({ partition, high }) => [partition, Number(high)]));
    } finally {
      await admin.disconnect();
    }
  }
}

/** Everything that is on a topic now. */
export async function readWholeTopic(kafka: Kafka, topic: string): Promise<TopicRecord[]> {
  const records: TopicRecord[] = [];
  const reader = new TopicReader(kafka, topic, (record) => void records.push(record));
  const { caughtUp } = await reader.start();
  try {
    await caughtUp;
  } finally {
    await reader.stop();
  }
  return records;
}
