import { formatFiring, formatKey, syncTaskRequested, taskProgressed } from '@connector/contracts';
import { randomUUID } from 'node:crypto';
import { Checkpoints } from '../checkpoints';
import type { FlowHandler } from '../flows/flow';
import { done, skipped } from '../flows/outcome';
import { readWholeTopic } from '../kafka/read-topic';
import { BusBench, until } from '../testing/bench';
import { decodeProgress } from './progress';
import { taskRequestRecord } from './request';
import { TaskRuns } from './task-runs';

let bench: BusBench;
beforeEach(async () => {
  bench = await BusBench.start();
});
afterEach(() => bench.stop());

test('a firing that is asked for again, also after a restart and after the cache was lost, is done once', async () => {
  const task = `t${randomUUID()}`;
  const flow = bench.flow({ contract: syncTaskRequested });
  const firing = formatFiring(task, Date.UTC(2026, 10, 24, 3, 0));
  const request = taskRequestRecord({ task, tenant: 'DevShop', market: 'NOR', requestedAt: 1, by: 'schedule', firing });
  const key = formatKey({ tenant: 'DevShop', market: 'NOR', id: task });
  let worked = 0;
  const executor = (): { handler: FlowHandler; close: () => Promise<void> } => {
    const checkpoints = new Checkpoints(bench.kafka, bench.publisher);
    const opened = checkpoints.start().then(() => checkpoints);
    const runs = new TaskRuns({ publisher: bench.publisher, checkpoints: () => opened }, flow.group);
    const one = async (item: Parameters<FlowHandler>[0][number]) => {
      if (item.key.id !== task) return skipped({ code: 'OTHER_TASK', message: '' });
      const run = await runs.open(item);
      if (!run) return skipped({ code: 'FIRING_SEEN', message: '' });
      await run.started();
      worked += 1;
      await run.finished('done');
      return done();
    };
    const handler: FlowHandler = async (work) =>
      new Map(await Promise.all(work.map(async (item) => [item.text, await one(item)] as const)));
    return { handler, close: () => checkpoints.stop() };
  };
  const deliveries = (outcome: string) => bench.deliveries(outcome).filter((delivery) => delivery.key === key).length;

  const first = executor();
  const runner = await bench.run(flow, first.handler);
  await bench.publisher.publish([request]);
  await until('the work', () => deliveries('done') === 1);
  await bench.publisher.publish([request]);
  await until('the repetition is ignored', () => deliveries('skipped') === 1);
  await runner.stop();
  await first.close();

  const second = executor();
  await bench.run(flow, second.handler);
  await bench.publisher.publish([request]);
  await until('it is ignored after a restart', () => deliveries('skipped') === 2);
  await second.close();
  expect(worked).toBe(1);
  const told = (await readWholeTopic(bench.kafka, taskProgressed.topic)).filter((record) => record.key === key);
  expect(told.map(({ value }) => decodeProgress(value)?.state)).toEqual(['started', 'finished']);
});
