import type { Kafka } from 'kafkajs';
import { RecordConsumer, consumerDefaults, type ConsumerSettings, type IncomingRecord } from '../kafka/consumer';
import type { KafkaPublisher } from '../kafka/publisher';
import { retryForever } from '../kafka/retry-forever';
import type { Report } from '../report';
import { rungs } from './rungs';

export interface ForwarderSettings {
  /** The flow group whose delayed notices are brought back. */
  group: string;
  /** Where they go: the flow's work topic, or its bulk twin when they came from there. */
  topics: { live: string; bulk: string };
  /** Multiplies every delay; 1 in production, small in tests. */
  timeScale: number;
  consumer?: Partial<Omit<ConsumerSettings, 'group' | 'topics'>>;
}

/** Most records of one rung held in memory while they wait: a full hour rung must not hold up the ten-second one. */
const maxHeldPerRung = 5_000;

/**
 * Publishes delayed notices back to their work topic when they are due. The topics are shared by all flows; records of other groups are
 * committed unseen. Being early is harmless, being late is not, so there is one timer per record and no polling.
 */
export class DelayForwarder {
  private readonly consumer: RecordConsumer;
  private readonly timers = new Map<NodeJS.Timeout, IncomingRecord>();
  /** Records that wait, by their topic. */
  private readonly held = new Map<string, number>();
  private stopping = false;

  constructor(
    kafka: Kafka,
    private readonly publisher: KafkaPublisher,
    private readonly settings: ForwarderSettings,
    private readonly report: Report,
    onDead: () => void,
  ) {
    this.consumer = new RecordConsumer(
      kafka,
      { ...consumerDefaults, ...settings.consumer, group: `${settings.group}.delay`, topics: rungs.map(({ contract }) => contract.topic) },
      { onRecords: (records) => this.take(records), onAssigned: () => this.forget(), drain: async () => undefined, report },
      onDead,
    );
  }

  start(): Promise<void> {
    return this.consumer.start();
  }

  /** What still waits stays on the topic and is read again by the next start. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.forget();
    await this.consumer.stop();
  }

  get silentMs(): number {
    return this.consumer.silentMs;
  }

  /**
   * Brings deferred work of one market back now, whatever its time: a platform answers again, and an early notice is harmless. Tries that
   * failed for another reason keep their time.
   */
  async forwardDeferred(market: { tenant: string; market: string }): Promise<void> {
    const prefix = `${market.tenant}/${market.market}/`;
    const due = [...this.timers].filter(([, { key, headers }]) => headers['deferrals'] !== undefined && key?.toString('utf8').startsWith(prefix));
    for (const [timer] of due) this.release(timer);
    await Promise.all(due.map(([, record]) => this.forward(record)));
  }

  private take(records: readonly IncomingRecord[]): void {
    for (const record of records) {
      if (record.headers['target-group'] !== this.settings.group) this.consumer.finish(record);
      else this.wait(record);
    }
    this.steer();
  }

  private steer(): void {
    const topics = rungs.map(({ contract }) => contract.topic);
    this.consumer.fetchOnly(topics.filter((topic) => (this.held.get(topic) ?? 0) < maxHeldPerRung));
  }

  private wait(record: IncomingRecord): void {
    const delayMs = rungs.find(({ contract }) => contract.topic === record.topic)?.delayMs ?? 0;
    const waitMs = record.timestamp + delayMs * this.settings.timeScale - Date.now();
    const timer = setTimeout(
      () => {
        this.release(timer);
        void this.forward(record);
      },
      Math.max(waitMs, 0),
    );
    this.timers.set(timer, record);
    this.held.set(record.topic, (this.held.get(record.topic) ?? 0) + 1);
  }

  private release(timer: NodeJS.Timeout): void {
    const record = this.timers.get(timer);
    if (!record) return;
    clearTimeout(timer);
    this.timers.delete(timer);
    this.held.set(record.topic, (this.held.get(record.topic) ?? 1) - 1);
  }

  private async forward(record: IncomingRecord): Promise<void> {
    const { key, value, headers } = record;
    const { live, bulk } = this.settings.topics;
    const topic = headers['bulk'] === '1' ? bulk : live;
    const back = {
      topic,
      key: key?.toString('utf8') ?? '',
      value,
      headers: { ...headers, source: headers['verify'] === '1' ? 'verify' : 'delay' },
    };
    const published = await retryForever(
      () => this.publisher.publish([back]),
      () => this.stopping,
      (message) => this.report({ type: 'flow.publish-retry', group: this.settings.group, message }),
    );
    if (!published) return;
    this.consumer.finish(record);
    this.steer();
  }

  private forget(): void {
    for (const timer of this.timers.keys()) this.release(timer);
  }
}
