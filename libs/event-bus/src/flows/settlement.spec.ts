import { defineNotice, outcomeRecorded } from '@connector/contracts';
import type { OutgoingRecord } from '../kafka/publisher';
import { defineFlow } from './flow';
import type { Work } from './lanes';
import { deferred, done, park, redirect, retry, skipped, type Outcome } from './outcome';
import { Settlement } from './settlement';

const flow = defineFlow({
  group: 'app.flow',
  contract: defineNotice('spec.thing'),
  batchSize: 10,
  concurrency: 1,
  deadlineMs: 1_000,
  retry: { attempts: 3 },
});
const why = { code: 'WHY', message: 'because' };
const key = { tenant: 'DevShop', market: 'NOR', id: '1' };

function scene({ publishes = true, parked = false } = {}) {
  const log: string[] = [];
  const records: OutgoingRecord[] = [];
  const road = {
    publish: async (batch: readonly OutgoingRecord[]) => {
      log.push('publish');
      records.push(...batch);
      return publishes;
    },
    finish: ({ offset }: { offset: number }) => void log.push(`finish ${offset}`),
    parked: { has: () => parked, facts: () => (parked ? [{ id: 'parked', kind: 'order-delivery', at: 1 }] : []), note: () => undefined },
    report: () => void log.push('report'),
  };
  return { log, records, settlement: new Settlement(flow, { timeScale: 1, recordOutcomes: true }, road) };
}

function work(overrides: Partial<Work> = {}): Work {
  const ref = { topic: flow.contract.topic, partition: 0, offset: 7, epoch: 1 };
  const facts = [{ id: 'a', kind: 'order', at: 5 }];
  return {
    text: 'DevShop/NOR/1',
    key,
    facts,
    refs: [ref],
    attempt: 0,
    deferrals: 0,
    firstSeenAt: 1,
    bulk: false,
    verifying: false,
    batchLimit: Infinity,
    takenOver: false,
    ...overrides,
  };
}

async function settle(outcome: Outcome, overrides: Partial<Work> = {}, options = {}) {
  const made = scene(options);
  const piece = work(overrides);
  await made.settlement.settle([piece], new Map([[piece.text, outcome]]), Date.now());
  return { ...made, topics: made.records.map(({ topic }) => topic).filter((topic) => topic !== outcomeRecorded.topic) };
}

test('source records are finished only after Kafka has what follows from them', async () => {
  const { log } = await settle(park(why));
  expect(log).toEqual(['publish', 'finish 7', 'report']);
});

test('when the records did not get through nothing is finished, so that the work is read again', async () => {
  const { log } = await settle(done(), {}, { publishes: false });
  expect(log).toEqual(['publish']);
});

test.each<[string, Outcome, Partial<Work>, string[]]>([
  ['done leaves nothing behind', done(), {}, []],
  ['skipped leaves nothing behind', skipped(why), {}, []],
  ['park goes to the parked list', park(why), {}, ['sync.notice.parked.v1']],
  ['a first retry waits 10 s', retry(why), {}, ['sync.delay.10s.v1']],
  ['an outage waits 10 s', deferred(why), {}, ['sync.delay.10s.v1']],
  ['a later outage waits a minute', deferred(why), { deferrals: 1 }, ['sync.delay.1m.v1']],
  ['used-up attempts park', retry(why), { attempt: 2 }, ['sync.notice.parked.v1']],
  ['a redirect goes to the other key on the same topic', redirect({ ...key, id: '9' }), {}, ['spec.thing.v1']],
  ['a redirect of bulk work stays bulk', redirect({ ...key, id: '9' }), { bulk: true }, ['spec.thing.bulk.v1']],
  ['a second look is asked for', done('equal', { verify: true }), {}, ['sync.delay.1m.v1']],
  ['taken-over work gets a second look', done('created'), { takenOver: true }, ['sync.delay.1m.v1']],
  ['a second look asks for no third', done('equal', { verify: true }), { verifying: true, takenOver: true }, []],
])('%s', async (_name, outcome, overrides, topics) => {
  expect((await settle(outcome, overrides)).topics).toEqual(topics);
});

