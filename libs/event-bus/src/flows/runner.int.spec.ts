import { readParked } from '../readers';
import { BusBench, until } from '../testing/bench';
import type { WorkItem } from './flow';
import { deferred, done, park, redirect, retry, type Outcome } from './outcome';

let bench: BusBench;
beforeEach(async () => {
  bench = await BusBench.start();
});
afterEach(() => bench.stop());

const brokers = () => process.env['KAFKA_BROKERS']!.split(',');
const same = (outcome: Outcome) => async (work: readonly WorkItem[]) => new Map(work.map(({ text }) => [text, outcome]));
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

test('every notice is handled, and its offset is committed afterwards', async () => {
  const seen = new Set<string>();
  const flow = bench.flow();
  await bench.notify(numbers(200));
  await bench.run(flow, async (work) => {
    for (const { text } of work) seen.add(text);
    return new Map(work.map(({ text }) => [text, done('created')]));
  });
  await until('all handled', () => seen.size === 200);
  await until('all committed', async () => (await bench.committed(flow.group)) >= 200);
});

test('notices that arrive while a batch is under way travel together in the next one', async () => {
  let letGo: () => void = () => undefined;
  const first = new Promise<void>((resolve) => (letGo = resolve));
  const batches: number[] = [];
  await bench.run(bench.flow({ batchSize: 100 }), async (work) => {
    batches.push(work.length);
    if (batches.length === 1) await first;
    return new Map(work.map(({ text }) => [text, done()]));
  });
  await bench.notify([1]);
  await until('the first batch', () => batches.length === 1);
  await bench.notify(numbers(80).slice(1));
  letGo();
  await until('all handled', () => bench.deliveries('done').length === 80);
  expect(batches.length).toBeLessThanOrEqual(4);
});

test('a slow key holds up its own partition only in its commits, and no other key at all', async () => {
  const flow = bench.flow({ batchSize: 1, concurrency: 10 });
  let letGo: () => void = () => undefined;
  const slow = new Promise<void>((resolve) => (letGo = resolve));
  await bench.run(flow, async (work) => {
    if (work[0]?.key.id === '1') await slow;
    return new Map(work.map(({ text }) => [text, done()]));
  });
  await bench.notify(numbers(60));
  await until('the others', () => bench.deliveries('done').length === 59);
  expect(await bench.committed(flow.group)).toBeLessThan(60);
  letGo();
  await until('the commit', async () => (await bench.committed(flow.group)) === 60);
});

test('a retry comes back after its delay with its facts and one attempt more, and then parks with its reason', async () => {
  const attempts: number[] = [];
  const flow = bench.flow();
  await bench.run(flow, async (work) => {
    for (const item of work) {
      attempts.push(item.attempt);
      expect(item.facts).toMatchObject([{ id: '7-add' }]);
    }
    return same(retry({ code: 'NOT_READABLE_YET', message: 'the order cannot be read yet' }))(work);
  });
  await bench.notify([7]);
  await until('parked', () => bench.deliveries('parked').length === 1);
  expect(attempts).toEqual([0, 1, 2]);
  const [parked] = await readParked({ brokers: brokers(), groups: [flow.group] });
  expect(parked).toMatchObject({ key: 'DevShop/NOR/7', topic: bench.contract.topic, attempts: 3, facts: [{ id: '7-add' }] });
  expect(parked?.reason.code).toBe('NOT_READABLE_YET');
});

