import {
  createHttpSeam,
  PlatformError,
  standardRetry,
  type CallEvent,
  type CallGate,
  type CircuitSettings,
  type CircuitView,
  type RetryPolicy,
} from '@connector/platform';
import { encodeApiKey } from './api-key';
import { SitooOrders } from './orders';
import { SitooStores, SitooWarehouses } from './places';
import { SitooPaymentTypes, SitooRegisters, SitooZReports } from './registers';
import { SitooReader } from './sitoo-seam';

export interface SitooClientOptions {
  /** With the version, as Sitoo's back office shows it, for example `https://api.mysitoo.com/v2`; the host differs per account. */
  baseUrl: string;
  accountNumber: number | string;
  /** The numeric e-shop id. Default 1. */
  siteId?: number;
  /** `API ID:password` or the base64 of it; the gate chooses which one a call uses. */
  apiKeys: readonly string[];
  /** Time-out of one attempt, ms. */
  timeoutMs: number;
  /** Sent with every call; may not name `Authorization`. */
  customHeaders?: Record<string, string>;
  /** `false` when `disableStandardErrorPolicy` is set. Default: the standard policy. */
  retries?: RetryPolicy | false;
  circuit?: CircuitSettings | false;
  gate: CallGate;
  onCall?: (event: CallEvent) => void;
}

/** All calls to one Sitoo account and site. Every method rejects with `CallError`, codes `SITOO_…`. */
export interface SitooClient {
  readonly orders: SitooOrders;
  readonly stores: SitooStores;
  readonly warehouses: SitooWarehouses;
  readonly registers: SitooRegisters;
  readonly paymentTypes: SitooPaymentTypes;
  readonly zReports: SitooZReports;
  readonly circuit: CircuitView | undefined;
  /** Closes idle connections. */
  close(): void;
}

/** @throws PlatformError `SITOO_BAD_SETTING` */
export function createSitooClient(options: SitooClientOptions): SitooClient {
  const keys = options.apiKeys.map(encodeApiKey);
  const [firstKey] = keys;
  if (firstKey === undefined) throw new PlatformError('SITOO_BAD_SETTING', 'at least one API key is needed', { retryable: false });
  const seam = createHttpSeam({
    target: 'sitoo',
    baseURL: `${options.baseUrl.replace(/\/+$/, '')}/accounts/${encodeURIComponent(String(options.accountNumber))}`,
    timeoutMs: options.timeoutMs,
    headers: options.customHeaders ?? {},
    gate: options.gate,
    authorise: (key) => `Basic ${keys[key] ?? firstKey}`,
    keyCount: keys.length,
    retry: options.retries ?? standardRetry,
    circuit: options.circuit,
    onCall: options.onCall,
  });
  const reader = new SitooReader(seam);
  const siteId = options.siteId ?? 1;
  return {
    orders: new SitooOrders(reader, seam, siteId),
    stores: new SitooStores(reader, siteId),
    warehouses: new SitooWarehouses(reader, siteId),
    registers: new SitooRegisters(reader, siteId),
    paymentTypes: new SitooPaymentTypes(reader, siteId),
    zReports: new SitooZReports(reader, siteId),
    circuit: seam.circuit,
    close: () => seam.close(),
  };
}
