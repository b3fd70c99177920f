import { revealHeaders, type WorkingMarket } from '@connector/connector-config';
import { createOmniumClient, RedisTokenStore, type OmniumClient } from '@connector/omnium-client';
import type { CallEvent } from '@connector/platform';
import { createOmniumGate, createSitooGate, type GateEvent, type OmniumGate, type SitooGate } from '@connector/rate-limiter';

/** The market's budget at Sitoo, which all processes of its account share. */
export function openSitooGate({ tenant, market, sitoo }: WorkingMarket, redisUrl: string, onEvent: (event: GateEvent) => void): SitooGate {
  const { accountNumber, apiKeys, rateLimit } = sitoo;
  return createSitooGate({
    redisUrl,
    tenant,
    market,
    account: String(accountNumber),
    keys: apiKeys.map((key) => key.reveal()),
    settings: { scope: rateLimit.scope, ratePerSecond: rateLimit.callsPerSecond, inFlight: rateLimit.concurrency },
    onEvent,
  });
}

/** A tenant's access to Omnium: its budget and its token, which all processes share, and the client that uses them. */
export interface OmniumAccess {
  gate: OmniumGate;
  client: OmniumClient;
  close(): Promise<void>;
}

export function openOmnium(
  config: WorkingMarket,
  redisUrl: string,
  { onEvent, onCall }: { onEvent: (event: GateEvent) => void; onCall: (event: CallEvent) => void },
): OmniumAccess {
  const { baseUrl, timeoutMs, customHeaders, retriesTransientFailures, ...secrets } = config.omnium;
  const credentials = { clientId: secrets.clientId.reveal(), clientSecret: secrets.clientSecret.reveal() };
  const gate = createOmniumGate({ redisUrl, tenant: config.tenant, onEvent });
  const tokenStore = new RedisTokenStore({ redisUrl, ...credentials });
  const client = createOmniumClient({
    baseUrl,
    ...credentials,
    timeoutMs,
    customHeaders: revealHeaders(customHeaders),
    ...(retriesTransientFailures ? {} : { retries: false as const }),
    gate: gate.kind('general'),
    batchGate: gate.kind('batch-write'),
    scrollGate: gate.kind('scroll'),
    tokenStore,
    onCall,
  });
  const close = async () => {
    client.close();
    tokenStore.close();
    await gate.close();
  };
  return { gate, client, close };
}