test('one notice that parks leaves its neighbours in the batch alone, and a later done clears it', async () => {
  const flow = bench.flow();
  let mapped = false;
  const factsOfThree: string[] = [];
  await bench.run(flow, async (work) => {
    factsOfThree.splice(0, Infinity, ...work.flatMap(({ key, facts }) => (key.id === '3' ? facts.map(({ id }) => id) : [])));
    return new Map(
      work.map(({ text, key }) => [text, key.id === '3' && !mapped ? park({ code: 'STORE_UNKNOWN', message: 'map the store' }) : done()]),
    );
  });
  await bench.notify([1, 2, 3, 4]);
  await until('all settled', () => bench.deliveries().length === 4);
  expect(bench.deliveries('parked')).toHaveLength(1);
  mapped = true;
  await bench.notify([3], { fact: 'replay' });
  await until('done', () => bench.deliveries('done').length === 4);
  expect(await readParked({ brokers: brokers(), groups: [flow.group] })).toEqual([]);
  expect(factsOfThree.sort()).toEqual(['3-add', '3-replay']);
});

test('an outage defers without counting attempts, and the work is done when it ends', async () => {
  let away = true;
  await bench.run(
    bench.flow({ retry: { attempts: 2 } }),
    async (work) => {
      if (away) throw Object.assign(new Error('planted secret'), { code: 'OMNIUM_UNREACHABLE' });
      return same(done())(work);
    },
    { isOutage: (error) => error instanceof Error && 'code' in error && error.code === 'OMNIUM_UNREACHABLE' },
  );
  await bench.notify([1, 2]);
  await until('three rounds of deferral', () => bench.deliveries('deferred').length >= 6);
  expect(bench.deliveries('parked')).toEqual([]);
  away = false;
  await until('done', () => bench.deliveries('done').length === 2, 30_000);
  expect(bench.deliveries('done').every(({ attempt }) => attempt === 0)).toBe(true);
  expect(JSON.stringify(bench.events)).not.toContain('planted');
});

test.each([
  ['a TypeError', () => (null as unknown as { boom(): never }).boom()],
  ['an answer that leaves the key out', async () => new Map()],
  ['silence until the deadline', () => new Promise<never>(() => undefined)],
])('%s is tried again and parks in the end, while the consumer lives on', async (_name, misbehave) => {
  await bench.run(bench.flow({ deadlineMs: 200, batchSize: 1, concurrency: 2 }), async (work) => {
    if (work[0]?.key.id === '1') return misbehave();
    return same(done())(work);
  });
  await bench.notify([1, 2]);
  await until('parked', () => bench.deliveries('parked').length === 1);
  await bench.notify([3]);
  await until('the next one', () => bench.deliveries('done').length === 2);
});

test('a redirect hands the facts to the other key', async () => {
  const seen: Record<string, readonly { id: string }[]> = {};
  await bench.run(
    bench.flow(),
    async (work) =>
      new Map(
        work.map(({ text, key, facts }) => {
          seen[key.id] = facts;
          return [text, key.id === '20' ? redirect({ ...key, id: '10' }) : done()];
        }),
      ),
  );
  await bench.notify([20]);
  await until('the root is done', () => bench.deliveries('done').length === 1);
  expect(seen['10']).toMatchObject([{ id: '20-add' }]);
});

test('every way a record can be wrong parks it with a reason, and the records behind it go through', async () => {
  const flow = bench.flow();
  const { topic } = bench.contract;
  await bench.run(flow, same(done()));
  const key = 'DevShop/NOR/5';
  const wrong = [
    { topic, key, value: null },
    { topic, key, value: Buffer.from([0, 1, 2, 255]) },
    { topic, key, value: Buffer.from('{"version":0}') },
    { topic, key: 'not-a-key', value: Buffer.from('{"facts":[]}') },
    { topic, key, value: Buffer.alloc(600_000, 'x') },
  ];
  await bench.publisher.publish(wrong);
  await bench.publisher.publish([{ topic, key, value: Buffer.from('{"facts":[]}') }]);
  await until('the good one', () => bench.deliveries('done').length === 1);
  await until('all parked', async () => (await readParked({ brokers: brokers(), groups: [flow.group] })).length === wrong.length);
  await until('all committed', async () => (await bench.committed(flow.group)) === wrong.length + 1);
});

