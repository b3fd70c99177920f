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
  /** Kafka topic to which Omnium publishes the tenant's events; undefined: it does not. */
  eventTopic: string | undefined;
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
  const eventTopic = topicName(layers);
  layers.refuseDoubles();
  const calls = readCallSettings(layers, defaultTimeoutMs);
  if (baseUrl === undefined || !clientId || !clientSecret || eventTopic === 'wrong name') return undefined;
  return { baseUrl, clientId, clientSecret, eventTopic, ...calls };
}

/** A name that Kafka takes, and none of the connector's own topics: it would read what it writes. */
function topicName(layers: Layers): string | undefined | 'wrong name' {
  const found = layers.property('EventTopic');
  if (!found) return undefined;
  const name = found.text?.trim();
  if (name === undefined) return 'wrong name';
  const isName = /^[A-Za-z0-9._-]{1,249}$/.test(name) && !/^(sitoo|omnium|sync)\..*\.v\d+$/.test(name);
  if (isName) return name;
  found.report.error(
    'SETTING_NOT_A_TOPIC',
    '"EventTopic" must be a Kafka topic of its own, up to 249 letters, digits, ".", "_" and "-", and none of the connector\'s.',
  );
  return 'wrong name';
}

function readSecret(layers: Layers, key: OmniumKey): Secret | undefined {
  const text = requiredText(layers, key);
  const found = layers.property(key);
  if (found) warnIfWrittenOut(found);
  return text === undefined ? undefined : new Secret(text);
}
