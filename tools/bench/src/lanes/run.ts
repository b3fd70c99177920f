import { defineNotice } from '@connector/contracts';
import { randomBytes } from 'node:crypto';
import type { BenchResult } from '../bench';
import type { ConsumerOrders } from '../consumer/orders';
import { startConsumer } from '../consumer/subjects';
import { Rounds } from '../figures';
import type { KafkaBenchOptions } from '../kafka/kafka-bench';
import { createTopics, dropTopics } from '../kafka/topics';
import { machine, versionsWithKafka } from '../machine';
import { startFeeder } from '../load/start-feeder';
import { pause } from '../pause';
import type { Subject } from '../process/subject';
import { between } from '../process/usage';
import { lanesTargets, type LanesRow } from './targets';

/** One call of the handler, ms. */
const callMs = 20;
/** One key per call, so that the calls of different keys run side by side, a hundred at most. */
const flow = { batchSize: 1, concurrency: 100 };

/** One contender on one kind of topic. */
interface Cell {
  who: 'ours' | 'eachMessage' | 'eachMessage, concurrent';
  partitions: number;
  keys: number;
}

const ours = (partitions: number, keys: number): Cell => ({ who: 'ours', partitions, keys });
/** Raw kafkajs takes a partition's messages one by one, whatever their keys: one number of keys tells all. */
const raw: readonly Cell[] = [
  { who: 'eachMessage', partitions: 1, keys: 100 },
  { who: 'eachMessage', partitions: 6, keys: 100 },
  { who: 'eachMessage, concurrent', partitions: 6, keys: 100 },
];
const quickCells = [ours(1, 1), raw[0]!, ours(1, 100), raw[2]!, ours(6, 100)];
const cells = [ours(1, 1), raw[0]!, ours(1, 10), ours(1, 100), raw[1]!, ours(6, 1), ours(6, 10), raw[2]!, ours(6, 100)];

export function nameOf({ who, partitions, keys }: Cell): string {
  return `${who}, ${partitions} partition${partitions > 1 ? 's' : ''}, ${keys} key${keys > 1 ? 's' : ''}`;
}

/** B4: what it buys to order by key instead of by partition, when a call takes 20 ms. Every cell gets more notices than it can take. */
export async function run(options: KafkaBenchOptions): Promise<BenchResult> {
  const { quick, say, seed } = options;
  const [rounds, ms] = quick ? [3, 2_500] : [5, 5_000];
  const { loadAfter, ...machineBefore } = machine();
  const rows = new Rounds<LanesRow>();
  for (let round = 1; round <= rounds; round += 1) {
    for (const cell of quick ? quickCells : cells) rows.add(nameOf(cell), await measure(options, cell, ms));
    say(`round ${round} of ${rounds}`);
  }
  const targets = lanesTargets(rows);
  return {
    name: 'lanes',
    ok: targets.every(({ ok }) => ok),
    figures: {
      callMs,
      flow,
      contenders: rows.table({
        callsPerSecond: { value: ({ callsPerSecond }) => callsPerSecond, digits: 1 },
        noticesPerSecond: { value: ({ noticesPerSecond }) => noticesPerSecond, digits: 1 },
        cpuSecondsPer1000Calls: { value: ({ cpuSecondsPer1000 }) => cpuSecondsPer1000, digits: 4 },
        disorder: { value: ({ disorder }) => disorder },
        lost: { value: ({ lost }) => lost },
      }),
      machine: { ...machineBefore, loadAfter: loadAfter() },
    },
    targets,
    seed,
    versions: await versionsWithKafka(options.way, ['kafkajs', '@nestjs/core', '@nestjs/microservices']),
  };
}

async function measure(options: KafkaBenchOptions, cell: Cell, ms: number): Promise<LanesRow> {
  const { who, partitions, keys } = cell;
  const contract = `bench.lanes.${randomBytes(6).toString('hex')}`;
  const { topic, bulk } = defineNotice(contract);
  await createTopics(options.kafka, [topic, bulk.topic], partitions);
  const read: ConsumerOrders['read'] = who === 'eachMessage' ? 'each-message' : 'each-message-concurrent';
  const orders = { contract, group: contract, partitions, flow, read, work: { kind: 'wait', ms: callMs, slowMs: 0 } } as const;
  const [subject, feeder] = await Promise.all([startConsumer(options, who === 'ours' ? 'ours' : 'raw', orders), startFeeder(options)]);
  await subject.ready();
  // Twice what one call after the other could take of each key, 2,500 a second at most.
  const perSecond = Math.min(keys * 100, 2_500);
  await feeder.ask({ do: 'feed', topic, partitions, keys, hotKey: false, perSecond }, 'feeding');
  await pause(1_000);
  const before = await subject.usage();
  await pause(ms);
  const after = await subject.usage();
  const { published } = await feeder.ask({ do: 'halt' }, 'halted');
  const { seconds, cpuSeconds, counted } = between(before, after);
  const lost = who === 'ours' ? await unseen(subject, Number(published)) : 0;
  const { counters } = await subject.usage();
  await Promise.all([subject.kill(), feeder.kill()]);
  await dropTopics(options.kafka, [topic, bulk.topic]);
  return {
    callsPerSecond: counted('calls') / seconds,
    noticesPerSecond: counted('notices') / seconds,
    cpuSecondsPer1000: (cpuSeconds / counted('calls')) * 1000,
    disorder: (counters['overlaps'] ?? 0) + (counters['disorder'] ?? 0),
    lost,
  };
}

/** Notices that a consumer has not seen a while after the last was published. */
async function unseen(subject: Subject, published: number): Promise<number> {
  for (let tries = 0; ; tries += 1) {
    const { counters } = await subject.usage();
    const missing = published - (counters['notices'] ?? 0);
    if (missing <= 0 || tries === 100) return Math.max(missing, 0);
    await pause(100);
  }
}
