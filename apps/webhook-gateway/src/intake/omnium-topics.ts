import { isInvalid, type Configuration, type Tenant, type WorkingMarket } from '@connector/connector-config';
import { Inlet, type Bus, type OutgoingRecord } from '@connector/event-bus';
import type { EventSource } from './event-source';
import { readOmniumEvent } from './omnium-event';
import { omniumSender } from './senders';
import { countRead, type WebhookServerParts } from './webhook-server';

type Parts = Pick<WebhookServerParts, 'configuration' | 'intake' | 'metrics' | 'logger'>;

/**
 * The other way in for Omnium's events: topics to which Omnium publishes them by itself, one per tenant, where a tenant has one. What waits
 * there while the gateway is down is read afterwards, and not lost as a webhook is after 21 s (P21).
 */
export class OmniumTopics {
  private readonly inlets: Inlet[];

  constructor(parts: Parts, bus: Pick<Bus, 'kafka' | 'publisher' | 'report'>) {
    this.inlets = parts.configuration.tenants.flatMap((tenant) => {
      const source = sourceOf(tenant, parts.configuration);
      const topic = tenant.omnium?.eventTopic;
      if (!source || topic === undefined) return [];
      const group = `webhook-gateway.omnium-events.${tenant.id}`;
      return [new Inlet(bus.kafka, bus.publisher, { group, topic }, (value) => translate(value, source, parts), bus.report)];
    });
  }

  start(): void {
    for (const inlet of this.inlets) inlet.start();
  }

  async stop(): Promise<void> {
    await Promise.all(this.inlets.map((inlet) => inlet.stop()));
  }
}

function translate(value: Buffer, source: EventSource, parts: Parts): OutgoingRecord[] {
  const sorted = parts.intake.sort({ bytes: value, total: value.length, receivedAt: Date.now() }, source);
  countRead(parts, source, sorted.read);
  return sorted.records;
}

/** An event says which market it is of; one that does not is the market's only where there is but one. */
function sourceOf({ id: tenant, markets }: Tenant, configuration: Configuration): EventSource | undefined {
  const [first, ...others] = markets.filter((market): market is WorkingMarket => !isInvalid(market));
  if (!first) return undefined;
  const marketOf = (name: string) => configuration.findMarket(tenant, name)?.market;
  const addressee = { tenant, market: others.length === 0 ? first.market : undefined, marketOf };
  return {
    ...omniumSender(configuration).source(first),
    read: (element, receivedAt) => readOmniumEvent(element, addressee, receivedAt),
  };
}
