import type { OmniumOrder, SitooOrder } from '@connector/contracts';
import { readOutcomes, readParked } from '@connector/event-bus';
import { orderId } from '@connector/mapping';
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What tools/run/stack.mjs answers, as far as the specs need it. */
interface Stack {
  run: { logs: string };
  infra: { kafkaBrokers: string };
  twins: Record<'sitoo' | 'omnium', { url: string }>;
  apps: Record<
    'webhook-gateway' | 'order-sync' | 'scheduler',
    { url?: string; healthUrl: string; kill(): Promise<void>; start(): Promise<void>; stop(): Promise<void> }
  >;
  /** Environment of the apps. */
  variables: Record<string, string>;
  stop(): Promise<void>;
}

/** What the twins count, as far as the specs look at it. */
export interface OmniumState {
  orders: number;
  violations: number;
  limitHitTotal: number;
  calls: { readTotal: number; writeTotal: number; reads: Record<string, number>; writes: Record<string, number> };
  orderWrites: Record<string, number>;
}
export interface SitooState {
  violations: number;
  limitHits: number;
  calls: Record<string, number>;
  events: { pending: number; dropped: number; acknowledged: number };
}

/** Consumer group of the flow under test. */
export const orderFlow = 'order-sync.sitoo-order';

/** Account and site of `config/` against the twins. */
export const account = 90_000;
const webhookToken = 'demo-webhook-token-of-the-twins';

/** Delays of the apps are this much shorter: 10 s become 200 ms. */
const timeScale = 0.02;

/** The whole stack for end-to-end specs: real Kafka and Redis, both twins, the built apps as processes. */
export class Scene {
  readonly since = Date.now();

  private constructor(
    private readonly stack: Stack,
    private readonly configuration: string | undefined,
  ) {}

  /** `market`: properties of market NOR beside those of `config/`, or in their place. */
  static async start(appEnv: Record<string, string> = {}, market: Record<string, string> = {}): Promise<Scene> {
    const { startStack } = await import('../stack.mjs' as string);
    const folder = Object.keys(market).length === 0 ? undefined : configurationWith(market);
    const ofMarket = folder === undefined ? {} : { CONNECTOR_CONFIG_DIR: folder };
    // Nothing fires by the clock on the wall, in the middle of a spec, unless the spec is about that.
    const shared = { TIME_SCALE: String(timeScale), CONNECTOR_ENVIRONMENT: 'e2e' };
    return new Scene(await startStack({ prepared: true, appEnv: { ...shared, ...ofMarket, ...appEnv } }), folder);
  }

  async stop(): Promise<void> {
    await this.stack.stop();
    if (this.configuration !== undefined) rmSync(this.configuration, { recursive: true });
  }

  app(name: keyof Stack['apps']): Stack['apps'][keyof Stack['apps']] {
    return this.stack.apps[name];
  }

  /** Sells at the tills: the Sitoo twin stores the orders and raises their events. */
  async sell(orders: readonly SitooOrder[], { silently = false } = {}): Promise<void> {
    for (let from = 0; from < orders.length; from += 500) {
      await this.sitoo('POST', `/accounts/${account}/orders${silently ? '?events=false' : ''}`, orders.slice(from, from + 500));
    }
  }

  sendEvents(events: readonly unknown[]): Promise<unknown> {
    return this.sitoo('POST', `/accounts/${account}/events`, events);
  }

  sitoo<T = never>(method: string, path: string, body?: unknown): Promise<T> {
    return call(method, `${this.stack.twins.sitoo.url}/_twin${path}`, body);
  }

  omnium<T = never>(method: string, path: string, body?: unknown): Promise<T> {
    return call(method, `${this.stack.twins.omnium.url}/_twin${path}`, body);
  }

  /** What a sender other than the twin would post. */
  async post(
    body: string | Buffer,
    { path = '/api/sitoowebhook/DevShop/NOR/events', token = webhookToken, type = 'application/json' } = {},
  ): Promise<number> {
    const headers = { authorization: `Basic ${token}`, 'content-type': type };
    const { status } = await fetch(`${this.stack.apps['webhook-gateway'].url}${path}`, {
      method: 'POST',
      headers,
      body: new Uint8Array(Buffer.from(body)),
    });
    return status;
  }

  sitooState(): Promise<SitooState> {
    return this.sitoo('GET', '/state');
  }

