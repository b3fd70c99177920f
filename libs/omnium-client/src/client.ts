import type { OmniumShipmentOption } from '@connector/contracts';
import { setTimeout as pause } from 'node:timers/promises';
import {
  createHttpSeam,
  createOpenGate,
  PlatformError,
  standardRetry,
  type CallEvent,
  type CallGate,
  type CircuitSettings,
  type CircuitView,
  type RetryPolicy,
} from '@connector/platform';
import { readDocument } from './document';
import type { CallOptions } from './omnium-seam';
import { OmniumOrders } from './orders';
import { OmniumMarkets, OmniumSettings, OmniumStores, readShipmentOptions } from './reference-data';
import { TokenSource } from './token';
import { requestToken, type Token } from './token-request';
import { SharedTokens, type TokenStore } from './token-store';

export interface OmniumClientOptions {
  /** For example `https://api.omnium.no`; the tenant is chosen by the credentials. */
  baseUrl: string;
  clientId: string;
  clientSecret: string;
  /** Time-out of one attempt, ms. */
  timeoutMs: number;
  /** Sent with every call, the token call included; may not name `Authorization`. */
  customHeaders?: Record<string, string>;
  /** `false` when `disableStandardErrorPolicy` is set. Default: the standard policy. */
  retries?: RetryPolicy | false;
  circuit?: CircuitSettings | false;
  gate: CallGate;
  /** The gate of batch writes (`…Many`), of which Omnium takes 4 at a time per tenant and asks for one. Default: `gate`, which sets no such limit. */
  batchGate?: CallGate;
  /** The gate of scrolls, which Omnium wants read one at a time. Default: `gate`. */
  scrollGate?: CallGate;
  onCall?: (event: CallEvent) => void;
  /** Shares one token among all processes. Default: every process fetches its own. */
  tokenStore?: TokenStore;
  /** A token is renewed this long before it ends, ms. Default one day of its ten. */
  tokenMarginMs?: number;
  /** ms since the epoch; for tests. */
  now?: () => number;
  /** For tests. */
  wait?: (ms: number) => Promise<void>;
}

const DAY_MS = 86_400_000;

/** All calls to one Omnium tenant. Methods reject with `CallError`, codes `OMNIUM_…`, where they do not say otherwise. */
export interface OmniumClient {
  readonly orders: OmniumOrders;
  readonly stores: OmniumStores;
  readonly markets: OmniumMarkets;
  readonly settings: OmniumSettings;
  /** Shipping methods of a market. */
  shipmentOptions(marketId: string, options?: CallOptions): Promise<OmniumShipmentOption[]>;
  /** One document from a path of the tenant's own, where Omnium publishes no operation; undefined when there is none. See `readDocument`. */
  document(template: string, values: Readonly<Record<string, string>>, options?: CallOptions): Promise<Record<string, unknown> | undefined>;
  readonly circuit: CircuitView | undefined;
  /** Closes idle connections. */
  close(): void;
}

/** @throws PlatformError `OMNIUM_BAD_SETTING` */
export function createOmniumClient(options: OmniumClientOptions): OmniumClient {
  const { clientId, clientSecret, tokenMarginMs: marginMs = DAY_MS, now = Date.now } = options;
  if (clientId === '' || clientSecret === '') {
    throw new PlatformError('OMNIUM_BAD_SETTING', 'clientId and clientSecret are needed', { retryable: false });
  }
  const common = {
    target: 'omnium',
    baseURL: options.baseUrl,
    timeoutMs: options.timeoutMs,
    headers: options.customHeaders ?? {},
    retry: options.retries ?? standardRetry,
    onCall: options.onCall,
  } as const;
  // Omnium exempts the token call from its limits; a token that waited for a slot could not free one.
  const tokenSeam = createHttpSeam({ ...common, gate: createOpenGate(), circuit: false });
  const fetch = () => requestToken(tokenSeam, { clientId, clientSecret }, now);
  const tokens = new TokenSource({ marginMs, now, obtain: obtainFrom(options, fetch) });
  const seam = createHttpSeam({
    ...common,
    gate: options.gate,
    circuit: options.circuit,
    authorise: () => tokens.authorisation(),
    onUnauthorised: (rejected) => tokens.drop(rejected),
  });
  return {
    orders: new OmniumOrders(seam, { batch: options.batchGate, scroll: options.scrollGate }),
    stores: new OmniumStores(seam),
    markets: new OmniumMarkets(seam),
    settings: new OmniumSettings(seam),
    shipmentOptions: (marketId, callOptions) => readShipmentOptions(seam, marketId, callOptions),
    document: (template, values, callOptions = {}) => readDocument(seam, template, values, callOptions),
    circuit: seam.circuit,
    close: () => {
      seam.close();
      tokenSeam.close();
    },
  };
}

function obtainFrom({ tokenStore, now = Date.now, wait = pause }: OmniumClientOptions, fetch: () => Promise<Token>) {
  if (!tokenStore) return fetch;
  const shared = new SharedTokens({ store: tokenStore, fetch, now, wait });
  return (suits: (token: Token) => boolean) => shared.obtain(suits);
}
