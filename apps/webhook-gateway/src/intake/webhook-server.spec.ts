import { Secret, webhookTokenForms, type MarketConfig } from '@connector/connector-config';
import { PublishFailed, type OutgoingRecord } from '@connector/event-bus';
import { createLogger, open } from '@connector/platform';
import type { FastifyInstance } from 'fastify';
import { Registry } from 'prom-client';
import { aConfiguration } from './configuration.fixture';
import { Intake, keptBytes } from './intake';
import { IntakeMetrics } from './intake-metrics';
import { createWebhookServer } from './webhook-server';

const masterKey = Buffer.alloc(32, 1);
const event = {
  event_id: 'e1',
  event_type: 'order',
  event_date: 1_700_000_000,
  account_id: 1500,
  data: { eshop_id: 1, order_id: 7, order_event_type: 'add' },
};
const authorization = 'Basic new-token-of-sixteen';

function market(overrides: Partial<MarketConfig> = {}): MarketConfig {
  const tokens = { webhookTokens: [new Secret('new-token-of-sixteen'), new Secret('old-token-of-sixteen')] };
  return {
    tenant: 'DevShop',
    market: 'NOR',
    state: 'active',
    sitoo: { accountNumber: 1500, siteId: 1 },
    ...tokens,
    ...overrides,
  } as unknown as MarketConfig;
}

interface Scene {
  server: FastifyInstance;
  records: OutgoingRecord[];
  registry: Registry;
}
let open_: Scene[] = [];
afterEach(async () => {
  await Promise.all(open_.map(({ server }) => server.close()));
  open_ = [];
});

function scene({ markets = [market()], publish }: { markets?: MarketConfig[]; publish?: () => Promise<void> } = {}): Scene {
  const records: OutgoingRecord[] = [];
  const registry = new Registry();
  const server = createWebhookServer({
    configuration: aConfiguration(markets),
    intake: new Intake(masterKey),
    publish: publish ?? (async (batch) => void records.push(...batch)),
    metrics: new IntakeMetrics(registry, () => 0),
    logger: createLogger('test', 'silent'),
  });
  const made = { server, records, registry };
  open_.push(made);
  return made;
}

function post(
  { server }: Scene,
  body: unknown,
  { url = '/api/sitoowebhook/DevShop/NOR/events', headers = {} as Record<string, string> } = {},
) {
  const payload = Buffer.isBuffer(body) || typeof body === 'string' ? body : JSON.stringify(body);
  return server.inject({ method: 'POST', url, payload, headers: { authorization, 'content-type': 'application/json', ...headers } });
}
const reasons = ({ records }: Scene) =>
  records.filter(({ topic }) => topic.startsWith('sitoo.event.unrecognised')).map(({ value }) => JSON.parse(String(value)).reason.code);
const keys = ({ records }: Scene) => records.filter(({ topic }) => topic === 'sitoo.order.changed.v1').map(({ key }) => key);

test.each([
  '/api/sitoowebhook/DevShop/NOR',
  '/api/sitoowebhook/DevShop/NOR/',
  '/api/sitoowebhook/DevShop/NOR//events',
  '/API/SitooWebhook/devshop/nor/Events/',
])('takes events at %s', async (url) => {
  const made = scene();
  expect((await post(made, [event], { url })).statusCode).toBe(200);
  expect(keys(made)).toEqual(['DevShop/NOR/7']);
});

test('an answer of 200 is empty and comes only after the records are stored', async () => {
  let stored: () => void = () => undefined;
  const made = scene({ publish: () => new Promise((resolve) => (stored = resolve)) });
  let answered = false;
  const answer = post(made, [event]).then((response) => {
    answered = true;
    return response;
  });
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(answered).toBe(false);
  stored();
  const { statusCode, body } = await answer;
  expect([statusCode, body]).toEqual([200, '']);
});

test.each([...webhookTokenForms('new-token-of-sixteen'), ...webhookTokenForms('old-token-of-sixteen')])(
  'takes a token in the form $form',
  async ({ header }) => {
    expect((await post(scene(), [event], { headers: { authorization: header } })).statusCode).toBe(200);
  },
);

test.each([
  ['an unknown market', { url: '/api/sitoowebhook/DevShop/DEN/events' }, [market()]],
  ['an unknown tenant', { url: '/api/sitoowebhook/Nobody/NOR/events' }, [market()]],
  ['a market whose configuration is invalid', {}, [market({ state: 'invalid' } as Partial<MarketConfig>)]],
  ['a disabled market', {}, [market({ state: 'disabled' } as Partial<MarketConfig>)]],
  ['a wrong token', { headers: { authorization: 'Basic guess' } }, [market()]],
  ['no token', { headers: { authorization: '' } }, [market()]],
  ['the address of another webhook', { url: '/api/otherwebhook/DevShop/NOR' }, [market()]],
  ['a path too deep', { url: '/api/sitoowebhook/DevShop/NOR/events/more' }, [market()]],
])('%s is answered 503 with an alarm, and nothing is stored', async (_name, request, markets) => {
  const made = scene({ markets });
  const { statusCode, headers } = await post(made, [event], request);
  expect(statusCode).toBe(503);
  expect(headers['retry-after']).toBe('10');
  expect(made.records).toEqual([]);
  expect(await made.registry.getSingleMetricAsString('gateway_alarms_total')).toMatch(/gateway_alarms_total\{.*\} 1/);
});

