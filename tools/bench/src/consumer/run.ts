import { defineNotice } from '@connector/contracts';
import { randomBytes } from 'node:crypto';
import { round as rounded, type BenchResult } from '../bench';
import { pairedRatio, Rounds } from '../figures';
import type { KafkaBenchOptions } from '../kafka/kafka-bench';
import { createTopics, dropTopics, partitions } from '../kafka/topics';
import { machine, versionsWithKafka } from '../machine';
import { between, type Usage } from '../process/usage';
import { fill } from './fill';
import type { ConsumerOrders } from './orders';
import { startConsumer, type Program } from './subjects';
import { consumerTargets, type ConsumerRow } from './targets';

/** Batches as large as order-sync's; several at a time, since nothing waits for a platform here. */
const flow = { batchSize: 250, concurrency: 4 };

/** In this order, round after round. */
const contenders: Readonly<Record<string, { program: Program; orders: Partial<ConsumerOrders> }>> = {
  'ours, records off': { program: 'ours', orders: { flow, records: false } },
  eachBatch: { program: 'raw', orders: { read: 'each-batch' } },
  'ours, records on': { program: 'ours', orders: { flow, records: true } },
  'eachBatch, unread': { program: 'raw', orders: { read: 'each-batch-bare' } },
  eachMessage: { program: 'raw', orders: { read: 'each-message' } },
  'nest-kafka': { program: 'nest-kafka', orders: {} },
};

/** Share of the messages that warms a consumer up, and is not measured. */
const warmUp = 0.4;

/** B3: what the bus costs around a handler that does nothing. All read the same topic, each with a group and a process of its own. */
export async function run(options: KafkaBenchOptions): Promise<BenchResult> {
  const { quick, kafka, say, seed } = options;
  const [rounds, total] = quick ? [3, 100_000] : [5, 200_000];
  const { loadAfter, ...machineBefore } = machine();
  const contract = `bench.consumer.${randomBytes(4).toString('hex')}`;
  const { topic, bulk } = defineNotice(contract);
  await createTopics(kafka, [topic, bulk.topic]);
  await fill(kafka, topic, total, partitions);
  say(`${total} notices on ${topic}`);
  const rows = new Rounds<ConsumerRow>();
  for (let round = 1; round <= rounds; round += 1) {
    for (const [name, { program, orders }] of Object.entries(contenders)) {
      const row = await measure(options, program, { ...orders, contract, partitions }, total);
      rows.add(name, row);
      say(`round ${round} of ${rounds}: ${name} ${Math.round(row.perSecond)}/s`);
    }
  }
  await dropTopics(kafka, [topic, bulk.topic]);
  const targets = consumerTargets(rows);
  return {
    name: 'consumer',
    ok: targets.every(({ ok }) => ok),
    figures: {
      messages: total,
      flow,
      contenders: rows.table({
        messagesPerSecond: { value: ({ perSecond }) => perSecond, digits: 0 },
        cpuSecondsPer1000: { value: ({ cpuSecondsPer1000 }) => cpuSecondsPer1000, digits: 5 },
        rssMb: { value: ({ rssMb }) => rssMb, digits: 0 },
      }),
      againstEachBatch: against(rows),
      machine: { ...machineBefore, loadAfter: loadAfter() },
    },
    targets,
    seed,
    versions: await versionsWithKafka(options.way, ['kafkajs', '@nestjs/core', '@nestjs/microservices']),
  };
}

/** Rate and CPU of each as a multiple of eachBatch; on a busy machine the second is the steadier one. */
function against(rows: Rounds<ConsumerRow>): Record<string, { rate: number; cpu: number }> {
  const ratio = (name: string, value: (row: ConsumerRow) => number): number =>
    rounded(pairedRatio(rows.of(name, value), rows.of('eachBatch', value)), 2);
  return Object.fromEntries(
    rows.names.map((name) => [
      name,
      { rate: ratio(name, ({ perSecond }) => perSecond), cpu: ratio(name, ({ cpuSecondsPer1000 }) => cpuSecondsPer1000) },
    ]),
  );
}

async function measure(
  options: KafkaBenchOptions,
  program: Program,
  orders: Omit<ConsumerOrders, 'brokers' | 'group' | 'work'>,
  total: number,
): Promise<ConsumerRow> {
  const from = Math.floor(total * warmUp);
  const group = `bench.${randomBytes(6).toString('hex')}`;
  const subject = await startConsumer(options, program, { ...orders, group, work: { kind: 'nothing', from, to: total } });
  const [first, last] = await Promise.all([subject.hear('moment from', 180_000), subject.hear('moment to', 180_000)]);
  await subject.kill();
  const { seconds, cpuSeconds, rssBytes } = between(first['usage'] as Usage, last['usage'] as Usage);
  const measured = total - from;
  return { perSecond: measured / seconds, cpuSecondsPer1000: (cpuSeconds / measured) * 1000, rssMb: rssBytes / 1024 ** 2 };
}
