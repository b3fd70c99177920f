import type { OmniumOrder, SitooOrder } from '@connector/contracts';
import { readParked } from '@connector/event-bus';
import { orderId } from '@connector/mapping';
import type { LabelledReceipt } from '@connector/testing';
import { sessionTimeoutMs, timeScale } from './processes';
import { runTools, type RunFolder, type Stack } from './run-tools';

/** Account, site and flow of the example configuration. */
const account = 90_000;
const flow = 'order-sync.sitoo-order';

/** The whole connector with its twins, on Kafka and Redis of its own. */
export class TwinStack {
  private constructor(private readonly stack: Stack) {}

  static async start(run: RunFolder): Promise<TwinStack> {
    const { startStack, Phases } = await runTools();
    const phases = new Phases(() => undefined);
    const appEnv = { TIME_SCALE: String(timeScale), SESSION_TIMEOUT_MS: String(sessionTimeoutMs) };
    return new TwinStack(await startStack({ run, phases, prepared: true, appEnv, infraOptions: { faults: true } }));
  }

  stop(): Promise<void> {
    return this.stack.stop();
  }

  sell(orders: readonly SitooOrder[]): Promise<unknown> {
    return call('POST', `${this.stack.twins.sitoo.url}/_twin/accounts/${account}/orders`, orders);
  }

  omnium<T>(method: string, path: string, body?: object): Promise<T> {
    return call(method, `${this.stack.twins.omnium.url}/_twin${path}`, body);
  }

  omniumState(): Promise<{ violations: number; faults: { served: Record<string, number> } }> {
    return this.omnium('GET', '/state');
  }

  /** Undefined when there is none. */
  order(id: string): Promise<OmniumOrder | undefined> {
    return this.omnium<OmniumOrder>('GET', `/orders/${id}`).catch(() => undefined);
  }

  omniumId({ order }: LabelledReceipt): string {
    return orderId({ market: 'NOR', site: 1, sitooOrderId: order.orderid ?? 0 });
  }

  async parkedKeys(): Promise<string[]> {
    return (await readParked({ brokers: this.stack.infra.kafkaBrokers.split(','), groups: [flow] })).map(({ key }) => key);
  }
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