test('running work is finished and committed before another member takes the partitions over', async () => {
  const flow = bench.flow({ batchSize: 5, concurrency: 1 });
  const starts: Record<string, number> = {};
  const handler = async (work: readonly WorkItem[]) => {
    for (const { key } of work) starts[key.id] = (starts[key.id] ?? 0) + 1;
    await new Promise((resolve) => setTimeout(resolve, 300));
    return same(done())(work);
  };
  await bench.run(flow, handler);
  await bench.notify(numbers(60));
  await until('some work', () => bench.deliveries('done').length >= 5);
  await bench.run(flow, handler);
  await until('all done', () => new Set(bench.deliveries('done').map(({ key }) => key)).size === 60);
  expect(bench.events.some(({ type }) => type === 'consumer.drained')).toBe(true);
  expect(Object.values(starts).filter((count) => count > 1)).toEqual([]);
});

test('a runner that stops finishes what runs, commits it, and leaves the rest to the next', async () => {
  const flow = bench.flow({ batchSize: 5 });
  const handled: string[] = [];
  const handler = async (work: readonly WorkItem[]) => {
    handled.push(...work.map(({ key }) => key.id));
    await new Promise((resolve) => setTimeout(resolve, 100));
    return same(done())(work);
  };
  const first = await bench.run(flow, handler);
  await bench.notify(numbers(40));
  await until('some work', () => handled.length >= 10);
  await first.stop();
  await bench.run(flow, handler);
  await until('all done', () => new Set(handled).size === 40);
  expect(handled).toHaveLength(40);
});

test('a full market goes to the delay topic and comes back; the other market does not wait', async () => {
  let letGo: () => void = () => undefined;
  const blocked = new Promise<void>((resolve) => (letGo = resolve));
  await bench.run(
    bench.flow({ batchSize: 10 }),
    async (work, { market }) => {
      if (market === 'NOR') await blocked;
      return same(done())(work);
    },
    { maxWaitingPerLane: 20 },
  );
  await bench.notify(numbers(60));
  await bench.notify(numbers(15), { market: 'SWE' });
  await until('the other market', () => bench.deliveries('done').length === 15);
  expect(bench.events.some(({ type }) => type === 'flow.full')).toBe(true);
  letGo();
  await until('everything', () => new Set(bench.deliveries('done').map(({ key }) => key)).size === 75);
});

test('deferred work is not forgotten when the process ends', async () => {
  const flow = bench.flow();
  const first = await bench.run(flow, same(deferred({ code: 'SITOO_UNREACHABLE', message: 'Sitoo is away' })), { timeScale: 0.1 });
  await bench.notify([1, 2, 3]);
  await until('deferred', () => bench.deliveries('deferred').length === 3);
  await first.stop();
  await bench.run(flow, same(done()), { timeScale: 0.1 });
  await until('done', () => bench.deliveries('done').length === 3);
});

test('live notices are worked on before bulk ones, and bulk is fetched only while no live work waits', async () => {
  const order: string[] = [];
  let letGo: () => void = () => undefined;
  const first = new Promise<void>((resolve) => (letGo = resolve));
  await bench.notify(
    numbers(300).map((id) => `bulk${id}`),
    { bulk: true },
  );
  await bench.run(
    bench.flow({ batchSize: 10 }),
    async (work) => {
      if (order.length === 0) await first;
      order.push(...work.map(({ key }) => key.id));
      return same(done())(work);
    },
    { maxBulkWaiting: 50 },
  );
  await bench.notify(numbers(60).map((id) => `live${id}`));
  await until('the live ones wait', () => bench.publisher.queued === 0);
  letGo();
  await until('all done', () => new Set(order).size === 360, 40_000);
  const lastLive = order.findLastIndex((id) => id.startsWith('live'));
  const bulkBefore = order.slice(0, lastLive).filter((id) => id.startsWith('bulk')).length;
  expect(bulkBefore).toBeLessThan(200);
});

