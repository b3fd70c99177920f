import { createLogger } from '@connector/platform';
import type { INestApplication } from '@nestjs/common';
import { PATH_METADATA, METHOD_METADATA } from '@nestjs/common/constants';
import { RequestMethod } from '@nestjs/common';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { PublishFailed } from '@connector/event-bus';
import type { Answer, Tasks } from '../tasks/tasks';
import type { ShownTask } from '../tasks/shown';
import { startApi } from './api';
import { TasksController } from './tasks.controller';

interface Document {
  openapi: string;
  paths: Record<string, Record<string, { responses: Record<string, object> }>>;
  components: { schemas: Record<string, object> };
}
const document = parse(readFileSync(path.join(__dirname, '../../../../docs/api/scheduler.yaml'), 'utf8')) as Document;

const run = {
  market: 'NOR',
  firing: 'order-reconciliation@2026-11-24T10:00Z',
  by: 'schedule',
  state: 'finished',
  result: 'done',
  counts: { read: 5 },
} as const;
const task: ShownTask = {
  tenant: 'DevShop',
  id: 'order-reconciliation',
  implementationType: 'OrderReconciliationScheduledTask',
  executor: 'order-sync',
  schedule: { expression: '*/10 * * * *', timeZone: 'UTC', words: 'Every 10 minutes (UTC)', next: ['2026-11-24T10:10:00.000Z'] },
  catchUp: 'once',
  fires: true,
  rest: null,
  isDisabled: false,
  origin: 'file',
  changedAt: null,
  changedBy: null,
  markets: [{ market: 'NOR', running: null, last: { ...run, finishedAt: '2026-11-24T10:00:20.000Z' } }],
};

let answer: Answer<ShownTask>;
let asked: unknown[];
let kafkaIsAway: boolean;
const act = async (...what: unknown[]): Promise<Answer<ShownTask>> => {
  asked.push(what);
  if (kafkaIsAway) throw new PublishFailed('PUBLISH_TIMED_OUT');
  return answer;
};
const tasks = {
  environment: 'demo',
  leading: true,
  list: () => [task],
  get: () => answer,
  history: () => ({ ok: true, value: [{ ...run, startedAt: '2026-11-24T10:00:01.000Z' }] }),
  runNow: (...what: unknown[]) => act('run', ...what),
  setDisabled: (...what: unknown[]) => act('disable', ...what),
} as unknown as Tasks;

const token = 'token-of-a-test';
let api: INestApplication;
let url: string;
beforeAll(async () => {
  api = await startApi(tasks, { apiToken: token, httpHost: '127.0.0.1', httpPort: 0 }, createLogger('spec', 'silent'));
  url = await api.getUrl();
});
afterAll(() => api.close());
beforeEach(() => {
  answer = { ok: true, value: task };
  asked = [];
  kafkaIsAway = false;
});

async function call(
  method: string,
  route: string,
  body?: object,
  authorization = `Bearer ${token}`,
): Promise<{ status: number; body: unknown }> {
  const headers = { authorization, ...(body ? { 'content-type': 'application/json' } : {}) };
  const response = await fetch(`${url}${route}`, { method, headers, body: body && JSON.stringify(body) });
  return { status: response.status, body: await response.json() };
}

const at = '/tasks/DevShop/order-reconciliation';

test('run, enable and disable reach the task, with or without a body', async () => {
  expect((await call('POST', `${at}/run`, { market: 'NOR' })).status).toBe(202);
  expect((await call('POST', `${at}/run`)).status).toBe(202);
  expect((await call('POST', `${at}/disable`, { by: 'night shift' })).status).toBe(200);
  expect((await call('POST', `${at}/enable`)).status).toBe(200);
  expect(asked).toEqual([
    ['run', 'DevShop', 'order-reconciliation', 'NOR'],
    ['run', 'DevShop', 'order-reconciliation', undefined],
    ['disable', 'DevShop', 'order-reconciliation', true, 'night shift'],
    ['disable', 'DevShop', 'order-reconciliation', false, undefined],
  ]);
});

test.each([
  ['run', { market: 5 }],
  ['run', { market: '' }],
  ['run', { nonsense: true }],
  ['enable', { by: 'x'.repeat(65) }],
])('a body of %s that is %j is refused', async (action, body) => {
  expect((await call('POST', `${at}/${action}`, body)).status).toBe(400);
  expect(asked).toEqual([]);
});

test.each([
  ['TASK_NOT_FOUND', 404],
  ['MARKET_NOT_FOUND', 404],
  ['ALREADY_RUNNING', 409],
  ['EXECUTOR_MISSING', 409],
] as const)('%s is answered %i with its code', async (code, status) => {
  answer = { ok: false, refusal: { code, message: 'why' } };
  expect(await call('POST', `${at}/run`)).toEqual({ status, body: { code, message: 'why' } });
});

test('with Kafka away a change is answered 503 and can be tried again', async () => {
  kafkaIsAway = true;
  expect(await call('POST', `${at}/disable`)).toMatchObject({ status: 503, body: { code: 'PUBLISH_TIMED_OUT' } });
});

test.each(['', 'Bearer wrong', `Basic ${token}`, token])('authorization "%s" is turned away from reading too', async (authorization) =>
  expect((await call('GET', '/tasks', undefined, authorization)).status).toBe(401),
);

test('without a token the API listens on the loopback address, whatever the setting says', async () => {
  const open = await startApi(tasks, { apiToken: '', httpHost: '0.0.0.0', httpPort: 0 }, createLogger('spec', 'silent'));
  try {
    expect(open.getHttpServer().address()).toMatchObject({ address: '127.0.0.1' });
    expect((await fetch(`${await open.getUrl()}/tasks`)).status).toBe(200);
  } finally {
    await open.close();
  }
});

describe('docs/api/scheduler.yaml', () => {
  const routes = Object.getOwnPropertyNames(TasksController.prototype).flatMap((name) => {
    const handler: object = TasksController.prototype[name as keyof TasksController];
    const route: unknown = Reflect.getMetadata(PATH_METADATA, handler);
    if (name === 'constructor' || typeof route !== 'string') return [];
    const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as number] ?? '';
    return [`${method} /tasks${route === '/' ? '' : `/${route}`}`.replace(/:(\w+)/g, '{$1}')];
  });

  it('describes exactly the routes that there are', () => {
    const described = Object.entries(document.paths).flatMap(([route, methods]) =>
      Object.keys(methods)
        .filter((name) => name !== 'parameters')
        .map((method) => `${method.toUpperCase()} ${route}`),
    );
    expect(routes).toHaveLength(6);
    expect(described.sort()).toEqual(routes.sort());
  });

  it.each([
    ['GET', '/tasks', 'TaskList'],
    ['GET', at, 'Task'],
    ['POST', `${at}/run`, 'Task'],
    ['GET', `${at}/history`, 'History'],
  ])('describes what %s %s answers', async (method, route, schema) => {
    const ajv = new Ajv({ strict: false, allErrors: true });
    addFormats(ajv);
    ajv.addSchema({ $id: 'api', components: document.components });
    const validate = ajv.compile({ $ref: `api#/components/schemas/${schema}` });
    const { body } = await call(method, route);
    expect([validate(body), validate.errors]).toEqual([true, null]);
  });
});
