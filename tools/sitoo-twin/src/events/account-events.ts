import type { Subscription } from '../seed';
import { noCounts, type EventCounts } from './event-counts';
import { EventSender, type SenderContext } from './event-sender';
import { HttpBatchPoster } from './post-batch';

/** Hands an account's events to each of its subscriptions; every subscription has its own queue. */
export class AccountEvents {
  readonly counts: EventCounts = noCounts();
  private senders: EventSender[] = [];

  constructor(private readonly context: Omit<SenderContext, 'poster' | 'counts'>) {}

  /** Replaces the subscriptions. A `base_url` that stays keeps its queue; events of one that goes are dropped. */
  async subscribe(subscriptions: readonly Subscription[]): Promise<void> {
    const kept = this.senders.filter((sender) => subscriptions.some(({ base_url }) => base_url === sender.baseUrl));
    const gone = this.senders.filter((sender) => !kept.includes(sender));
    this.senders = subscriptions.map((subscription) => {
      const sender = kept.find(({ baseUrl }) => baseUrl === subscription.base_url);
      sender?.update(subscription);
      return sender ?? new EventSender(subscription, { ...this.context, counts: this.counts, poster: new HttpBatchPoster() });
    });
    await Promise.all(gone.map((sender) => sender.stop()));
  }

  send(events: readonly unknown[]): void {
    const wanted = this.senders.map((sender) => ({ sender, events: events.filter((event) => sender.wants(typeOf(event))) }));
    for (const { sender, events: batch } of wanted) if (batch.length > 0) sender.enqueue(batch);
    this.counts.unsubscribed += events.filter((event) => !this.senders.some((sender) => sender.wants(typeOf(event)))).length;
  }

  async stop(): Promise<void> {
    await Promise.all(this.senders.map((sender) => sender.stop()));
  }
}

function typeOf(event: unknown): string | undefined {
  if (typeof event !== 'object' || event === null || !('event_type' in event)) return undefined;
  return typeof event.event_type === 'string' ? event.event_type : undefined;
}
