import type { Contract } from '@connector/contracts';
import type { Kafka } from 'kafkajs';
import { consumerDefaults, RecordConsumer, type IncomingRecord } from '../kafka/consumer';
import type { Report } from '../report';

export interface LeadershipSettings {
  /** Consumer group of those of whom one leads. */
  group: string;
  /** A topic of one partition. */
  contract: Contract;
  /** A leader that is silent for this long is replaced, ms; brokers allow no less than 6 s. */
  sessionTimeoutMs: number;
}

/**
 * One leader among all processes of a group: whoever is assigned the one partition of a topic. The broker watches over the members, so there is
 * no server or lock beside Kafka, and nobody leads while Kafka is away, when nothing could be asked for anyway.
 *
 * A frozen leader may act once more before it notices: what a leader does has to be harmless twice.
 */
export class Leadership {
  private readonly consumer: RecordConsumer;
  private held = false;

  constructor(
    kafka: Kafka,
    { group, contract, sessionTimeoutMs }: LeadershipSettings,
    report: Report,
    /** Called before leadership may pass on: resolves when nothing of the leader's work is under way. */
    settle: () => Promise<void>,
    onDead: () => void,
  ) {
    if (contract.partitions !== 1) throw new Error(`${contract.topic} must have one partition to be led by`);
    this.consumer = new RecordConsumer(
      kafka,
      { ...consumerDefaults, group, topics: [contract.topic], sessionTimeoutMs, rebalanceTimeoutMs: sessionTimeoutMs },
      {
        onRecords: (records) => this.pass(records),
        onAssigned: () => void (this.held = this.consumer.partitions > 0),
        drain: async (fenced) => {
          this.held = false;
          if (!fenced) await settle();
        },
        report,
      },
      onDead,
    );
  }

  /** Ask before everything that only the leader does. */
  get leading(): boolean {
    return this.held && this.consumer.owns(this.consumer);
  }

  /** Ms since the last sign that this member is alive in its group. */
  get silentMs(): number {
    return this.consumer.silentMs;
  }

  /** Resolves when the group has been joined, as leader or not. */
  start(): Promise<void> {
    return this.consumer.start();
  }

  /** Leaves the group at once, so that another one leads without waiting. */
  async stop(): Promise<void> {
    this.held = false;
    await this.consumer.stop();
  }

  /** What the topic says is read by everybody elsewhere; here only its assignment matters. */
  private pass(records: readonly IncomingRecord[]): void {
    for (const record of records) this.consumer.finish(record);
  }
}
