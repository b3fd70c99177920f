import type { OmniumMarket } from '@connector/contracts';
import type { Clock } from './clock';
import { Limits } from './limits/limits';
import type { Order } from './documents';
import type { OpenScroll } from './orders/scroll';
import type { Writer } from './orders/store';
import { OrderStore } from './orders/store';
import type { ApiUserSeed, TenantSeed } from './seed';
import type { TwinSettings } from './settings';
import { eventOf } from './webhooks/event-of-write';
import { Events } from './webhooks/events';
import { orderEvent } from './webhooks/order-event';
import { Outbox } from './webhooks/outbox';
import { Workflows } from './workflow/workflow';

/** Number and category as in Omnium's published sample. */
const WORKFLOW_COMPLETED = { category: 'Workflow', operationId: 111_102, message: 'Workflow completed' } as const;

/** One tenant: its settings from the seed, its orders and its limits. */
export class Tenant {
  readonly orders: OrderStore;
  readonly outbox: Outbox;
  readonly events: Events;
  readonly workflows: Workflows;
  /** Carts of the web shop, by id. */
  readonly carts = new Map<string, Order>();
  /** Scrolls under way, by their newest id. */
  readonly scrolls = new Map<string, OpenScroll>();
  readonly limits: Limits;
  /** Ids of orders that a call is writing right now. */
  readonly writing = new Set<string>();
  private sequence = 0;
  private webSequence = 0;

  constructor(
    readonly seed: TenantSeed,
    private readonly clock: Clock,
    settings: TwinSettings,
  ) {
    this.outbox = new Outbox(clock, settings);
    this.events = new Events(seed.subscriptions ?? [], this.outbox, settings);
    this.workflows = new Workflows(seed, this.outbox);
    this.orders = new OrderStore(clock, (write) => this.events.raise(eventOf(write, seed, clock.now())));
    this.limits = new Limits(clock, settings);
  }

  /** Runs the workflow of the order's status and tells of it; nothing when the order type has none. */
  runWorkflow(order: Order, writer: Writer): ReturnType<Workflows['run']> {
    const results = this.workflows.run(order);
    if (results) this.events.raise(orderEvent(order, writer, WORKFLOW_COMPLETED, this.clock.now()));
    return results;
  }

  user(clientId: string): ApiUserSeed | undefined {
    return this.seed.apiUsers.find((user) => user.clientId === clientId);
  }

  market(marketId: string | null | undefined): OmniumMarket | undefined {
    return this.seed.markets.find((market) => market.marketId === marketId);
  }

  /** The next number of the web shop, e.g. `WEB000001`. */
  nextWebOrderId(): string {
    this.webSequence += 1;
    return `WEB${String(this.webSequence).padStart(6, '0')}`;
  }

  /** The next number of the order sequence, e.g. `ORDR000001`. */
  nextOrderNumber(): string {
    this.sequence += 1;
    return `ORDR${String(this.sequence).padStart(6, '0')}`;
  }
}
