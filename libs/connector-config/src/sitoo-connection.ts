import { parseSitooBaseUrl } from './base-url';
import { CallSettings, readCallSettings } from './connection';
import { readApiKeys } from './credentials';
import { Layers } from './layers';
import { Secret } from './secret';
import { choice, wholeNumber } from './setting-values';

export type RateLimitScope = 'auto' | 'account' | 'key';

/** How a market's Sitoo back office is called. */
export interface SitooConnection extends CallSettings {
  /** Up to and including `/v2`, without a trailing slash. */
  baseUrl: string;
  accountNumber: number;
  /** E-shop id. */
  siteId: number;
  /** `reveal()` is base64 of `API id:password`: what follows `Basic ` in the Authorization header. */
  apiKeys: readonly Secret[];
  /** Where the limiter begins; it learns from there. */
  rateLimit: { scope: RateLimitScope; callsPerSecond: number; concurrency: number };
}

/** undefined: something required is missing or wrong, and every such thing was reported. */
export function readSitooConnection(layers: Layers, defaultTimeoutMs?: number): SitooConnection | undefined {
  const baseUrl = readHost(
    layers,
    'The Sitoo base URL is missing. Put it into "host", as shown in the Sitoo back office, up to and including /v2.',
    parseSitooBaseUrl,
  );
  const accountNumber = wholeNumber(layers, 'AccountNumber', 1);
  const siteId = wholeNumber(layers, 'EshopId', 1, 1);
  const rateLimit = readRateLimit(layers);
  const apiKeys = readApiKeys(layers, accountNumber);
  const calls = readCallSettings(layers, defaultTimeoutMs);
  if (baseUrl === undefined || accountNumber === undefined || siteId === undefined || !rateLimit) return undefined;
  return { baseUrl, accountNumber, siteId, apiKeys, rateLimit, ...calls };
}

function readRateLimit(layers: Layers): SitooConnection['rateLimit'] | undefined {
  const scope = choice(layers, 'RateLimitScope', ['auto', 'account', 'key'] as const, 'auto');
  const callsPerSecond = wholeNumber(layers, 'RateLimitPerSecond', 1, 2);
  const concurrency = wholeNumber(layers, 'RateLimitConcurrency', 1, 1);
  return scope === undefined || callsPerSecond === undefined || concurrency === undefined
    ? undefined
    : { scope, callsPerSecond, concurrency };
}

/** The nearest `host`, judged by the platform's own rule. */
export function readHost(layers: Layers, ifMissing: string, parse: typeof parseSitooBaseUrl): string | undefined {
  const layer = layers.layers.find(({ record }) => record.host !== undefined && record.host.text !== '');
  if (!layer) {
    layers.missing('error', 'HOST_MISSING', ifMissing);
    return undefined;
  }
  const text = layer.record.host?.text;
  return text === undefined ? undefined : parse(text.trim(), layers.onBehalf(layer.record.report.inside('host')));
}
