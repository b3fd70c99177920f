import type { Kafka } from 'kafkajs';
import { consumerDefaults, RecordConsumer, type IncomingRecord } from './kafka/consumer';
import type { KafkaPublisher, OutgoingRecord } from './kafka/publisher';
import { retryForever } from './kafka/retry-forever';
import type { Report } from './report';

export interface InletSettings {
  /** Consumer group; a new one starts at the topic's oldest record. */
  group: string;
  /** Written by somebody else; need not exist yet. */
  topic: string;
}

/** What a foreign record means here; everything that is to be kept of it. Must not throw. */
export type Translate = (value: Buffer) => OutgoingRecord[];

/** Records on their way to our topics at which fetching waits. */
const maxUnderWay = 5_000;
/** How long fetching waits for room at a time, ms: a fraction of the shortest heartbeat interval. */
const patienceMs = 300;

/**
 * Reads a topic that somebody else writes and publishes what its records mean. An offset is committed only when all replicas have that, so
 * nothing is lost, and what is repeated after a crash is the same records again.
 */
export class Inlet {
  private consumer: RecordConsumer | undefined;
  private underWay = 0;
  private stopped = false;

  constructor(
    private readonly kafka: Kafka,
    private readonly publisher: Pick<KafkaPublisher, 'publish'>,
    private readonly settings: InletSettings,
    private readonly translate: Translate,
    private readonly report: Report,
  ) {}

  /** Returns at once: the topic may be created much later, and nothing else waits for it. */
  start(): void {
    void this.join();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.consumer?.stop();
  }

  private async join(): Promise<void> {
    const { group, topic } = this.settings;
    await retryForever(
      () => this.tryToJoin(),
      () => this.stopped,
      (message) => this.report({ type: 'inlet.not-joined', group, topic, message }),
    );
  }

  private async tryToJoin(): Promise<void> {
    const { group, topic } = this.settings;
    const consumer = new RecordConsumer(
      this.kafka,
      { ...consumerDefaults, group, topics: [topic] },
      {
        room: () => this.until(() => this.underWay < maxUnderWay, patienceMs),
        onRecords: (records) => void this.take(records, consumer),
        onAssigned: () => undefined,
        drain: (fenced) => (fenced ? Promise.resolve() : this.until(() => this.underWay === 0, consumerDefaults.rebalanceTimeoutMs / 2)),
        report: this.report,
      },
      () => this.start(),
    );
    this.consumer = consumer;
    try {
      await consumer.start();
    } catch (error) {
      await consumer.stop().catch(() => undefined);
      throw error;
    }
  }

  private async take(records: readonly IncomingRecord[], consumer: RecordConsumer): Promise<void> {
    this.underWay += records.length;
    const out = records.flatMap(({ value }) => (value ? this.translate(value) : []));
    const { group } = this.settings;
    const complain = (message: string) => this.report({ type: 'flow.publish-retry', group, message });
    const isThrough = await retryForever(
      () => this.publisher.publish(out),
      () => this.stopped,
      complain,
    );
    this.underWay -= records.length;
    if (isThrough) for (const record of records) consumer.finish(record);
  }

  private async until(condition: () => boolean, withinMs: number): Promise<void> {
    const deadline = Date.now() + withinMs;
    while (!condition() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
