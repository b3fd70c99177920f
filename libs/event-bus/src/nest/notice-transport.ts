import { BaseRpcContext, Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import type { Kafka } from 'kafkajs';
import { firstValueFrom, isObservable } from 'rxjs';
import type { FlowDefinition, FlowHandler, WorkContext } from '../flows/flow';
import type { Outcomes } from '../flows/outcome';
import { FlowRunner, runnerDefaults, type RunnerSettings } from '../flows/runner';
import type { KafkaPublisher } from '../kafka/publisher';
import type { Report } from '../report';

/** What a handler method gets as its second argument: Nest hands contexts over as they are. */
export class NoticeContext extends BaseRpcContext<[WorkContext]> implements WorkContext {
  readonly tenant: string;
  readonly market: string;
  readonly signal: AbortSignal;
  readonly owned: () => boolean;
  readonly slot: unknown;

  constructor(context: WorkContext) {
    super([context]);
    this.tenant = context.tenant;
    this.market = context.market;
    this.signal = context.signal;
    this.owned = context.owned;
    this.slot = context.slot;
  }
}

/**
 * Nest's door to the bus: a custom transport strategy, so that a flow's handler is an ordinary Nest provider, while offsets, retries and
 * parking are the bus's business. Nest's own Kafka transport is not used for work: it loses, blocks or silently stops.
 */
export class NoticeTransport extends Server implements CustomTransportStrategy {
  private runners: FlowRunner[] = [];
  private started = false;

  constructor(
    private readonly kafka: Kafka,
    private readonly publisher: KafkaPublisher,
    private readonly report: Report,
    private readonly settings: Partial<RunnerSettings> = {},
    private readonly onDead: () => void = () => undefined,
  ) {
    super();
  }

  listen(callback: (error?: unknown) => void): void {
    this.startAll().then(() => callback(), callback);
  }

  async close(): Promise<void> {
    await Promise.all(this.runners.map((runner) => runner.stop()));
  }

  /** True once every flow has joined its group. */
  get ready(): boolean {
    return this.started;
  }

  /** A platform of this market answers again: what was deferred for it comes back at once. */
  async forwardDeferred(market: { tenant: string; market: string }): Promise<void> {
    await Promise.all(this.runners.map((runner) => runner.forwardDeferred(market)));
  }

  snapshots(): ReturnType<FlowRunner['snapshot']>[] {
    return this.runners.map((runner) => runner.snapshot());
  }

  /** Part of Nest's interface for transports with a native client; there is none to listen to. */
  override on(): never {
    throw new Error('the notice transport has no events to subscribe to');
  }

  override unwrap<T>(): T {
    throw new Error('the notice transport hides its client: libs/event-bus is the only user of kafkajs');
  }

  private async startAll(): Promise<void> {
    const flows = [...this.getHandlers().values()].map((handler) => ({ flow: flowOf(handler), handler }));
    if (flows.length === 0) throw new Error('no flow is registered: add a controller with @OnNotices to the app module');
    this.runners = flows.map(({ flow, handler }) => this.runner(flow, handler));
    await Promise.all(this.runners.map((runner) => runner.start()));
    this.started = true;
  }

  private runner(flow: FlowDefinition, handler: MessageHandler): FlowRunner {
    if (handler.next) throw new Error(`flow ${flow.group} has two handlers; a flow has one`);
    const settings = { ...runnerDefaults, ...this.settings };
    return new FlowRunner(this.kafka, this.publisher, flow, asFlowHandler(handler), this.report, settings, this.onDead);
  }
}

function flowOf({ extras }: MessageHandler): FlowDefinition {
  const flow = extras?.['flow'];
  if (!isFlow(flow)) throw new Error('a handler without a flow: use @OnNotices(flow) instead of @EventPattern');
  return flow;
}

function isFlow(value: unknown): value is FlowDefinition {
  return typeof value === 'object' && value !== null && 'group' in value && 'contract' in value && 'batchSize' in value;
}

function asFlowHandler(handler: MessageHandler): FlowHandler {
  return async (work, context) => {
    const answer: unknown = await handler(work, new NoticeContext(context));
    const outcomes: unknown = isObservable(answer) ? await firstValueFrom(answer) : answer;
    if (!(outcomes instanceof Map)) throw new TypeError('a flow handler answers a Map of outcomes');
    return outcomes as Outcomes;
  };
}
