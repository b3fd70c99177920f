import { contracts, sitooOrderChanged } from '@connector/contracts';
import { connectKafka, ensureTopics, rungs } from '@connector/event-bus';
import { ConfigResourceTypes, type Kafka } from 'kafkajs';
import { BrokerProxy } from './proxy/broker-proxy';
import { FaultPlan, observer } from './proxy/fault-plan';
import { runTools, type Broker, type RunFolder } from './run-tools';

export const partitions = 6;
/** Kafka's word for a setting that was made on the topic itself. */
const topicSource = 1;

/** Kafka of one or three brokers, each behind a proxy of its own that its clients cannot go around. */
export class Cluster {
  /** The run's own connection, which no fault touches. */
  readonly kafka: Kafka;

  private constructor(
    readonly run: RunFolder,
    readonly brokers: readonly Broker[],
    private readonly proxies: readonly BrokerProxy[],
    readonly plan: FaultPlan,
    readonly redisUrl: string,
    readonly stop: () => Promise<void>,
  ) {
    this.kafka = connectKafka({ brokers: this.addresses, clientId: observer, report: () => undefined });
  }

  static async start(run: RunFolder, count: 1 | 3): Promise<Cluster> {
    const { startInfrastructure, onShutdown, freePort } = await runTools();
    const plan = new FaultPlan();
    const proxies = await Promise.all(Array.from({ length: count }, async () => BrokerProxy.listen(plan, await freePort())));
    const advertised = proxies.map(({ address }) => address);
    const infra = await startInfrastructure({ run, brokers: count, advertised, heapMb: count === 1 ? 512 : 384, faults: true });
    infra.cluster.forEach((broker, index) => Object.assign(proxies[index]!, { target: broker.address }));
    const stop = once(async () => {
      await Promise.all(proxies.map((proxy) => proxy.close()));
      await infra.stop();
    });
    onShutdown(stop);
    const cluster = new Cluster(run, infra.cluster, proxies, plan, infra.redisUrl, stop);
    await ensureTopics(cluster.kafka, [...contracts, ...rungs.map(({ contract }) => contract)], { partitions, replication: count });
    return cluster;
  }

  get addresses(): string[] {
    return this.proxies.map(({ address }) => address);
  }

  get replication(): number {
    return this.brokers.length;
  }

  broker(number: number): Broker {
    const broker = this.brokers[number - 1];
    if (!broker) throw new RangeError(`there is no broker ${number}`);
    return broker;
  }

  /** RST on every connection of these clients, at all brokers. */
  resetConnections(client: string): number {
    return this.proxies.reduce((sum, proxy) => sum + proxy.reset(client), 0);
  }

  /** Sets these of a topic's settings and leaves the others as they are. */
  async configureTopic(topic: string, settings: Record<string, string>): Promise<void> {
    const admin = this.kafka.admin();
    await admin.connect();
    try {
      const described = await admin.describeConfigs({
        includeSynonyms: false,
        resources: [{ type: ConfigResourceTypes.TOPIC, name: topic }],
      });
      const own = (described.resources[0]?.configEntries ?? []).filter(
        ({ isDefault, configSource }) => !isDefault && configSource === topicSource,
      );
      const entries = { ...Object.fromEntries(own.map(({ configName, configValue }) => [configName, configValue])), ...settings };
      const configEntries = Object.entries(entries).map(([name, value]) => ({ name, value }));
      await admin.alterConfigs({ validateOnly: false, resources: [{ type: ConfigResourceTypes.TOPIC, name: topic, configEntries }] });
    } finally {
      await admin.disconnect();
    }
  }

  /** Resolves when every partition has all its copies in sync: what a rolling restart waits for before the next broker. */
  async inSync(): Promise<void> {
    const { until } = await runTools();
    const admin = this.kafka.admin();
    await admin.connect();
    const whole = async () => {
      const { topics } = await admin.fetchTopicMetadata();
      return topics.every(({ partitions: all }) => all.every(({ isr, replicas }) => isr.length === replicas.length));
    };
    try {
      await until(() => whole().catch(() => false), { what: 'all copies in sync', withinMs: 60_000, everyMs: 200 });
    } finally {
      await admin.disconnect();
    }
  }

  /** Ends all faults and empties the work topic, so that the next cell begins with nothing behind it. Answers where each partition begins. */
  async clear(): Promise<ReadonlyMap<number, number>> {
    const { until } = await runTools();
    this.plan.clear();
    // New topics are in the metadata before their leader knows that it is one; a broker that was restarted comes back in the same way.
    const emptied = () => this.emptyWorkTopic().catch(() => undefined);
    const begins = await until(emptied, { what: 'the work topic to be emptied', withinMs: 30_000, everyMs: 200 });
    return begins ?? new Map<number, number>();
  }

  private async emptyWorkTopic(): Promise<ReadonlyMap<number, number>> {
    const admin = this.kafka.admin({ retry: { retries: 1 } });
    await admin.connect();
    try {
      // Also loads the topic's metadata, without which kafkajs deletes nothing.
      const all = (await admin.fetchTopicOffsets(sitooOrderChanged.topic)).map(({ partition, high }) => ({ partition, offset: high }));
      await admin.deleteTopicRecords({ topic: sitooOrderChanged.topic, partitions: all });
      return new Map(all.map(({ partition, offset }) => [partition, Number(offset)]));
    } finally {
      await admin.disconnect();
    }
  }
}

function once(work: () => Promise<void>): () => Promise<void> {
  let result: Promise<void> | undefined;
  return () => (result ??= work());
}
