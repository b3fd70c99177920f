import type { OmniumEvent } from '@connector/contracts';
import type { TwinSettings } from '../settings';
import type { Outbox } from './outbox';
import { type EventSubscription, wants } from './subscription';

/** Hands a tenant's events to those who subscribed to them. */
export class Events {
  /** Events that happened, sent or not. */
  raised = 0;
  /** Events that nobody wanted. */
  unsubscribed = 0;

  constructor(
    private subscriptions: readonly EventSubscription[],
    private readonly outbox: Outbox,
    private readonly settings: TwinSettings,
  ) {}

  subscribe(subscriptions: readonly EventSubscription[]): void {
    this.subscriptions = subscriptions;
  }

  raise(event: OmniumEvent): void {
    this.raised += 1;
    const takers = this.subscriptions.filter((subscription) => wants(subscription, event));
    if (takers.length === 0) this.unsubscribed += 1;
    for (const { baseUrl, requestUri, headers = [] } of takers) {
      for (let copy = 0; copy < this.settings.eventCopies; copy += 1)
        this.outbox.send({ url: `${baseUrl}${requestUri}`, headers, body: event });
    }
  }
}
