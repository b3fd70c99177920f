import type { OmniumShipmentOption } from '@connector/contracts';
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
import { Lanes } from './lanes';
import type { CallOptions } from './omnium-seam';
import { OmniumOrders } from './orders';
import { OmniumMarkets, OmniumSettings, OmniumStores, readShipmentOptions } from './reference-data';
import { TokenSource } from './token';

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
  onCall?: (event: CallEvent) => void;
  /** A token is renewed this long before it ends, ms. Default one day of its ten. */
  tokenMarginMs?: number;
  /** Batch writes at a time. Default 1, as Omnium asks; its limit is 4 per tenant. */
  batchWritesAtOnce?: number;
  /** ms since the epoch; for tests. */
  now?: () => number;
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
  const tokens = new TokenSource(tokenSeam, { clientId, clientSecret, marginMs, now });
  const seam = createHttpSeam({
    ...common,
    gate: options.gate,
    circuit: options.circuit,
    authorise: () => tokens.authorisation(),
    onUnauthorised: (rejected) => tokens.drop(rejected),
  });
  return {
    orders: new OmniumOrders(seam, new Lanes(options.batchWritesAtOnce ?? 1)),
    stores: new OmniumStores(seam),
    markets: new OmniumMarkets(seam),
    settings: new OmniumSettings(seam),
    shipmentOptions: (marketId, callOptions) => readShipmentOptions(seam, marketId, callOptions),
    circuit: seam.circuit,
    close: () => {
      seam.close();
      tokenSeam.close();
    },
  };
}
