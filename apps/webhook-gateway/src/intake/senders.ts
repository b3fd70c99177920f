import type { Configuration, Secret, WorkingMarket } from '@connector/connector-config';
import { omniumEventUnrecognised, sitooEventUnrecognised } from '@connector/contracts';
import type { IncomingHttpHeaders } from 'node:http';
import type { EventSource } from './event-source';
import { readOmniumEvent } from './omnium-event';
import { readSitooEvent } from './sitoo-event';

/** Who posts to one of the addresses: how it proves itself, and how its events are read. */
export interface Sender {
  /** What of a request can be the token. */
  credentials: (headers: IncomingHttpHeaders) => (string | undefined)[];
  tokens: (market: WorkingMarket) => readonly Secret[];
  source: (market: WorkingMarket) => EventSource;
}

export const sitooSender: Sender = {
  credentials: ({ authorization }) => [authorization],
  tokens: ({ webhookTokens }) => webhookTokens,
  source: ({ tenant, market, sitoo: { accountNumber, siteId } }) => ({
    tenant,
    market,
    read: (element) => readSitooEvent(element, { tenant, market, accountNumber, siteId }),
    unrecognised: sitooEventUnrecognised,
    reconciliation: 'order-reconciliation',
  }),
};

/** Bearer token, basic auth or a header of its own: whichever the subscription was given (configuration section 3). */
export function omniumSender(configuration: Configuration): Sender {
  return {
    credentials: ({ authorization, 'x-api-key': key }) => [authorization, typeof key === 'string' ? key : undefined],
    tokens: ({ omniumWebhookTokens }) => omniumWebhookTokens,
    source: ({ tenant, market }) => ({
      tenant,
      market,
      read: (element, receivedAt) =>
        readOmniumEvent(element, { tenant, market, marketOf: (name) => configuration.findMarket(tenant, name)?.market }, receivedAt),
      unrecognised: omniumEventUnrecognised,
      reconciliation: 'web-order-reconciliation',
    }),
  };
}