test('a paused market still stores its events', async () => {
  const made = scene({ markets: [market({ state: 'paused' } as Partial<MarketConfig>)] });
  expect((await post(made, [event])).statusCode).toBe(200);
  expect(keys(made)).toHaveLength(1);
});

test.each(['PUBLISH_TIMED_OUT', 'PUBLISH_QUEUE_FULL', 'PUBLISH_FAILED'] as const)(
  '%s is answered 503, so that Sitoo sends again',
  async (code) => {
    const made = scene({ publish: () => Promise.reject(new PublishFailed(code)) });
    expect((await post(made, [event])).statusCode).toBe(503);
  },
);

test('a single object counts as an array of one', async () => {
  const made = scene();
  expect((await post(made, event)).statusCode).toBe(200);
  expect(keys(made)).toEqual(['DevShop/NOR/7']);
});

test('more than ten elements are taken, all of them', async () => {
  const made = scene();
  const many = Array.from({ length: 25 }, (_, index) => ({
    ...event,
    event_id: `e${index}`,
    data: { ...event.data, order_id: index + 1 },
  }));
  expect((await post(made, many)).statusCode).toBe(200);
  expect(keys(made)).toHaveLength(25);
});

test('a malformed element never fails its batch: the neighbours go through and it is kept', async () => {
  const made = scene();
  const answer = await post(made, [
    event,
    { ...event, event_date: 'yesterday' },
    17,
    { ...event, event_id: 'e2', data: { ...event.data, order_id: 8 } },
  ]);
  expect(answer.statusCode).toBe(200);
  expect(keys(made)).toEqual(['DevShop/NOR/7', 'DevShop/NOR/8']);
  expect(reasons(made)).toEqual(['EVENT_DATE_MALFORMED', 'EVENT_NOT_AN_OBJECT']);
});

test('an event of another account is kept and visible, and its neighbour goes through', async () => {
  const made = scene();
  expect((await post(made, [{ ...event, account_id: 99 }, event])).statusCode).toBe(200);
  expect(reasons(made)).toEqual(['EVENT_ACCOUNT_UNKNOWN']);
  expect(keys(made)).toEqual(['DevShop/NOR/7']);
});

test('an event type nobody knows is kept under its name', async () => {
  const made = scene();
  expect((await post(made, [{ ...event, event_type: 'gift-card' }])).statusCode).toBe(200);
  expect(JSON.parse(String(made.records[0]?.value))).toMatchObject({ eventType: 'gift-card', reason: { code: 'EVENT_TYPE_UNKNOWN' } });
});

test.each([
  ['not JSON', 'order=7', 'application/x-www-form-urlencoded'],
  ['no body at all', '', 'application/json'],
  ['a number', '42', 'application/json'],
  ['bytes without a type', Buffer.from([0, 1, 255]), 'application/octet-stream'],
])('%s with a valid token is kept, sealed, answered 200, and a reconciliation is asked for', async (_name, body, type) => {
  const made = scene();
  expect((await post(made, body, { headers: { 'content-type': type } })).statusCode).toBe(200);
  expect(reasons(made)).toEqual(['BODY_NOT_EVENTS']);
  const { sealed } = JSON.parse(String(made.records[0]?.value));
  expect(open(sealed, masterKey)).toEqual(Buffer.from(body));
  expect(made.records[1]).toMatchObject({ topic: 'sync.task.requested.v1', key: 'DevShop/NOR/order-reconciliation' });
});

test('a megabyte of junk is answered 200, and its first 256 KB are kept', async () => {
  const made = scene();
  const junk = Buffer.alloc(1024 * 1024, 'x');
  expect((await post(made, junk)).statusCode).toBe(200);
  const kept = JSON.parse(String(made.records[0]?.value));
  expect(kept).toMatchObject({ bytes: junk.length, reason: { code: 'BODY_TOO_LARGE' } });
  expect(open(kept.sealed, masterKey)).toHaveLength(keptBytes);
});

test('an array of far more elements than a batch can have is kept as one piece', async () => {
  const made = scene();
  expect((await post(made, JSON.stringify(Array(5_000).fill(1)))).statusCode).toBe(200);
  expect(reasons(made)).toEqual(['BODY_NOT_EVENTS']);
});

test('what was kept says nothing in clear', async () => {
  const made = scene();
  await post(made, '{"email":"planted@example.com"');
  await post(made, [{ ...event, event_type: 'odd', data: { email: 'planted@example.com' } }]);
  expect(made.records.map(({ key, value, headers }) => `${key} ${String(value)} ${JSON.stringify(headers)}`).join()).not.toContain(
    'planted',
  );
});

test('only POST is served', async () => {
  const { server } = scene();
  expect((await server.inject({ method: 'GET', url: '/api/sitoowebhook/DevShop/NOR' })).statusCode).toBe(404);
  expect((await server.inject({ method: 'GET', url: '/metrics' })).statusCode).toBe(404);
});
