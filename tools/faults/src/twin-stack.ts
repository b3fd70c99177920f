import type { OmniumOrder, SitooOrder, SitooRegister } from '@connector/contracts';
import { readParked } from '@connector/event-bus';
import { orderId } from '@connector/mapping';
import type { LabelledReceipt } from '@connector/testing';
import { sessionTimeoutMs, timeScale } from './processes';
import { runTools, type RunFolder, type Stack } from './run-tools';

/** Account of the example configuration, and the flow that brings its receipts to Omnium. */
const account = 90_000;
export const receiptFlow = 'order-sync.sitoo-order';
/** Orders that the twins are asked for, or given, in one call. */
const slice = 500;

/** What the Omnium twin counts, as far as cells look at it. */
export interface OmniumState {
  violations: number;
  limitHitTotal: number;
  calls: { readTotal: number; writeTotal: number };
  faults: { served: Record<string, number>; waiting: number };
}

/** What the Sitoo twin counts, as far as cells look at it. */
export interface SitooState {
  violations: number;
  limitHits: number;
  calls: Record<string, number>;
  events: { enqueued: number; sent: number; pending: number; dropped: number };
  faultsServed: number;
}

/** An Omnium document, and every write to it. */
export interface Written {
  order: OmniumOrder;
  history: readonly { at: string; kind: string }[];
}

export interface TwinStackOptions {
  /** Bends our code in the apps; see `subjects/mutants`. */
  preload?: string;
  /** The example configuration with other properties and another time-out, see tools/run/configuration.mjs. */
  configuration?: { properties?: Record<string, string | number>; timeOut?: string };
  /** Further environment of the apps. */
  env?: Record<string, string>;
}

/** The whole connector with its twins, on Kafka and Redis of its own. */
export class TwinStack {
  private constructor(private readonly stack: Stack) {}

  static async start(run: RunFolder, { preload, configuration = {}, env = {} }: TwinStackOptions = {}): Promise<TwinStack> {
    const { startStack, Phases, configurationOf } = await runTools();
    const phases = new Phases(() => undefined);
    const appEnv = {
      TIME_SCALE: String(timeScale),
      SESSION_TIMEOUT_MS: String(sessionTimeoutMs),
      // Nothing fires by the clock on the wall, in the middle of a run.
      CONNECTOR_ENVIRONMENT: 'faults',
      CONNECTOR_CONFIG_DIR: configurationOf(run, configuration),
      ...(preload ? { NODE_OPTIONS: `--require ${preload}` } : {}),
      ...env,
    };
    return new TwinStack(await startStack({ run, phases, prepared: true, appEnv, infraOptions: { faults: true } }));
  }

  stop(): Promise<void> {
    return this.stack.stop();
  }

  /** The environment of the apps, for tools that read the same configuration. */
  get variables(): Record<string, string> {
    return this.stack.variables;
  }

  /** Sells at the tills: the twin stores the orders and raises their events, unless they are withheld. */
  async sell(orders: readonly SitooOrder[], { silently = false } = {}): Promise<void> {
    for (let from = 0; from < orders.length; from += slice)
      await this.sitoo('POST', `/accounts/${account}/orders${silently ? '?events=false' : ''}`, orders.slice(from, from + slice));
  }

  /** What staff do at a till; see the README of the Sitoo twin. */
  till<T>(action: string, body: object): Promise<T> {
    return this.sitoo('POST', `/accounts/${account}/till/${action}`, body);
  }

  registers(): Promise<SitooRegister[]> {
    return this.sitoo('GET', `/accounts/${account}/registers`);
  }

  /** Every order as Sitoo has it now. */
  sitooOrders(): Promise<SitooOrder[]> {
    return this.sitoo('GET', `/orders/${account}`);
  }

  sitooState(): Promise<SitooState> {
    return this.sitoo('GET', '/state');
  }

  sitoo<T>(method: string, path: string, body?: unknown): Promise<T> {
    return call(method, `${this.stack.twins.sitoo.url}/_twin${path}`, body);
  }

  omnium<T>(method: string, path: string, body?: object): Promise<T> {
    return call(method, `${this.stack.twins.omnium.url}/_twin${path}`, body);
  }

  omniumState(): Promise<OmniumState> {
    return this.omnium('GET', '/state');
  }

  /** Ids of all Omnium orders. */
  async omniumIds(): Promise<Set<string>> {
    return new Set(await this.omnium<string[]>('GET', '/orders?ids=only'));
  }

  /** Undefined when there is none. */
  order(id: string): Promise<OmniumOrder | undefined> {
    return this.omnium<OmniumOrder>('GET', `/orders/${id}`).catch(() => undefined);
  }

  /** Every Omnium document with its writes. */
  async written(): Promise<Written[]> {
    const all: Written[] = [];
    for (;;) {
      const page = await this.omnium<Written[]>('GET', `/written?from=${all.length}&count=${slice}`);
      if (page.length === 0) return all;
      all.push(...page);
    }
  }

  omniumId({ order }: Pick<LabelledReceipt, 'order'>): string {
    return omniumId(order.orderid);
  }

  async parkedKeys(): Promise<string[]> {
    return (await this.parked([receiptFlow])).map(({ key }) => key);
  }

  /** Everything that is parked, of these flows or of all. */
  parked(groups?: readonly string[]): ReturnType<typeof readParked> {
    return readParked({ brokers: this.stack.infra.kafkaBrokers.split(','), groups });
  }
}

/** Id of a Sitoo order's document in Omnium. */
export function omniumId(sitooOrderId: number): string {
  return orderId({ market: 'NOR', site: 1, sitooOrderId });
}

/** The key of a Sitoo order's work. */
export function workKey(sitooOrderId: number): string {
  return `DevShop/NOR/${sitooOrderId}`;
}

async function call<T>(method: string, url: string, body?: unknown): Promise<T> {
  const answer = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${method} ${url} answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
  return (await answer.json()) as T;
}
