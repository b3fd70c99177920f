import { configChanged, type ConfigChange } from '@connector/contracts';
import { valueDecoder, type KafkaPublisher } from '@connector/event-bus';

const decode = valueDecoder<ConfigChange>(configChanged);

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
    const change = decode(value);
    if (change) this.values.set(key, change);
  }
}

function keyOf(tenant: string, task: string): string {
  return `${tenant}/scheduled-tasks/${task}`;
}
