import type { Clock } from '../clock';
import type { Subscription } from '../seed';
import type { TwinSettings } from '../settings';
import { authorization } from './authorization';
import type { EventCounts } from './event-counts';
import { EventQueue } from './event-queue';
import type { BatchPoster } from './post-batch';
import { retryDelay } from './retry-schedule';
import { verdict, type Answer } from './status-rules';

export interface SenderContext {
  settings: () => TwinSettings;
  clock: Clock;
  random: () => number;
  poster: BatchPoster;
  /** Counts of the whole account, shared by its senders. */
  counts: EventCounts;
  log: (line: string) => void;
}

/** Sends one subscription's events: strictly one request at a time, and nothing new before the batch under way is settled. */
export class EventSender {
  private readonly queue: EventQueue;
  private readonly stopping = new AbortController();
  private running?: Promise<void>;

  constructor(
    private subscription: Subscription,
    private readonly context: SenderContext,
  ) {
    this.queue = new EventQueue(context.settings, context.random);
  }

  get baseUrl(): string {
    return this.subscription.base_url;
  }

  wants(eventType: string | undefined): boolean {
    return eventType === undefined || (this.subscription.event_types?.includes(eventType) ?? true);
  }

  /** Takes over a changed token or type list; what waits stays. */
  update(subscription: Subscription): void {
    this.subscription = subscription;
  }

  enqueue(events: readonly unknown[]): void {
    const before = this.queue.size;
    this.queue.add(events);
    const added = this.queue.size - before;
    this.context.counts.enqueued += added;
    this.context.counts.pending += added;
    this.wake();
  }

  /** Resolves when nothing is under way; what still waits counts as dropped. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    this.settle('dropped', this.queue.clear());
    this.context.poster.close();
  }

  /** Looks at the queue again when a run ends: an event may have come after its last look. */
  private wake(): void {
    if (this.running || this.queue.size === 0 || this.stopping.signal.aborted) return;
    this.running = this.run().finally(() => {
      this.running = undefined;
      this.wake();
    });
  }

  private async run(): Promise<void> {
    while (this.queue.size > 0 && !this.stopping.signal.aborted) await this.deliver(this.queue.take());
  }

  private async deliver(batch: readonly unknown[]): Promise<void> {
    const { clock, settings, counts } = this.context;
    const firstAttemptAt = clock.now();
    for (let failed = 0; ;) {
      if (failed > 0) counts.retried += batch.length;
      const answer = await this.post(batch);
      const judged = verdict(answer, settings().statusMode);
      if (judged === 'accepted') return this.accept(batch);
      if (judged === 'drop') return this.drop(batch, `the receiver answered ${answer}`);
      failed += 1;
      const elapsed = (clock.now() - firstAttemptAt) / 1000 / settings().timeScale;
      const delay = retryDelay(failed, elapsed);
      if (delay === undefined) return this.drop(batch, `${failed} attempts failed within the retry window, last: ${answer}`);
      await clock.sleep(delay * 1000 * settings().timeScale, this.stopping.signal);
      if (this.stopping.signal.aborted) return this.settle('dropped', batch.length);
    }
  }

  private async accept(batch: readonly unknown[]): Promise<void> {
    this.settle('acknowledged', batch.length);
    if (this.context.random() >= this.context.settings().duplicateProbability) return;
    this.context.counts.duplicated += batch.length;
    await this.post(batch);
  }

  private drop(batch: readonly unknown[], reason: string): void {
    this.settle('dropped', batch.length);
    this.context.log(`sitoo-twin: dropped ${batch.length} events for ${this.baseUrl}: ${reason}`);
  }

  private settle(as: 'acknowledged' | 'dropped', events: number): void {
    this.context.counts[as] += events;
    this.context.counts.pending -= events;
  }

  private post(batch: readonly unknown[]): Promise<Answer> {
    const { counts, poster, settings } = this.context;
    counts.requests += 1;
    counts.sent += batch.length;
    return poster.post({
      // Sitoo appends, it does not join: a base_url that ends in a slash gives a doubled one.
      url: `${this.subscription.base_url}/events`,
      headers: authorization(settings().authForm, this.subscription.api_token),
      events: batch,
      deadlineMs: settings().responseDeadlineSeconds * 1000 * settings().timeScale,
      signal: this.stopping.signal,
    });
  }
}
