import { randomUUID } from 'node:crypto';
import { defineContract } from '@connector/contracts';
import { ensureTopics } from '../kafka/topics';
import { BusBench, until } from '../testing/bench';
import { Leadership } from './leadership';

let bench: BusBench;
const members: Leadership[] = [];
beforeEach(async () => {
  bench = await BusBench.start();
});
afterEach(async () => {
  await Promise.all(members.splice(0).map((member) => member.stop()));
  await bench.stop();
});

async function group(): Promise<(settle?: () => Promise<void>) => Promise<Leadership>> {
  const contract = defineContract({
    name: `test.${randomUUID()}`,
    version: 1,
    schema: {},
    retention: { kind: 'compacted' },
    partitions: 1,
  });
  await ensureTopics(bench.kafka, [contract], { partitions: 3, replication: 1 });
  const settings = { group: `test.${randomUUID()}`, contract, sessionTimeoutMs: 6_000 };
  return async (settle = async () => undefined) => {
    const member = new Leadership(
      bench.kafka,
      settings,
      (event) => void bench.events.push(event),
      settle,
      () => undefined,
    );
    members.push(member);
    await member.start();
    return member;
  };
}

test('of three members one leads, and when it leaves another does within seconds', async () => {
  const join = await group();
  const all = [await join(), await join(), await join()];
  const leaders = () => all.filter(({ leading }) => leading);
  await until('one leader', () => leaders().length === 1);
  const [first] = leaders();
  await first!.stop();
  expect(first!.leading).toBe(false);
  await until('the next leader', () => leaders().length === 1, 10_000);
  expect(leaders()[0]).not.toBe(first);
});

test('before leadership can pass on, the work of the leader is waited for', async () => {
  const join = await group();
  let settled = 0;
  const first = await join(async () => void (settled += 1));
  await until('the first leads', () => first.leading);
  const before = settled;
  const second = await join();
  await until('one leads again', () => first.leading !== second.leading);
  expect(settled).toBeGreaterThan(before);
});

test('a topic of several partitions cannot be led by', () => {
  const settings = { group: 'g', contract: bench.contract, sessionTimeoutMs: 6_000 };
  const make = () =>
    new Leadership(
      bench.kafka,
      settings,
      () => undefined,
      async () => undefined,
      () => undefined,
    );
  expect(make).toThrow(/one partition/);
});
