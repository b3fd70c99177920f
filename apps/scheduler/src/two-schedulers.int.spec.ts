import { configChanged, formatFiring, formatKey, syncTaskRequested, type TaskRequest } from '@connector/contracts';
import { connectKafka, KafkaPublisher, progressRecord, readWholeTopic } from '@connector/event-bus';
import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A tenant of this run alone, on a broker that others may use too. */
const tenant = `T${randomUUID().slice(0, 8)}`;
const main = path.join(__dirname, '../dist/main.js');
const minuteMs = 60_000;
const takeOverMs = 15_000;

/** A scheduler as it ships, in a process that can be killed. It is given no Redis: there is none to be had or lost. */
class Scheduler {
  private constructor(
    private readonly child: ChildProcess,
    private readonly url: string,
  ) {}

  static async start(configDir: string): Promise<Scheduler> {
    if (!existsSync(main)) throw new Error('apps/scheduler/dist is missing: npm test builds before it runs integration specs');
    const [http, health] = [await freePort(), await freePort()];
    const { REDIS_URL: _, NODE_OPTIONS: __, ...inherited } = process.env;
    const own = { CONNECTOR_CONFIG_DIR: configDir, CONNECTOR_ENVIRONMENT: 'spec', TOPIC_REPLICATION: '1', HEALTH_HOST: '127.0.0.1' };
    const env = { ...inherited, ...own, HTTP_PORT: String(http), HEALTH_PORT: String(health), LOG_LEVEL: 'error' };
    const scheduler = new Scheduler(spawn('node', [main], { env, stdio: 'ignore' }), `http://127.0.0.1:${http}`);
    await until('a scheduler to answer', () => scheduler.call('GET', '').then(Boolean, () => false), 30_000);
    return scheduler;
  }

  async call(method: string, route: string): Promise<{ leading: boolean; tasks: Shown[] } & Shown> {
    const response = await fetch(`${this.url}/tasks${route}`, { method, signal: AbortSignal.timeout(2_000) });
    return (await response.json()) as { leading: boolean; tasks: Shown[] } & Shown;
  }

  leads(): Promise<boolean> {
    return this.call('GET', '').then(
      ({ leading }) => leading,
      () => false,
    );
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill(signal);
    await gone;
  }
}

interface Shown {
  fires: boolean;
  origin: string;
  markets: { running: { state: string } | null }[];
}

const kafka = connectKafka({ brokers: process.env['KAFKA_BROKERS']?.split(',') ?? [], clientId: 'spec', report: () => undefined });
const publisher = new KafkaPublisher(kafka, () => undefined);
let configDir: string;
let all: Scheduler[] = [];

beforeAll(async () => {
  await publisher.connect();
  configDir = await mkdtemp(path.join(tmpdir(), 'schedules-'));
  const folder = path.join(configDir, 'tenants', tenant);
  await mkdir(path.join(folder, 'markets/NOR'), { recursive: true });
  const write = (file: string, content: unknown) => writeFile(path.join(folder, file), JSON.stringify(content));
  const properties = (pairs: Record<string, string>) => Object.entries(pairs).map(([key, value]) => ({ key, value }));
  const omnium = { ClientId: 'id', ClientSecret: 'secret', ScheduledTasksEnvironment: 'spec' };
  const sitoo = { AccountNumber: '1', ApiKey: '1-1:a', WebhookApiKey: 'w', StartAtOrderId: '1', TimeZone: 'Europe/Oslo' };
  await write('connectors.json', [
    { name: 'sitoo', type: 'pos', properties: properties({ SitooOrderType: 'PosSitoo' }) },
    { name: 'omnium', type: 'oms', host: 'http://127.0.0.1:1', properties: properties(omnium) },
  ]);
  await write('markets/NOR/connectors.json', [{ name: 'sitoo', host: 'http://127.0.0.1:1/v2', properties: properties(sitoo) }]);
  await write('scheduled-tasks.json', [
    { schedule: '* * * * *', implementationType: 'OrderReconciliationScheduledTask' },
    {
      schedule: '* * * * *',
      implementationType: 'OrderReconciliationScheduledTask',
      isDisabled: true,
      properties: [{ key: 'Scope', value: 'sweep' }],
    },
  ]);
  all = [await Scheduler.start(configDir), await Scheduler.start(configDir)];
}, 60_000);

