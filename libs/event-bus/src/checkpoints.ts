import { checkpointRecorded, type Checkpoint } from '@connector/contracts';
import Ajv from 'ajv';
import type { Kafka } from 'kafkajs';
import type { KafkaPublisher } from './kafka/publisher';
import { TopicReader } from './kafka/read-topic';

const validate = new Ajv().compile<Checkpoint>(checkpointRecorded.schema);

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
    try {
      const checkpoint: unknown = JSON.parse(value.toString('utf8'));
      if (validate(checkpoint)) this.values.set(name, checkpoint);
    } catch {
      // Not written by this class; the last good value counts.
    }
  }
}
