import { defineNotice } from '@connector/contracts';
import { randomBytes } from 'node:crypto';
import { round as rounded, type BenchResult } from '../bench';
import { startConsumer } from '../consumer/subjects';
import { Rounds } from '../figures';
import type { KafkaBenchOptions } from '../kafka/kafka-bench';
import { createTopics, dropTopics, partitions } from '../kafka/topics';
import { machine, versionsWithKafka } from '../machine';
import { startFeeder } from '../load/start-feeder';
import { pause } from '../pause';
import { between } from '../process/usage';
import { conditions, kept, nameOf, slowTargets, type Condition, type SlowRow } from './targets';

/** A call for a healthy and for a slow key, ms. */
const callMs = 5;
const slowMs = 3_000;
/** Notices of all partitions together; a fifth of what the raw consumer can take when nothing is wrong. */
const perSecond = 240;
const flow = { batchSize: 1, concurrency: 16 };
const contenders = ['ours', 'eachMessage, concurrent'] as const;

/**
 * B5: what the other partitions of a topic feel of one whose calls take 3 s. Nothing here is short of CPU, so both sides run at the same
 * time, each on a topic of its own.
 */
export async function run(options: KafkaBenchOptions): Promise<BenchResult> {
  const { quick, say, seed } = options;
  const [rounds, ms] = quick ? [3, 8_000] : [5, 20_000];
  const { loadAfter, ...machineBefore } = machine();
  const rows = new Rounds<SlowRow>();
  for (let round = 1; round <= rounds; round += 1) {
    for (const condition of conditions) {
      const measured = await Promise.all(contenders.map((who) => measure(options, who, condition, ms)));
      measured.forEach((row, index) => rows.add(nameOf(contenders[index]!, condition), row));
    }
    say(`round ${round} of ${rounds}`);
  }
  const targets = slowTargets(rows);
  const theirs = conditions.slice(1).map((condition) => [condition, rounded(kept(rows, contenders[1], condition))]);
  return {
    name: 'slow-partition',
    ok: targets.every(({ ok }) => ok),
    figures: {
      callMs,
      slowMs,
      noticesPerSecond: perSecond,
      flow,
      contenders: rows.table({
        healthyPerSecond: { value: ({ healthyPerSecond }) => healthyPerSecond, digits: 1 },
        slowPerSecond: { value: ({ slowPerSecond }) => slowPerSecond },
      }),
      keptByRawKafkajs: Object.fromEntries(theirs),
      machine: { ...machineBefore, loadAfter: loadAfter() },
    },
    targets,
    seed,
    versions: await versionsWithKafka(options.way, ['kafkajs', '@nestjs/core', '@nestjs/microservices']),
  };
}

async function measure(options: KafkaBenchOptions, who: (typeof contenders)[number], condition: Condition, ms: number): Promise<SlowRow> {
  const contract = `bench.slow.${randomBytes(6).toString('hex')}`;
  const { topic, bulk } = defineNotice(contract);
  await createTopics(options.kafka, [topic, bulk.topic]);
  const work = { kind: 'wait', ms: callMs, slowMs: condition === 'no fault' ? 0 : slowMs } as const;
  const orders = { contract, group: contract, partitions, flow, read: 'each-message-concurrent', work } as const;
  const [subject, feeder] = await Promise.all([startConsumer(options, who === 'ours' ? 'ours' : 'raw', orders), startFeeder(options)]);
  await subject.ready();
  const hotKey = condition === 'one slow key';
  await feeder.ask({ do: 'feed', topic, partitions, keys: 'fresh', hotKey, perSecond }, 'feeding');
  await pause(2_000);
  const before = await subject.usage();
  await pause(ms);
  const { seconds, counted } = between(before, await subject.usage());
  await Promise.all([subject.kill(), feeder.kill()]);
  await dropTopics(options.kafka, [topic, bulk.topic]);
  return { healthyPerSecond: counted('callsOfOthers') / seconds, slowPerSecond: counted('callsOfPartition0') / seconds };
}
