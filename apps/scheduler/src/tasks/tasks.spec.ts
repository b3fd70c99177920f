import { Configuration, type MarketConfig, type Tenant } from '@connector/connector-config';
import { parseFiring, syncTaskRequested, type TaskRequest } from '@connector/contracts';
import type { OutgoingRecord } from '@connector/event-bus';
import { Changes } from './changes';
import { Runs } from './runs';
import { Tasks } from './tasks';
import { aTask } from './world.fixture';

const start = Date.UTC(2026, 10, 24, 10, 5);
const market = (id: string, state = 'active') => ({ tenant: 'DevShop', market: id, state }) as MarketConfig;

let now: number;
let requests: TaskRequest[];
let runs: Runs;
let changes: Changes;
let tenant: Tenant;
beforeEach(() => {
  now = start;
  requests = [];
  runs = new Runs(3_600_000);
  changes = new Changes({ publish });
  tenant = {
    id: 'DevShop',
    omnium: undefined,
    markets: [market('NOR'), market('SWE'), market('DEN', 'paused')],
    records: [],
    scheduledTasks: [aTask(), aTask({ id: 'product-export.full', at: '* * * * *', isDisabled: true, executor: undefined })],
    scheduledTasksEnvironment: 'demo',
  };
});

async function publish(records: readonly OutgoingRecord[]): Promise<void> {
  for (const { topic, value } of records) if (topic === syncTaskRequested.topic) requests.push(JSON.parse(String(value)));
}

function tasks(environment = 'demo'): Tasks {
  const configuration = new Configuration([tenant], []);
  return new Tasks({ configuration, environment, changes, runs, publisher: { publish }, leading: () => true, now: () => now });
}

const shown = (environment?: string) => tasks(environment).list()[0];

function tell(state: 'started' | 'progress' | 'finished', about: object = {}): void {
  const { firing = '', task, market } = requests[0]!;
  runs.apply({ firing, task, tenant: 'DevShop', market, state, at: now, by: 'order-sync.reconciliation', ...about });
}

test('a task is shown with its schedule in words, its next five firings and the markets that work', () => {
  expect(shown()).toMatchObject({
    id: 'order-reconciliation',
    executor: 'order-sync',
    fires: true,
    rest: null,
    origin: 'file',
    schedule: {
      words: 'Every 10 minutes (UTC)',
      next: [10, 20, 30, 40, 50].map((minute) => `2026-11-24T10:${minute}:00.000Z`),
    },
    markets: [
      { market: 'NOR', running: null, last: null },
      { market: 'SWE', running: null, last: null },
    ],
  });
});

test('a task that nobody does is shown as such and cannot be run', async () => {
  expect(tasks().list()[1]).toMatchObject({ id: 'product-export.full', executor: null, fires: false, rest: 'no-executor' });
  expect(await tasks().runNow('DevShop', 'product-export.full')).toMatchObject({ ok: false, refusal: { code: 'EXECUTOR_MISSING' } });
  expect(requests).toEqual([]);
});

test.each([['test'], ['']])('in environment "%s" nothing fires by itself, and a person may run it', async (environment) => {
  expect(shown(environment)).toMatchObject({ fires: false, rest: 'other-environment' });
  expect(await tasks(environment).runNow('DevShop', 'order-reconciliation')).toMatchObject({ ok: true });
  expect(requests).toHaveLength(2);
});

test('where no environment is named, nothing fires by itself', () => {
  tenant = { ...tenant, scheduledTasksEnvironment: undefined };
  expect(shown('demo')).toMatchObject({ fires: false, rest: 'other-environment' });
});

test('run now asks for the task once per market under an id of its own, also where it is disabled', async () => {
  tenant = { ...tenant, scheduledTasks: [aTask({ isDisabled: true })] };
  await tasks().runNow('DevShop', 'order-reconciliation');
  expect(requests).toMatchObject([
    { market: 'NOR', by: 'person' },
    { market: 'SWE', by: 'person' },
  ]);
  expect(parseFiring(requests[0]?.firing ?? '')).toEqual({ task: 'order-reconciliation', minute: undefined });
  expect(shown()).toMatchObject({ markets: [{ running: { state: 'requested', by: 'person' } }, {}] });
});

test('what is running is not asked for again; another market is', async () => {
  await tasks().runNow('DevShop', 'order-reconciliation', 'NOR');
  expect(await tasks().runNow('DevShop', 'order-reconciliation', 'NOR')).toMatchObject({ refusal: { code: 'ALREADY_RUNNING' } });
  expect(await tasks().runNow('DevShop', 'order-reconciliation')).toMatchObject({ ok: true });
  expect(requests.map((one) => one.market)).toEqual(['NOR', 'SWE']);
});

test.each([
  ['DevShop', 'nothing', undefined, 'TASK_NOT_FOUND'],
  ['Nobody', 'order-reconciliation', undefined, 'TASK_NOT_FOUND'],
  ['DevShop', 'order-reconciliation', 'DEN', 'MARKET_NOT_FOUND'],
])('run now of %s %s in %s is refused with %s', async (tenantId, id, one, code) =>
  expect(await tasks().runNow(tenantId, id, one)).toMatchObject({ ok: false, refusal: { code } }),
);

test('a run shows since when, how far and until when; then its result; the history is newest first', async () => {
  await tasks().runNow('DevShop', 'order-reconciliation', 'NOR');
  now += 60_000;
  tell('started');
  tell('progress', { done: 250, total: 1_000, unit: 'orders', estimatedAt: start + 300_000 });
  expect(shown()?.markets[0]?.running).toMatchObject({
    state: 'progress',
    startedAt: '2026-11-24T10:06:00.000Z',
    done: 250,
    estimatedAt: '2026-11-24T10:10:00.000Z',
  });
  now += 60_000;
  tell('finished', { result: 'done', counts: { missing: 3 } });
  tell('started');
  expect(shown()?.markets[0]).toMatchObject({ running: null, last: { result: 'done', counts: { missing: 3 } } });
  await tasks().runNow('DevShop', 'order-reconciliation', 'NOR');
  const history = tasks().history('DevShop', 'order-reconciliation');
  expect(history.ok && history.value.map(({ state }) => state)).toEqual(['requested', 'finished']);
});

test('switching a task off and on wins over the file, and says who did it', async () => {
  await tasks().setDisabled('DevShop', 'order-reconciliation', true, 'night shift');
  expect(shown()).toMatchObject({ isDisabled: true, fires: false, rest: 'disabled', origin: 'changed', changedBy: 'night shift' });
  await tasks().setDisabled('DevShop', 'order-reconciliation', false);
  expect(shown()).toMatchObject({ isDisabled: false, fires: true, origin: 'changed', changedBy: null });
  changes.apply({ key: 'DevShop/scheduled-tasks/order-reconciliation', value: null });
  expect(shown()).toMatchObject({ origin: 'file' });
});
