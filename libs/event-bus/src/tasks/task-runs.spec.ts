import {
  formatFiring,
  formatFiringByHand,
  parseKey,
  type Checkpoint,
  type Fact,
  type TaskProgress,
  type TaskRequest,
} from '@connector/contracts';
import type { WorkItem } from '../flows/flow';
import type { OutgoingRecord } from '../kafka/publisher';
import { isSeen, noFirings, withSeen } from './seen-firings';
import { TaskRuns } from './task-runs';

const minute = Date.UTC(2026, 10, 24, 3, 0);
const sweep = formatFiring('order-reconciliation.sweep', minute);
const text = 'DevShop/NOR/order-reconciliation';

let now: number;
let told: TaskProgress[];
let saved: Map<string, Checkpoint>;
let records: OutgoingRecord[];
let runs: TaskRuns;
beforeEach(() => {
  now = minute + 1_000;
  told = [];
  saved = new Map();
  records = [];
  const publish = async (some: readonly OutgoingRecord[]) => {
    records.push(...some);
    told.push(...some.map(({ value }) => JSON.parse(String(value)) as TaskProgress));
  };
  const checkpoints = {
    get: (name: string) => saved.get(name),
    save: async (name: string, checkpoint: Checkpoint) => void saved.set(name, checkpoint),
  };
  runs = new TaskRuns({ publisher: { publish }, checkpoints: async () => checkpoints }, 'order-sync.reconciliation', () => now);
});

function work(ids: readonly string[], verifying = false): WorkItem {
  const facts: Fact[] = ids.map((id) => ({ id, kind: 'schedule', at: minute }));
  return { key: parseKey(text)!, text, facts, attempt: 0, firstSeenAt: minute, verifying };
}

test('a run tells its start, how far it is with an estimate, and its end', async () => {
  const run = await runs.open(work([sweep]));
  await run?.started();
  now = minute + 60_000;
  await run?.progress({ done: 250, total: 1_000, unit: 'orders' });
  await run?.finished('done', { counts: { read: 1_000 } });
  expect(told).toMatchObject([
    { firing: sweep, state: 'started', task: 'order-reconciliation', market: 'NOR', by: 'order-sync.reconciliation', at: minute + 1_000 },
    { firing: sweep, state: 'progress', done: 250, total: 1_000, unit: 'orders', estimatedAt: minute + 240_000 },
    { firing: sweep, state: 'finished', result: 'done', counts: { read: 1_000 } },
  ]);
});

test('a firing that is finished is ignored when it comes again, also in another process; until then it is not', async () => {
  expect(await runs.open(work([sweep]))).toBeDefined();
  await (await runs.open(work([sweep])))?.finished('done');
  expect(await runs.open(work([sweep]))).toBeUndefined();
  const next = formatFiring('order-reconciliation.sweep', minute + 86_400_000);
  expect((await runs.open(work([sweep, next])))?.firings).toEqual([next]);
});

test('firings that collapsed are all told and all remembered', async () => {
  const plain = formatFiring('order-reconciliation', minute);
  await (await runs.open(work([plain, sweep])))?.finished('done');
  expect(told.map(({ firing }) => firing)).toEqual([plain, sweep]);
  expect(await runs.open(work([plain]))).toBeUndefined();
});

test('work that nobody scheduled, and a second look, are done and tell nothing', async () => {
  await (await runs.open(work([sweep])))?.finished('done');
  told = [];
  for (const item of [work(['gateway::5']), work([sweep], true), work([sweep, 'gateway::5'])]) {
    const run = await runs.open(item);
    expect(run?.firings).toEqual([]);
    await run?.started();
    await run?.finished('done');
  }
  expect(told).toEqual([]);
});

test('a try that fails is told with its code, thrown on, and not taken for done', async () => {
  const fails = async () => {
    throw Object.assign(new Error('secret answer'), { code: 'SITOO_TIMEOUT' });
  };
  await expect((await runs.open(work([sweep])))?.attempt(fails)).rejects.toThrow('secret answer');
  expect(told).toMatchObject([{ state: 'interrupted', reason: { code: 'SITOO_TIMEOUT' } }]);
  expect(JSON.stringify(told)).not.toContain('secret');
  expect(await runs.open(work([sweep]))).toBeDefined();
});

test('the next slice is asked for with every firing and scope that is not done, and is no new start', async () => {
  const plain = formatFiring('order-reconciliation', minute);
  await (await runs.open(work([plain])))?.finished('done');
  records = [];
  const item = work([plain, sweep, 'gateway::5']);
  const facts = item.facts.map((fact) => (fact.id === sweep ? { ...fact, event: 'sweep' } : fact));
  await (await runs.open({ ...item, facts }))?.askForMore();
  const requests = records.map(({ value }) => JSON.parse(String(value)) as TaskRequest);
  expect(requests.map(({ firing, scope, task }) => [task, firing, scope])).toEqual([
    ['order-reconciliation', sweep, 'sweep'],
    ['order-reconciliation', undefined, undefined],
  ]);
  records = [];
  const next = await runs.open({ ...item, facts: [{ id: sweep, kind: requests[0]!.by, at: now, event: 'sweep' }] });
  expect(next?.isContinued).toBe(true);
  await next?.started();
  expect(records).toEqual([]);
});

test('an older minute was overtaken; runs by hand are told apart', () => {
  const hand = (n: number) => formatFiringByHand('product-export', `n${n}`);
  const seen = withSeen(noFirings, [formatFiring('a', minute), hand(1)]);
  expect(isSeen(seen, formatFiring('a', minute - 60_000))).toBe(true);
  expect(isSeen(seen, formatFiring('a', minute + 60_000))).toBe(false);
  expect(isSeen(seen, formatFiring('b', minute))).toBe(false);
  expect([isSeen(seen, hand(1)), isSeen(seen, hand(2))]).toEqual([true, false]);
  const many = withSeen(
    seen,
    Array.from({ length: 30 }, (_, n) => hand(n + 10)),
  );
  expect(many.byHand).toHaveLength(20);
});
