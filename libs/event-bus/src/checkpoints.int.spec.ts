import { checkpointRecorded } from '@connector/contracts';
import { randomUUID } from 'node:crypto';
import { Checkpoints } from './checkpoints';
import { BusBench, until } from './testing/bench';

let bench: BusBench;
beforeEach(async () => {
  bench = await BusBench.start();
});
afterEach(() => bench.stop());

test('what one process saved another reads at its start, the newest value, and follows afterwards', async () => {
  const name = randomUUID();
  const first = new Checkpoints(bench.kafka, bench.publisher);
  await first.start();
  await first.save(name, { position: '17', at: 1 });
  await first.save(name, { position: '18', at: 2 });
  expect(first.get(name)).toEqual({ position: '18', at: 2 });
  const second = new Checkpoints(bench.kafka, bench.publisher);
  await second.start();
  expect(second.get(name)).toEqual({ position: '18', at: 2 });
  await first.save(name, { position: '19', at: 3 });
  await until('the newest value', () => second.get(name)?.position === '19');
  await Promise.all([first.stop(), second.stop()]);
});

test('a record that is no checkpoint leaves the last good value', async () => {
  const name = randomUUID();
  const checkpoints = new Checkpoints(bench.kafka, bench.publisher);
  await checkpoints.start();
  await checkpoints.save(name, { position: '1', at: 1 });
  for (const value of ['garbage', '{"position":5}'])
    await bench.publisher.publish([{ topic: checkpointRecorded.topic, key: name, value: Buffer.from(value) }]);
  await checkpoints.stop();
  const next = new Checkpoints(bench.kafka, bench.publisher);
  await next.start();
  expect(next.get(name)).toEqual({ position: '1', at: 1 });
  await next.stop();
});
