import { parseOmniumBaseUrl } from './base-url';
import { CallSettings, readCallSettings } from './connection';
import { warnIfWrittenOut } from './credentials';
import { Layers } from './layers';
import { Secret } from './secret';
import { OmniumKey } from './settings';
import { requiredText } from './setting-values';
import { readHost } from './sitoo-connection';

/** How the tenant's Omnium is called. Omnium tells tenants apart by the token alone. */
export interface OmniumConnection extends CallSettings {
  /** Without `/api` and without a trailing slash. */
  baseUrl: string;
  clientId: Secret;
  clientSecret: Secret;
}

/** undefined: something required is missing or wrong, and every such thing was reported. */
export function readOmniumConnection(layers: Layers, defaultTimeoutMs?: number): OmniumConnection | undefined {
  const baseUrl = readHost(
    layers,
    'The address of Omnium\'s API is missing. Put it into "host", such as https://api.omnium.no.',
    parseOmniumBaseUrl,
  );
  const clientId = readSecret(layers, 'ClientId');
  const clientSecret = readSecret(layers, 'ClientSecret');
  layers.refuseDoubles();
  const calls = readCallSettings(layers, defaultTimeoutMs);
  if (baseUrl === undefined || !clientId || !clientSecret) return undefined;
  return { baseUrl, clientId, clientSecret, ...calls };
}

function readSecret(layers: Layers, key: OmniumKey): Secret | undefined {
  const text = requiredText(layers, key);
  const found = layers.property(key);
  if (found) warnIfWrittenOut(found);
  return text === undefined ? undefined : new Secret(text);
}
