import { configChanged, type ConfigChange } from '@connector/contracts';
import type { KafkaPublisher } from '@connector/event-bus';
import Ajv from 'ajv';

const validate = new Ajv().compile<ConfigChange>(configChanged.schema);

/** Tasks that were switched on or off while the connector runs, on `connector.config.changed`. The last change counts. */
export class Changes {
  private readonly values = new Map<string, ConfigChange>();

  constructor(private readonly publisher: Pick<KafkaPublisher, 'publish'>) {}

  of(tenant: string, task: string): ConfigChange | undefined {
    return this.values.get(keyOf(tenant, task));
  }

  /** Resolves when all replicas have it. */
  async save(tenant: string, task: string, change: ConfigChange): Promise<void> {
    const key = keyOf(tenant, task);
    await this.publisher.publish([{ topic: configChanged.topic, key, value: Buffer.from(JSON.stringify(change)) }]);
    this.values.set(key, change);
  }

  /** A record of the topic; what is none of ours leaves the last good value. */
  apply({ key, value }: { key: string; value: Buffer | null }): void {
    if (!value) return void this.values.delete(key);
    try {
      const change: unknown = JSON.parse(value.toString('utf8'));
      if (validate(change)) this.values.set(key, change);
    } catch {
      // Not written by this class.
    }
  }
}

function keyOf(tenant: string, task: string): string {
  return `${tenant}/scheduled-tasks/${task}`;
}
