import { checkpointRecorded, type Checkpoint } from '@connector/contracts';
import type { Kafka } from 'kafkajs';
import { valueDecoder } from './kafka/decode-value';
import type { KafkaPublisher } from './kafka/publisher';
import { TopicReader } from './kafka/read-topic';

const decode = valueDecoder<Checkpoint>(checkpointRecorded);

/**
 * Positions that must survive everything: cursors, watermarks, task firings. One value per name on a compacted topic; what this process
 * saved it sees at once, what others saved as soon as it is read.
 */
export class Checkpoints {
  private readonly values = new Map<string, Checkpoint>();
  private readonly reader: TopicReader;

  constructor(
    kafka: Kafka,
    private readonly publisher: Pick<KafkaPublisher, 'publish'>,
  ) {
    this.reader = new TopicReader(kafka, checkpointRecorded.topic, ({ key, value }) => this.apply(key, value));
  }

  /** Resolves when everything saved before has been read. */
  async start(): Promise<void> {
    const { caughtUp } = await this.reader.start();
    await caughtUp;
  }

  stop(): Promise<void> {
    return this.reader.stop();
  }

  get(name: string): Checkpoint | undefined {
    return this.values.get(name);
  }

  /** Resolves when all replicas have it. */
  async save(name: string, checkpoint: Checkpoint): Promise<void> {
    await this.publisher.publish([{ topic: checkpointRecorded.topic, key: name, value: Buffer.from(JSON.stringify(checkpoint)) }]);
    this.values.set(name, checkpoint);
  }

  private apply(name: string, value: Buffer | null): void {
    if (!value) return void this.values.delete(name);
    const checkpoint = decode(value);
    // What was not written by this class is left out: the last good value counts.
    if (checkpoint) this.values.set(name, checkpoint);
  }
}
