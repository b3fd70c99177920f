import { Secret, type MarketConfig } from '@connector/connector-config';
import type { OutgoingRecord } from '@connector/event-bus';
import { createLogger, open } from '@connector/platform';
import type { FastifyInstance } from 'fastify';
import { Registry } from 'prom-client';
import { aConfiguration } from './configuration.fixture';
import { Intake } from './intake';
import { IntakeMetrics } from './intake-metrics';
import { createWebhookServer } from './webhook-server';

const masterKey = Buffer.alloc(32, 1);
const event = { id: 'e1', timestamp: '2026-02-17T07:23:07Z', className: 'Order', objectId: 'ORD-1', category: 'Updated', market: 'NOR' };
const bearer = { authorization: 'Bearer new-omnium-token' };
const url = '/api/omniumwebhook/DevShop/NOR';

function market(name: string, tokens: string[]): MarketConfig {
  return {
    tenant: 'DevShop',
    market: name,
    state: 'active',
    sitoo: { accountNumber: 1500, siteId: 1 },
    webhookTokens: [new Secret('sitoo-token-of-sixteen')],
    omniumWebhookTokens: tokens.map((token) => new Secret(token)),
  } as unknown as MarketConfig;
}

const opened: FastifyInstance[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.close()));
});

function scene({ publish }: { publish?: () => Promise<void> } = {}) {
  const records: OutgoingRecord[] = [];
  const registry = new Registry();
  const markets = [market('NOR', ['new-omnium-token', 'old-omnium-token']), market('SWE', [])];
  const server = createWebhookServer({
    configuration: aConfiguration(markets),
    intake: new Intake(masterKey),
    publish: publish ?? (async (batch) => void records.push(...batch)),
    metrics: new IntakeMetrics(registry, () => 0),
    logger: createLogger('test', 'silent'),
  });
  opened.push(server);
  const post = (body: unknown, headers: Record<string, string> = bearer, to = url) =>
    server.inject({
      method: 'POST',
      url: to,
      payload: typeof body === 'string' ? body : JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });
  const placed = () => records.map(({ topic, key }) => `${topic} ${key}`);
  return { post, placed, records, registry };
}

test.each(['/api/omniumwebhook/DevShop/NOR', '/API/OmniumWebhook/devshop//nor/'])('takes events at %s and answers empty', async (to) => {
  const { post, placed } = scene();
  const { statusCode, body } = await post(event, bearer, to);
  expect([statusCode, body]).toEqual([200, '']);
  expect(placed()).toEqual(['omnium.order.changed.v1 DevShop/NOR/ORD-1']);
});

test.each([
  ['a bearer token', { authorization: 'Bearer new-omnium-token' }],
  ['the older token', { authorization: 'Bearer old-omnium-token' }],
  ['basic auth', { authorization: `Basic ${Buffer.from('omnium:new-omnium-token').toString('base64')}` }],
  ['a header of its own', { 'x-api-key': 'old-omnium-token' }],
])('takes %s', async (_, headers) => {
  expect((await scene().post(event, headers)).statusCode).toBe(200);
});

test.each<[string, Record<string, string>, string]>([
  ['a wrong token', { authorization: 'Bearer guess' }, url],
  ['no token', {}, url],
  ["Sitoo's token", { authorization: 'Basic sitoo-token-of-sixteen' }, url],
  ['a market that takes no events of Omnium', bearer, '/api/omniumwebhook/DevShop/SWE'],
  ['an unknown market', bearer, '/api/omniumwebhook/DevShop/DEN'],
  ["Omnium's token at Sitoo's address", bearer, '/api/sitoowebhook/DevShop/NOR'],
])('%s is answered 503 with an alarm, and nothing is stored', async (_, headers, to) => {
  const { post, placed, registry } = scene();
  expect((await post(event, headers, to)).statusCode).toBe(503);
  expect(placed()).toEqual([]);
  expect(await registry.getSingleMetricAsString('gateway_alarms_total')).toMatch(/gateway_alarms_total\{.*\} 1/);
});

test('is answered 503 when Kafka did not take it, so that Omnium sends again', async () => {
  const { post } = scene({ publish: () => Promise.reject(new Error('no broker')) });
  expect((await post(event)).statusCode).toBe(503);
});

test('an event of another market of the tenant goes to that market', async () => {
  const { post, placed } = scene();
  await post({ ...event, market: 'swe' });
  expect(placed()).toEqual(['omnium.order.changed.v1 DevShop/SWE/ORD-1']);
});

test('the document of a workflow step becomes a notice and nothing of it is published', async () => {
  const { post, placed, records } = scene();
  const value = { id: 'ORD-1', marketId: 'NOR', status: 'New', customerEmail: 'planted@example.com' };
  await post({ value, workflowStep: { name: 'WebhookWorkflowStep' } });
  expect(placed()).toEqual(['omnium.order.changed.v1 DevShop/NOR/ORD-1']);
  expect(records.map(({ key, value: bytes, headers }) => `${key}${String(bytes)}${JSON.stringify(headers)}`).join()).not.toContain(
    'planted',
  );
});

test.each([
  ['an event of a class nobody handles', { ...event, className: 'Product', user: 'planted' }, 'EVENT_CLASS_UNKNOWN'],
  ['an event of a market nobody configured', { ...event, market: 'ENG', user: 'planted' }, 'EVENT_MARKET_UNKNOWN'],
])('%s is kept sealed on a topic of its own', async (_, body, code) => {
  const { post, records } = scene();
  expect((await post(body)).statusCode).toBe(200);
  const [record] = records;
  expect(record?.topic).toBe('omnium.event.unrecognised.v1');
  const kept = JSON.parse(String(record?.value));
  expect(kept.reason.code).toBe(code);
  expect(JSON.parse(String(open(kept.sealed, masterKey)))).toEqual(body);
  expect(String(record?.value)).not.toContain('planted');
});

test('a body that is no JSON is kept, and a reconciliation of web orders is asked for', async () => {
  const { post, placed } = scene();
  expect((await post('order=7')).statusCode).toBe(200);
  expect(placed()).toEqual([
    expect.stringMatching(/^omnium\.event\.unrecognised\.v1 DevShop\/NOR\//),
    'sync.task.requested.v1 DevShop/NOR/web-order-reconciliation',
  ]);
});
