import { exportConnector } from './raw-record';
import { codes, globalRecord, load, nor, omniumRecord, soundFiles } from './testing/folder';

/** Omnium's Sitoo page, word for word. */
const seed = [
  { schedule: '*/45 * * * *', implementationType: 'SitooProductExporterScheduledTask', isDisabled: false },
  { schedule: '* * * * *', implementationType: 'SitooFullProductExportScheduledTask', isDisabled: true },
];
const file = 'tenants/DevShop/scheduled-tasks.json';
const read = async (content: unknown) => {
  const configuration = await load({ ...soundFiles(), [file]: content });
  return { configuration, tasks: configuration.tenants[0]?.scheduledTasks ?? [] };
};
const order = { schedule: '*/10 * * * *', implementationType: 'OrderReconciliationScheduledTask' };
const property = (key: string, value: string) => ({ properties: [{ key, value }] });

test("the seed's blocks are read as they are, and said to have nobody who does them", async () => {
  const { configuration, tasks } = await read(seed);
  expect(tasks).toMatchObject([
    { id: 'product-export', task: 'product-export', scope: undefined, isDisabled: false, catchUp: 'once', executor: undefined },
    { id: 'product-export.full', task: 'product-export', scope: 'full', isDisabled: true, catchUp: 'skip', executor: undefined },
  ]);
  expect(configuration.problems).toMatchObject([
    { severity: 'warning', code: 'TASK_NOT_DONE', file, path: '[0].implementationType' },
    { severity: 'warning', code: 'TASK_NOT_DONE', file, path: '[1].implementationType' },
  ]);
});

test('unknown keys survive, and keys are read in any case', async () => {
  const block = { Schedule: '0 3 * * *', ImplementationType: 'OrderReconciliationScheduledTask', IsDisabled: true, note: { of: 'ours' } };
  const { tasks } = await read([block]);
  expect(tasks).toMatchObject([{ id: 'order-reconciliation', isDisabled: true }]);
  expect(exportConnector(tasks[0]!.record)).toEqual(block);
});

test('scope, time zone and catch-up are properties, and a scope makes a task of its own', async () => {
  const sweep = {
    ...order,
    properties: [
      { key: 'scope', value: 'sweep' },
      { key: 'TimeZone', value: 'europe/oslo' },
      { key: 'CatchUp', value: 'skip' },
      { key: 'MarginDays', value: 3 },
    ],
  };
  const { configuration, tasks } = await read([order, sweep]);
  expect(configuration.problems).toEqual([]);
  expect(tasks).toMatchObject([
    { id: 'order-reconciliation', schedule: { timeZone: 'UTC' }, catchUp: 'once', executor: 'order-sync' },
    { id: 'order-reconciliation.sweep', scope: 'sweep', schedule: { timeZone: 'Europe/Oslo' }, catchUp: 'skip' },
  ]);
});

test('a type that nobody knows is kept, shown and warned about', async () => {
  const { configuration, tasks } = await read([{ schedule: '0 3 * * 0', implementationType: 'DeleteEventLogScheduledTask' }]);
  expect(tasks).toMatchObject([{ id: 'DeleteEventLogScheduledTask', task: undefined, executor: undefined }]);
  expect(codes(configuration)).toEqual(['TASK_UNKNOWN']);
});

test.each([
  [{ ...order, schedule: '61 * * * *' }, 'SCHEDULE_INVALID', '[0].schedule'],
  [{ ...order, schedule: 5 }, 'RECORD_SHAPE', '[0].schedule'],
  [{ ...order, isDisabled: 'yes' }, 'RECORD_SHAPE', '[0].isDisabled'],
  [{ schedule: '* * * * *' }, 'RECORD_SHAPE', '[0].implementationType'],
  [{ ...order, ...property('TimeZone', 'Oslo') }, 'TASK_PROPERTY', '[0].properties[0].value'],
  [{ ...order, ...property('Scope', 'everything') }, 'TASK_PROPERTY', '[0].properties[0].value'],
  [{ ...order, ...property('CatchUp', 'twice') }, 'TASK_PROPERTY', '[0].properties[0].value'],
  [{ ...order, Schedule: '0 3 * * *' }, 'KEY_TWICE', '[0].schedule'],
  ['text', 'TASKS_SHAPE', '[0]'],
])('%j is an error with its place, and stops neither the other tasks nor a market', async (block, code, path) => {
  const { configuration, tasks } = await read([block, { ...order, ...property('Scope', 'sweep') }]);
  expect(configuration.problems).toMatchObject([{ severity: 'error', code, file, path }]);
  expect(tasks.map(({ id }) => id)).toEqual(['order-reconciliation.sweep']);
  expect(nor(configuration).state).toBe('active');
});

test('the same task twice is refused', async () => {
  const { configuration, tasks } = await read([order, { ...order, schedule: '0 3 * * *' }]);
  expect(codes(configuration)).toEqual(['TASK_TWICE']);
  expect(tasks).toHaveLength(1);
});

test('the environment that may fire is a property of the omnium record', async () => {
  const omnium = omniumRecord();
  const properties = [...(omnium['properties'] as object[]), { key: 'ScheduledTasksEnvironment', value: 'production' }];
  const files = { ...soundFiles(), 'tenants/DevShop/connectors.json': [globalRecord(), { ...omnium, properties }] };
  expect((await load(files)).tenants[0]?.scheduledTasksEnvironment).toBe('production');
  expect((await load(soundFiles())).tenants[0]?.scheduledTasksEnvironment).toBeUndefined();
});
