import { Capabilities, readCapabilities } from './capabilities';
import { readOmniumWebhookTokens, readWebhookTokens } from './credentials';
import { CutOverSettings, readCutOver } from './cut-over';
import { EffectiveValue, effectiveValues } from './effective';
import { Layer, Layers } from './layers';
import { isMarketEnabled } from './market-scope';
import { OmniumConnection } from './omnium-connection';
import { Report } from './problem';
import { RawRecord } from './raw-record';
import { readReceiptSettings, ReceiptSettings } from './receipts';
import { Secret } from './secret';
import { requiredText, timeZone, wholeNumber, yesNo } from './setting-values';
import { DEFAULT_TIMEOUT_MS, isKnownProperty, SITOO_PROPERTIES } from './settings';
import { readSitooConnection, SitooConnection } from './sitoo-connection';
import { readWebOrderSettings, WebOrderSettings } from './web-orders';

export type WorkingState = 'active' | 'paused' | 'disabled' | 'needs-credentials';

/** One Sitoo back office, with everything the services need to know about it. */
export interface WorkingMarket {
  tenant: string;
  market: string;
  /**
   * `active`: work is done. `paused`: events are accepted and kept, nothing else. `disabled`: switched off by the market lists.
   * `needs-credentials`: no API key or no webhook key, so no call is made.
   */
  state: WorkingState;
  sitoo: SitooConnection;
  /** The tenant's, the same object for all its markets. */
  omnium: OmniumConnection;
  /** Live tokens of Sitoo's events, the new one first. */
  webhookTokens: readonly Secret[];
  /** Live tokens of Omnium's events for this market, the new one first; none: its events are not taken. */
  omniumWebhookTokens: readonly Secret[];
  /** Order type that orders from the till get in Omnium (`SitooOrderType`). */
  orderType: string;
  capabilities: Capabilities;
  /** What stores do with Omnium's orders, where `capabilities` let them be exported. */
  webOrders: WebOrderSettings;
  receipts: ReceiptSettings;
  /** First Sitoo order id to import; older ones are never created. */
  startAtOrderId: number;
  /** What Omnium's built-in plugin imported is looked up before anything is created; absent: there was no plugin. */
  cutOver?: CutOverSettings;
  /** Everything is read, mapped and compared; nothing is written at either platform. */
  shadowMode: boolean;
  /** IANA name, for the trading day. */
  timeZone: string;
  effective: readonly EffectiveValue[];
  records: readonly RawRecord[];
}

/** A market whose configuration has errors. Nothing is done for it, and its events are not accepted. */
export interface InvalidMarket {
  tenant: string;
  market: string;
  state: 'invalid';
  effective: readonly EffectiveValue[];
  records: readonly RawRecord[];
}

/** Look at `state` first: an invalid market has no connection. */
export type MarketConfig = WorkingMarket | InvalidMarket;

export interface MarketSource {
  tenant: string;
  market: string;
  layers: readonly Layer[];
  records: readonly RawRecord[];
  omnium: OmniumConnection | undefined;
  /** Whether `layers` holds every level there is. */
  complete: boolean;
  defaultTimeoutMs?: number;
  report: Report;
}

/** Judges everything, so that all problems come out at once. The state `invalid` is the last word when any of them is an error. */
export function readMarket(source: MarketSource): MarketConfig {
  const { tenant, market, records, omnium, report } = source;
  const layers = new Layers(source.layers, SITOO_PROPERTIES, report, source.complete);
  const sitoo = readSitooConnection(layers, source.defaultTimeoutMs);
  const webhookTokens = readWebhookTokens(layers);
  const omniumWebhookTokens = readOmniumWebhookTokens(layers);
  const orderType = requiredText(layers, 'SitooOrderType');
  const startAtOrderId = wholeNumber(layers, 'StartAtOrderId', 0);
  const zone = timeZone(layers);
  const paused = yesNo(layers, 'Paused');
  const shadowMode = yesNo(layers, 'ShadowMode');
  const takeOver = readCutOver(layers);
  const capabilities = readCapabilities(layers);
  const webOrders = readWebOrderSettings(layers);
  const receipts = readReceiptSettings(layers);
  const enabled = isMarketEnabled(market, layers);
  layers.refuseDoubles();
  warnOfOddities(layers);
  const shared = {
    tenant,
    market,
    records,
    effective: effectiveValues(layers, sitoo?.timeoutMs ?? source.defaultTimeoutMs ?? DEFAULT_TIMEOUT_MS),
  };
  if (!sitoo || !omnium || !webOrders || !receipts || orderType === undefined) return { ...shared, state: 'invalid' };
  if (startAtOrderId === undefined || zone === undefined || paused === undefined) return { ...shared, state: 'invalid' };
  if (shadowMode === undefined || takeOver === undefined) return { ...shared, state: 'invalid' };
  const credentials = sitoo.apiKeys.length > 0 && webhookTokens.length > 0;
  const state = stateOf(enabled, paused, credentials);
  const tokens = { webhookTokens, omniumWebhookTokens };
  const begin = { startAtOrderId, ...takeOver, shadowMode };
  return { ...shared, state, sitoo, omnium, ...tokens, orderType, capabilities, webOrders, receipts, ...begin, timeZone: zone };
}

function stateOf(enabled: boolean, paused: boolean, credentials: boolean): WorkingState {
  if (!enabled) return 'disabled';
  if (paused) return 'paused';
  return credentials ? 'active' : 'needs-credentials';
}

/** Things that are kept and do nothing, said aloud: a mistyped key looks just like that. */
function warnOfOddities(layers: Layers): void {
  const market = layers.layers.find(({ origin }) => origin === 'market')?.record;
  for (const property of market?.properties ?? []) {
    if (isKnownProperty(layers.settings, property.key, property.keyGroup)) continue;
    property.report.warning('PROPERTY_UNKNOWN', 'This property is not known here; it is kept and has no effect. Check its spelling.');
  }
  const manually = layers.field('isAuthenticatedManually');
  if (manually?.value === false) {
    manually.report.warning(
      'AUTHENTICATION_FIELD',
      '"isAuthenticatedManually": false has no effect here: calls carry the API keys of the properties. Write true.',
    );
  }
}