afterAll(async () => {
  await Promise.all(all.map((scheduler) => scheduler.kill()));
  await rm(configDir, { recursive: true, force: true });
  const keys = ['order-reconciliation', 'order-reconciliation.sweep'].map((task) => `${tenant}/scheduled-tasks/${task}`);
  await publisher.publish(keys.map((key) => ({ topic: configChanged.topic, key, value: null })));
  await publisher.close();
});

/** Minutes that were asked for, oldest first, without those by hand. */
async function firings(): Promise<number[]> {
  const key = formatKey({ tenant, market: 'NOR', id: 'order-reconciliation' });
  const records = (await readWholeTopic(kafka, syncTaskRequested.topic)).filter((record) => record.key === key);
  return records
    .map(({ value }) => (JSON.parse(String(value)) as TaskRequest).firing ?? '')
    .filter((firing) => !firing.includes('@hand:'))
    .map((firing) => Date.parse(firing.slice(firing.indexOf('@') + 1)));
}

async function leader(): Promise<Scheduler> {
  let found: Scheduler | undefined;
  await until('one leader', async () => {
    const leading = await Promise.all(all.map(async (one) => ((await one.leads()) ? one : undefined)));
    const leaders = leading.filter((one) => one !== undefined);
    found = leaders[0];
    return leaders.length === 1;
  });
  return found!;
}

/** Nobody does the task here; a run that never ends would hold back the next firing. */
async function finishAll(): Promise<void> {
  const about = { task: 'order-reconciliation', tenant, market: 'NOR', state: 'finished', result: 'done', by: 'spec' } as const;
  const ids = (await firings()).map((minute) => formatFiring('order-reconciliation', minute));
  await publisher.publish(ids.map((firing) => progressRecord({ ...about, firing, at: Date.now() })));
}

test('of two schedulers one leads; killed just before a minute, the other fires that minute within 15 s, once', async () => {
  const first = await leader();
  await until('the end of a minute', () => Date.now() % minuteMs > minuteMs - 2_000, 70_000);
  await finishAll();
  const due = Math.ceil(Date.now() / minuteMs) * minuteMs;
  await first.kill();
  const killedAt = Date.now();
  const second = all.find((one) => one !== first)!;
  await until('the other one to lead', () => second.leads(), takeOverMs);
  expect(Date.now() - killedAt).toBeLessThan(takeOverMs);
  await until('its firing', async () => (await firings()).includes(due), due + takeOverMs - Date.now());
  const minutes = await firings();
  expect(minutes).toEqual([...new Set(minutes)]);
  all = [second];
}, 120_000);

test('a task that is switched on through one scheduler is on in the other, and after a restart, whatever the file says', async () => {
  const [first] = all;
  const sweep = `/${tenant}/order-reconciliation.sweep`;
  expect(await first!.call('GET', sweep)).toMatchObject({ fires: false, origin: 'file' });
  expect(await first!.call('POST', `${sweep}/enable`)).toMatchObject({ fires: true, origin: 'changed' });
  const second = await Scheduler.start(configDir);
  all.push(second);
  expect(await second.call('GET', sweep)).toMatchObject({ fires: true, origin: 'changed' });
  await second.call('POST', `${sweep}/disable`);
  await until('the other to hear of it', async () => (await first!.call('GET', sweep)).fires === false);
}, 60_000);

test('what one scheduler was asked to run now, the other shows as running', async () => {
  const [first, second] = all;
  const sweep = `/${tenant}/order-reconciliation.sweep`;
  expect(await first!.call('POST', `${sweep}/run`)).toMatchObject({ markets: [{ running: { state: 'requested', by: 'person' } }] });
  const running = async () => (await second!.call('GET', sweep)).markets[0]?.running?.state;
  await until('the other to show it', async () => (await running()) === 'requested');
  expect(await second!.call('POST', `${sweep}/run`)).toMatchObject({ code: 'ALREADY_RUNNING' });
});

test('a leader that is stopped hands on at once, without waiting for the session to end', async () => {
  const first = await leader();
  await first.kill('SIGTERM');
  const stoppedAt = Date.now();
  await until('the other one to lead', () => all.find((one) => one !== first)!.leads(), 5_000);
  expect(Date.now() - stoppedAt).toBeLessThan(5_000);
});

async function until(what: string, condition: () => boolean | Promise<boolean>, withinMs = 20_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`waited ${withinMs} ms for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
