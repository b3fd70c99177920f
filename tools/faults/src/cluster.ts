import { contracts, sitooOrderChanged } from '@connector/contracts';
import { connectKafka, ensureTopics, rungs } from '@connector/event-bus';
import type { Kafka } from 'kafkajs';
import { BrokerProxy } from './proxy/broker-proxy';
import { FaultPlan, observer } from './proxy/fault-plan';
import { runTools, type Broker, type RunFolder } from './run-tools';

export const partitions = 6;

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

  /** Ends all faults and empties the work topic, so that the next cell begins with nothing behind it. */
  async clear(): Promise<void> {
    const { until } = await runTools();
    this.plan.clear();
    // New topics are in the metadata before their leader knows that it is one; a broker that was restarted comes back in the same way.
    const emptied = () =>
      this.emptyWorkTopic().then(
        () => true,
        () => false,
      );
    await until(emptied, { what: 'the work topic to be emptied', withinMs: 20_000, everyMs: 200 });
  }

  private async emptyWorkTopic(): Promise<void> {
    const admin = this.kafka.admin({ retry: { retries: 1 } });
    await admin.connect();
    try {
      // Also loads the topic's metadata, without which kafkajs deletes nothing.
      const all = (await admin.fetchTopicOffsets(sitooOrderChanged.topic)).map(({ partition, high }) => ({ partition, offset: high }));
      await admin.deleteTopicRecords({ topic: sitooOrderChanged.topic, partitions: all });
    } finally {
      await admin.disconnect();
    }
  }
}

function once(work: () => Promise<void>): () => Promise<void> {
  let result: Promise<void> | undefined;
  return () => (result ??= work());
}
