import { createHash } from 'node:crypto';
import { Agent, request as httpRequest } from 'node:http';
import type { PlannedEvent, PlannedRequest } from './generator';
import type { History } from './histories/history';
import { plantedData } from './planted-data';
import { webhookToken } from './processes';
import { pause } from './proxy/fault-plan';
import type { Orders } from './sink/orders';

/** Sitoo waits this long for an answer, ms. */
const sitooTimeoutMs = 15_000;
/** Sitoo's minutes between repetitions, scaled, ms. */
const againAfterMs = 400;

export interface GatewayAddress {
  name: string;
  url: string;
}

/** The order's key in the topics and at the sink. */
export function keyOf(order: number): string {
  return `Faults/NOR/${order}`;
}

/**
 * Sends the planned requests at their times, whatever became of those before, and repeats each until it is answered 200, as Sitoo does;
 * 4xx is final, as it is for Sitoo. An event changes its order at the source when it is sent for the first time.
 */
export class Sender {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 500 });
  private readonly raised = new Set<string>();
  private readonly open = new Set<string>();
  private serial = 0;
  private stopped = false;
  /** Requests sent, each counted once. */
  requests = 0;

  constructor(
    private readonly history: History,
    private readonly orders: Orders,
    private readonly gateway: () => GatewayAddress,
  ) {}

  get unacknowledged(): number {
    return this.open.size;
  }

  /** Resolves when every request has been sent once; answers may still be missing. */
  async play(plan: readonly PlannedRequest[]): Promise<void> {
    const started = performance.now();
    for (const planned of plan) {
      const waitMs = started + planned.atMs - performance.now();
      if (waitMs > 1) await pause(waitMs);
      if (this.stopped) return;
      this.send(planned);
    }
  }

  send({ events, garbage }: PlannedRequest): void {
    this.serial += 1;
    this.requests += 1;
    const request = `r${this.serial}`;
    for (const event of events) this.raise(event);
    const body = garbage ?? JSON.stringify(events.map(sitooEvent));
    const kept = garbage === undefined ? undefined : createHash('sha256').update(garbage).digest('hex').slice(0, 32);
    this.open.add(request);
    void this.untilStored(
      request,
      body,
      events.map(({ id }) => id),
      kept,
    );
  }

  stop(): void {
    this.stopped = true;
    this.agent.destroy();
  }

  private raise({ id, order }: PlannedEvent): void {
    if (this.raised.has(id)) return;
    this.raised.add(id);
    const key = keyOf(order);
    this.history.add({ type: 'event', key, fact: id, version: this.orders.change(key) });
  }

  private async untilStored(request: string, body: string, facts: string[], kept: string | undefined): Promise<void> {
    while (!this.stopped) {
      const { name: gateway, url } = this.gateway();
      this.history.add({ type: 'webhook.sent', request, gateway, facts, ...(kept === undefined ? {} : { kept }) });
      const sentAt = performance.now();
      const status = await this.post(url, body);
      if (this.stopped && status === 0) return;
      this.history.add({ type: 'webhook.answered', request, gateway, status, ms: Math.round(performance.now() - sentAt) });
      if (status === 200 || (status >= 400 && status < 500)) break;
      await pause(againAfterMs);
    }
    this.open.delete(request);
  }

  private post(url: string, body: string): Promise<number> {
    return new Promise((resolve) => {
      const headers = { 'content-type': 'application/json', authorization: webhookToken, 'content-length': Buffer.byteLength(body) };
      const call = httpRequest(url, { method: 'POST', agent: this.agent, headers, timeout: sitooTimeoutMs });
      call.on('timeout', () => call.destroy());
      call.on('error', () => resolve(0));
      call.on('response', (response) => {
        response.on('error', () => resolve(0));
        response.resume().on('end', () => resolve(response.statusCode ?? 0));
      });
      call.end(body);
    });
  }
}

/** An event of Sitoo's form, with personal data where Sitoo documents none: nothing of it may go further. */
function sitooEvent({ id, order }: PlannedEvent): object {
  return {
    event_id: id,
    event_type: 'order',
    event_date: Math.floor(Date.now() / 1000),
    account_id: 90_000,
    data: { order_id: order, order_event_type: 'update', eshop_id: 1, ...plantedData },
  };
}