  omniumState(): Promise<OmniumState> {
    return this.omnium('GET', '/state');
  }

  async orders(): Promise<Map<string, OmniumOrder>> {
    const orders = await this.omnium<OmniumOrder[]>('GET', '/orders');
    return new Map(orders.map((order) => [order.id ?? '', order]));
  }

  order(sitooOrderId: number): Promise<OmniumOrder> {
    return this.omnium('GET', `/orders/${this.omniumId(sitooOrderId)}`);
  }

  history(sitooOrderId: number): Promise<{ kind: string }[]> {
    return this.omnium('GET', `/history/${this.omniumId(sitooOrderId)}`);
  }

  omniumId(sitooOrderId: number): string {
    return orderId({ market: 'NOR', site: 1, sitooOrderId });
  }

  parked(): ReturnType<typeof readParked> {
    return readParked({ brokers: this.brokers, groups: [orderFlow] });
  }

  /** Since this scene began: the broker may have served another before. */
  outcomes(): ReturnType<typeof readOutcomes> {
    return readOutcomes({ brokers: this.brokers, since: this.since });
  }

  /** Runs the command-line tool for parked work, as an operator would. */
  async parkedTool(...args: string[]): Promise<string> {
    const main = join(__dirname, '../../parked/dist/main.js');
    const { stdout } = await promisify(execFile)('node', [main, ...args], {
      env: { ...process.env, KAFKA_BROKERS: this.stack.infra.kafkaBrokers },
    });
    return stdout;
  }

  /** Runs a command-line tool that reads both platforms, in the environment of the apps. */
  tool(name: string, ...args: string[]): Promise<{ code: number; output: string }> {
    const main = join(__dirname, `../../${name}/dist/main.js`);
    return new Promise((resolve) => {
      execFile('node', [main, ...args], { env: { ...process.env, ...this.variables } }, (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, output: stdout + stderr });
      });
    });
  }

  /** Redis loses everything it holds. */
  async flushRedis(): Promise<void> {
    const { exchange } = await import('../infra/kafka-wire.mjs' as string);
    const address = (this.variables['REDIS_URL'] ?? '').replace('redis://', '');
    const answer: Buffer | undefined = await exchange(address, Buffer.from('FLUSHALL\r\n'), (bytes: Buffer) =>
      bytes.includes('\r\n') ? bytes : undefined,
    );
    if (!answer?.toString().startsWith('+OK')) throw new Error('Redis did not flush');
  }

  /** The environment that the apps run in, for tools that read the same configuration. */
  get variables(): Record<string, string> {
    return this.stack.variables;
  }

  get brokers(): string[] {
    return this.stack.infra.kafkaBrokers.split(',');
  }

  async metrics(app: keyof Stack['apps']): Promise<string> {
    return (await fetch(`${this.stack.apps[app].healthUrl}/metrics`)).text();
  }

  health(app: keyof Stack['apps'], probe: 'live' | 'ready' | 'startup'): Promise<Response> {
    return fetch(`${this.stack.apps[app].healthUrl}/health/${probe}`);
  }

  /** Everything the apps have logged so far. */
  logs(): string {
    const { logs } = this.stack.run;
    const ofApps = readdirSync(logs).filter((file) => /^(webhook-gateway|order-sync)/.test(file));
    return ofApps.map((file) => readFileSync(join(logs, file), 'utf8')).join('\n');
  }
}

/** A copy of `config/` in which these properties of market NOR have these values. */
function configurationWith(market: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'connector-config-'));
  cpSync(join(__dirname, '../../../config'), folder, { recursive: true });
  const file = join(folder, 'tenants/DevShop/markets/NOR/connectors.json');
  const [record]: { properties: { key: string }[] }[] = JSON.parse(readFileSync(file, 'utf8'));
  const kept = (record?.properties ?? []).filter(({ key }) => !(key in market));
  const properties = [...kept, ...Object.entries(market).map(([key, value]) => ({ key, value }))];
  writeFileSync(file, JSON.stringify([{ ...record, properties }]));
  return folder;
}

async function call(method: string, url: string, body?: unknown): Promise<never> {
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${(await response.text()).slice(0, 300)}`);
  return (await response.json()) as never;
}

/** Waits for a condition, at most `withinMs`. */
export async function until(what: string, condition: () => boolean | Promise<boolean>, withinMs = 60_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`waited ${withinMs} ms for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
