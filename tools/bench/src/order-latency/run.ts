import { atMost, round, type BenchResult, type Target } from '../bench';
import type { Asked } from '../kafka/kafka-bench';
import { runTools } from '../kafka/run-tools';
import { machine, versionsWithKafka } from '../machine';
import { keys, measure, perSecond, type CellResult } from './cell';
import { shares } from './traffic';

/** What is promised with three keys, ms. */
const promisedMs = 5_000;

/**
 * From the event to the order in Omnium at twenty receipts a second, no export running: with three keys that Sitoo limits one by one, and with a
 * limit for the whole account, where the budget sets the pace and the bound is what the arithmetic allows (`bound.ts`).
 */
export async function run({ quick, seed, say }: Asked): Promise<BenchResult> {
  const { createRunFolder } = await runTools();
  const folder = createRunFolder();
  const { loadAfter, ...machineBefore } = machine();
  const time = quick ? { warmUpSeconds: 32, measuredSeconds: 20 } : { warmUpSeconds: 40, measuredSeconds: 120 };
  say(`logs in ${folder.logs}`);
  const byKey = await measure(folder, { scope: 'key', seed, ...time });
  say(`three keys: ${JSON.stringify(byKey.figures['all'])}`);
  const byAccount = await measure(folder, { scope: 'account', seed, ...time });
  say(`one account: ${JSON.stringify(byAccount.figures['all'])}`);
  const targets = [
    ...targetsOf(`${keys} keys`, byKey, promisedMs),
    ...targetsOf('one account', byAccount, byAccount.bound.p99Seconds * 1_000),
  ];
  return {
    name: 'order-latency',
    ok: targets.every(({ ok }) => ok),
    figures: {
      receiptsPerSecond: perSecond,
      shares,
      byKey: { bound: rounded(byKey), ...byKey.figures },
      byAccount: { bound: rounded(byAccount), ...byAccount.figures },
      machine: { ...machineBefore, loadAfter: loadAfter() },
      plan: time,
    },
    targets,
    seed,
    versions: await versionsWithKafka(byKey.way, ['kafkajs', '@nestjs/core', '@nestjs/microservices']),
  };
}

function targetsOf(who: string, { figures, latencies }: CellResult, p99Ms: number): Target[] {
  const { p99Ms: got } = figures['all'] as { p99Ms: number };
  return [
    atMost(`${who}: p99 from the event to the order, ms`, got, round(p99Ms, 0)),
    atMost(`${who}: receipts missing in Omnium`, latencies.missing, 0),
  ];
}

function rounded({ bound }: CellResult): Record<string, number> {
  return Object.fromEntries(Object.entries(bound).map(([name, value]: [string, number]) => [name, round(value, 3)]));
}
