import type { MarketConfig } from '@connector/connector-config';
import { contracts, omniumEventUnrecognised, omniumOrderChanged } from '@connector/contracts';
import { connectKafka, ensureTopics, KafkaPublisher, readWholeTopic, type Bus } from '@connector/event-bus';
import { createLogger } from '@connector/platform';
import { randomUUID } from 'node:crypto';
import { Registry } from 'prom-client';
import { aConfiguration } from './configuration.fixture';
import { Intake } from './intake';
import { IntakeMetrics } from './intake-metrics';
import { OmniumTopics } from './omnium-topics';

const brokers = (process.env['KAFKA_BROKERS'] ?? '').split(',');
const report = () => undefined;
const kafka = connectKafka({ brokers, clientId: 'omnium-topics', report });
const publisher = new KafkaPublisher(kafka, report);
const one = { partitions: 1, replication: 1 };
const [yes, no] = [() => true, () => false];
let opened: OmniumTopics[] = [];

beforeAll(async () => {
  await ensureTopics(kafka, contracts, { partitions: 3, replication: 1 });
  await publisher.connect();
});
afterEach(async () => {
  await Promise.all(opened.map((topics) => topics.stop()));
  opened = [];
});
afterAll(() => publisher.close());

/** A gateway that reads a topic of its own for a tenant with these markets. */
function scene(...markets: string[]) {
  const [topic, tenant] = [`omnium-events-${randomUUID()}`, `T${randomUUID().slice(0, 8)}`];
  const known = markets.map((market) => ({ tenant, market, state: 'active', omniumWebhookTokens: [] }) as unknown as MarketConfig);
  const configuration = aConfiguration(known, { id: tenant, omnium: { eventTopic: topic } as never });
  const registry = new Registry();
  const parts = {
    configuration,
    intake: new Intake(Buffer.alloc(32, 1)),
    metrics: new IntakeMetrics(registry, () => 0),
    logger: createLogger('test', 'silent'),
  };
  const start = () => {
    const topics = new OmniumTopics(parts, { kafka, publisher, report } as unknown as Bus);
    opened.push(topics);
    topics.start();
    return topics;
  };
  // A topic that was made a moment ago may not have its leader yet.
  const create = () =>
    until(() => ensureTopics(kafka, [{ topic, retention: { kind: 'time', ms: 3_600_000 } }] as never, one).then(yes, no));
  const write = (...events: unknown[]) =>
    publisher.publish(
      events.map((event) => ({ topic, key: 'x', value: Buffer.from(typeof event === 'string' ? event : JSON.stringify(event)) })),
    );
  const keysOn = async (name: string) =>
    (await readWholeTopic(kafka, name)).map(({ key }) => key).filter((key) => key.startsWith(`${tenant}/`));
  return { tenant, start, create, write, keysOn };
}

const event = (objectId: string, market?: string) => ({
  timestamp: '2026-02-17T07:23:07Z',
  className: 'Order',
  objectId,
  category: 'Updated',
  market,
});

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 30_000; !(await condition());) {
    if (Date.now() > deadline) throw new Error('waited 30 s');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

test('events that Omnium publishes become notices, those written before the gateway ran as well, and a restart repeats none', async () => {
  const { tenant, start, create, write, keysOn } = scene('NOR', 'SWE');
  await create();
  await write(event('A', 'NOR'), event('B', 'swe'));
  const topics = start();
  await until(async () => (await keysOn(omniumOrderChanged.topic)).length === 2);
  await write(event('C', 'NOR'));
  await until(async () => (await keysOn(omniumOrderChanged.topic)).length === 3);
  await topics.stop();
  start();
  await write(event('D', 'NOR'));
  await until(async () => (await keysOn(omniumOrderChanged.topic)).includes(`${tenant}/NOR/D`));
  expect((await keysOn(omniumOrderChanged.topic)).sort()).toEqual(['NOR/A', 'NOR/C', 'NOR/D', 'SWE/B'].map((key) => `${tenant}/${key}`));
});

test('the topic may be made after the gateway was started', async () => {
  const { tenant, start, create, write, keysOn } = scene('NOR');
  start();
  await create();
  await write(event('A'));
  await until(async () => (await keysOn(omniumOrderChanged.topic)).includes(`${tenant}/NOR/A`));
});

test('an event that names no market where there are several, and what is no event, are kept and hold up nothing', async () => {
  const { start, create, write, keysOn } = scene('NOR', 'SWE');
  await create();
  await write(event('A'), 'no json', event('B', 'NOR'));
  start();
  await until(async () => (await keysOn(omniumOrderChanged.topic)).length === 1);
  await until(async () => (await keysOn(omniumEventUnrecognised.topic)).length === 2);
});