test('what failed on the bulk twin comes back on the bulk twin', async () => {
  const flow = bench.flow();
  let tries = 0;
  await bench.run(flow, async (work) => {
    tries += 1;
    return same(tries === 1 ? retry({ code: 'LATER', message: 'later' }) : done())(work);
  });
  await bench.notify([1], { bulk: true });
  await until('done', () => bench.deliveries('done').length === 1);
  const admin = bench.kafka.admin();
  await admin.connect();
  const sizes = await Promise.all(
    [bench.contract.topic, bench.contract.bulk.topic].map(async (topic) =>
      (await admin.fetchTopicOffsets(topic)).reduce((sum, { high }) => sum + Number(high), 0),
    ),
  );
  await admin.disconnect();
  expect(sizes).toEqual([0, 2]);
});

test('a second look comes once, a minute later, and asks for no third', async () => {
  const looks: boolean[] = [];
  await bench.run(bench.flow(), async (work) => {
    looks.push(...work.map(({ verifying }) => verifying));
    return same(done('equal', { verify: true }))(work);
  });
  await bench.notify([1]);
  await until('two looks', () => looks.length === 2);
  await bench.notify([2]);
  await until('two looks at the other', () => looks.length === 4);
  expect(looks).toEqual([false, true, false, true]);
});

test('work that a member left unfinished gets a second look by the one that takes over', async () => {
  const flow = bench.flow();
  await bench.notify([1, 2, 3]);
  const looks: string[] = [];
  await bench.run(flow, async (work) => {
    looks.push(...work.map(({ key, verifying }) => `${key.id}${verifying ? ' again' : ''}`));
    return same(done('created'))(work);
  });
  await until('both looks', () => looks.length === 6);
  expect(looks.slice().sort()).toEqual(['1', '1 again', '2', '2 again', '3', '3 again']);
  await bench.notify([4]);
  await until('the fresh one', () => looks.includes('4'));
  expect(looks).not.toContain('4 again');
});

test('deferred work comes back at once when the platform answers again', async () => {
  let away = true;
  const runner = await bench.run(bench.flow(), async (work) => same(away ? deferred({ code: 'AWAY', message: 'away' }) : done())(work), {
    timeScale: 1,
  });
  await bench.notify([1, 2]);
  await until('deferred', () => bench.deliveries('deferred').length === 2);
  away = false;
  const since = Date.now();
  await until('done', async () => {
    await runner.forwardDeferred({ tenant: 'DevShop', market: 'NOR' });
    return bench.deliveries('done').length === 2;
  });
  expect(Date.now() - since).toBeLessThan(8_000);
});

test.each([
  ['throws', () => Promise.reject(new TypeError('poison'))],
  ['hangs', () => new Promise<never>(() => undefined)],
])('one key that %s parks alone: its neighbours in the batch lose no attempt and are done', async (_name, misbehave) => {
  const flow = bench.flow({ batchSize: 20, deadlineMs: 400, retry: { attempts: 3 } });
  await bench.run(flow, async (work) => {
    if (work.some(({ key }) => key.id === '13')) return misbehave();
    return same(done())(work);
  });
  await bench.notify(numbers(40));
  await until('the culprit is parked', () => bench.deliveries('parked').length > 0, 30_000);
  await until('the neighbours are done', () => bench.deliveries('done').length === 39, 30_000);
  expect(bench.deliveries('parked').map(({ key }) => key)).toEqual(['DevShop/NOR/13']);
  expect(bench.deliveries('done').every(({ attempt }) => attempt === 0)).toBe(true);
});

test.each([
  [undefined, 1],
  [false, 0],
])('a flow that says takesSlot: %s has a slot taken for its batch %i times', async (takesSlot, times) => {
  let taken = 0;
  const takeSlot = async () => {
    taken += 1;
    return { value: 'slot', release: () => undefined };
  };
  await bench.run(bench.flow({ takesSlot }), same(done()), { takeSlot });
  await bench.notify([1]);
  await until('it is handled', () => bench.deliveries('done').length === 1);
  expect(taken).toBe(times);
});
