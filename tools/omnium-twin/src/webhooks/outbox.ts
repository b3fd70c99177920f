import type { Clock } from '../clock';
import type { TwinSettings } from '../settings';
import type { Header } from './subscription';

/** Figures of what the twin sends, in messages unless named otherwise. */
export interface OutboxCounts {
  queued: number;
  /** Answered 2xx. */
  delivered: number;
  /** Given up: a final answer, or the last attempt failed. */
  lost: number;
  pending: number;
  /** Requests, every attempt counted. */
  requests: number;
}

export const noOutboxCounts = (): OutboxCounts => ({ queued: 0, delivered: 0, lost: 0, pending: 0, requests: 0 });

export function addOutboxCounts(a: OutboxCounts, b: OutboxCounts): OutboxCounts {
  return {
    queued: a.queued + b.queued,
    delivered: a.delivered + b.delivered,
    lost: a.lost + b.lost,
    pending: a.pending + b.pending,
    requests: a.requests + b.requests,
  };
}

export interface Message {
  url: string;
  headers: readonly Header[];
  body: unknown;
  /** Told once, when the message is through or given up. */
  done?: (delivered: boolean) => void;
}

/** Seconds before the second, third and fourth attempt (api-guide section 12). */
const RETRY_SECONDS = [1, 5, 15];
/** Answers after which Omnium does not try again. */
const FINAL = [400, 404, 429];

/** Sends messages to the tenant's receivers; each goes its own way, so that their order is not kept (api-guide section 12). */
export class Outbox {
  readonly counts = noOutboxCounts();
  private readonly stopping = new AbortController();
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly clock: Clock,
    private readonly settings: TwinSettings,
  ) {}

  send(message: Message): void {
    this.counts.queued += 1;
    this.counts.pending += 1;
    const delivery: Promise<void> = this.deliver(message).finally(() => this.running.delete(delivery));
    this.running.add(delivery);
  }

  /** Ends every attempt; what is under way is lost. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.running);
  }

  private async deliver(message: Message): Promise<void> {
    const isDelivered = await this.attempts(message);
    this.counts.pending -= 1;
    this.counts[isDelivered ? 'delivered' : 'lost'] += 1;
    message.done?.(isDelivered);
  }

  private async attempts(message: Message): Promise<boolean> {
    for (const delay of [0, ...RETRY_SECONDS]) {
      if (delay > 0) await this.clock.sleep(delay * 1000 * this.settings.timeScale, this.stopping.signal);
      if (this.stopping.signal.aborted) return false;
      const status = await this.post(message);
      if (status !== undefined && status >= 200 && status < 300) return true;
      if (status !== undefined && FINAL.includes(status)) return false;
    }
    return false;
  }

  /** The status of the answer; nothing when none came in time. */
  private async post({ url, headers, body }: Message): Promise<number | undefined> {
    this.counts.requests += 1;
    try {
      const response = await fetch(url, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', ...Object.fromEntries(headers.map(({ key, value }) => [key, value])) },
        signal: AbortSignal.any([this.stopping.signal, AbortSignal.timeout(this.settings.webhookTimeoutMs)]),
        redirect: 'manual',
      });
      await response.arrayBuffer();
      return response.status;
    } catch {
      return undefined;
    }
  }
}
