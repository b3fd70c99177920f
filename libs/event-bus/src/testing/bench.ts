import { contracts, defineNotice, formatKey, type NoticeContract } from '@connector/contracts';
import { randomUUID } from 'node:crypto';
import type { Kafka } from 'kafkajs';
import { rungs } from '../delay/rungs';
import { defineFlow, type FlowDefinition, type FlowHandler } from '../flows/flow';
import { FlowRunner, runnerDefaults, type RunnerSettings } from '../flows/runner';
import { connectKafka } from '../kafka/connection';
import { KafkaPublisher } from '../kafka/publisher';
import { ensureTopics } from '../kafka/topics';
import { encodeNotice } from '../notices/envelope';
import type { BusEvent } from '../report';

/** A test's own topic and group on the real broker; everything it opens is closed with it. */
export class BusBench {
  readonly events: BusEvent[] = [];
  readonly contract: NoticeContract = defineNotice(`test.${randomUUID()}`);
  readonly kafka: Kafka;
  readonly publisher: KafkaPublisher;
  private readonly open: { stop(): Promise<void> }[] = [];

  private constructor(readonly partitions: number) {
    const brokers = process.env['KAFKA_BROKERS']?.split(',');
    if (!brokers) throw new Error('KAFKA_BROKERS is not set: integration specs run with npm test, which starts a broker');
    const report = (event: BusEvent) => void this.events.push(event);
    this.kafka = connectKafka({ brokers, clientId: 'bench', report });
    this.publisher = new KafkaPublisher(this.kafka, report);
  }

  static async start(partitions = 3): Promise<BusBench> {
    const bench = new BusBench(partitions);
    await ensureTopics(bench.kafka, [...contracts, ...rungs.map(({ contract }) => contract), bench.contract, bench.contract.bulk], {
      partitions,
      replication: 1,
    });
    await bench.publisher.connect();
    return bench;
  }

  flow(overrides: Partial<FlowDefinition> = {}): FlowDefinition {
    const group = `test.${randomUUID()}`;
    return defineFlow({
      group,
      contract: this.contract,
      batchSize: 50,
      concurrency: 1,
      deadlineMs: 5_000,
      retry: { attempts: 3 },
      ...overrides,
    });
  }

  async run(flow: FlowDefinition, handler: FlowHandler, settings: Partial<RunnerSettings> = {}): Promise<FlowRunner> {
    const report = (event: BusEvent) => void this.events.push(event);
    const all = { ...runnerDefaults, timeScale: 0.01, ...settings };
    const runner = new FlowRunner(this.kafka, this.publisher, flow, handler, report, all, () => undefined);
    this.open.push(runner);
    await runner.start();
    return runner;
  }

  async notify(ids: readonly (string | number)[], { market = 'NOR', fact = 'add', bulk = false } = {}): Promise<void> {
    const at = Date.now();
    const meta = { source: 'webhook', attempt: 0, deferrals: 0, firstSeenAt: at };
    const records = ids.map((id) => ({
      topic: bulk ? this.contract.bulk.topic : this.contract.topic,
      key: formatKey({ tenant: 'DevShop', market, id: String(id) }),
      ...encodeNotice([{ id: `${id}-${fact}`, kind: 'order', at, event: fact }], meta),
    }));
    await this.publisher.publish(records);
  }

  deliveries(outcome?: string): Extract<BusEvent, { type: 'delivery' }>[] {
    return this.events.flatMap((event) => (event.type === 'delivery' && (!outcome || event.outcome === outcome) ? [event] : []));
  }

  /** What the group has committed, summed over the partitions. */
  async committed(group: string): Promise<number> {
    const admin = this.kafka.admin();
    await admin.connect();
    try {
      const [topic] = await admin.fetchOffsets({ groupId: group, topics: [this.contract.topic] });
      return (topic?.partitions ?? []).reduce((sum, { offset }) => sum + Math.max(Number(offset), 0), 0);
    } finally {
      await admin.disconnect();
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.open.map((one) => one.stop()));
    await this.publisher.close();
  }
}

/** Waits for a condition, at most `withinMs`. */
export async function until(what: string, condition: () => boolean | Promise<boolean>, withinMs = 20_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`waited ${withinMs} ms for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