test('finished work takes its key off the parked list, and only when it is on it', async () => {
  const { records } = await settle(done(), {}, { parked: true });
  expect(records[0]).toEqual({ topic: 'sync.notice.parked.v1', key: 'app.flow|DevShop/NOR/1', value: null });
});

test('what was parked for a key is handed to its handler with the next notice, and travels on with a redirect', async () => {
  const { settlement, records } = scene({ parked: true });
  const piece = work();
  settlement.joinParked([piece]);
  expect(piece.facts.map(({ id }) => id)).toEqual(['parked', 'a']);
  await settlement.settle([piece], new Map([[piece.text, redirect({ ...key, id: '9' })]]), 0);
  expect(JSON.parse(String(records[0]?.value)).facts.map(({ id }: { id: string }) => id)).toEqual(['parked', 'a']);
  expect(records[1]).toEqual({ topic: 'sync.notice.parked.v1', key: 'app.flow|DevShop/NOR/1', value: null });
});

test('a redirect carries what the other key would not see by itself; finished work has other keys looked at', async () => {
  const refund = { id: 'refund-9', kind: 'refund', at: 6, orderId: 9 };
  const handedOn = await settle(redirect({ ...key, id: '7' }, [refund]));
  expect(JSON.parse(String(handedOn.records[0]?.value)).facts).toEqual([{ id: 'a', kind: 'order', at: 5 }, refund]);
  const { records } = await settle(done('created', { tell: [{ key: { ...key, id: '3' }, facts: [refund] }] }));
  expect(records[0]).toMatchObject({ topic: 'spec.thing.v1', key: 'DevShop/NOR/3' });
  expect(JSON.parse(String(records[0]?.value)).facts).toEqual([refund]);
});

test('work that nothing was parked for keeps its own facts', () => {
  const { settlement } = scene();
  const piece = work();
  settlement.joinParked([piece]);
  expect(piece.facts.map(({ id }) => id)).toEqual(['a']);
});

test('a fresh notice that fails while the key already waits adds its facts, and no attempt', async () => {
  const { settlement, records } = scene();
  const first = work();
  await settlement.settle([first], new Map([[first.text, retry(why)]]), 0);
  const fresh = work({ facts: [{ id: 'b', kind: 'order', at: 6 }] });
  await settlement.settle([fresh], new Map([[fresh.text, retry(why)]]), 0);
  const [older, newer] = records.filter(({ topic }) => topic === 'sync.delay.10s.v1');
  expect([older?.headers?.['attempt'], newer?.headers?.['attempt']]).toEqual(['1', '1']);
  expect(JSON.parse(String(newer?.value)).facts.map(({ id }: { id: string }) => id)).toEqual(['a', 'b']);
  const meta = { attempt: 1, deferrals: 0, firstSeenAt: 1, source: 'delay' };
  const back = (headers: Record<string, string> | undefined) => ({
    key,
    text: first.text,
    facts: first.facts,
    meta: { ...meta, chain: headers?.['chain'] },
  });
  expect(settlement.supersedes(back(older?.headers), Date.now())).toBe(true);
  expect(settlement.supersedes(back(newer?.headers), Date.now())).toBe(false);
});

test('every delivery leaves one outcome record with its times', async () => {
  const { records } = await settle(park(why), { refs: [1, 2, 3].map((offset) => ({ topic: 't', partition: 0, offset, epoch: 1 })) });
  const outcomes = records.filter(({ topic }) => topic === outcomeRecorded.topic).map(({ value }) => JSON.parse(String(value)));
  expect(outcomes).toMatchObject([
    { group: 'app.flow', key: 'DevShop/NOR/1', outcome: 'parked', reason: why, eventAt: 5, receivedAt: 1, notices: 3 },
  ]);
});

test('a handler that leaves a key out is tried again', async () => {
  const { settlement, records } = scene();
  await settlement.settle([work()], new Map(), 0);
  expect(records[0]?.topic).toBe('sync.delay.10s.v1');
});
