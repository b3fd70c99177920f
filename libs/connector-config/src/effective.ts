import { Layers, Origin } from './layers';
import { ConnectorRecord } from './record-shape';
import { isSecretName, SECRET_PLACEHOLDER } from './secret';
import { findSetting, RECORD_FIELDS, Setting } from './settings';

/** One value as it holds for a market, and which level it came from. Secrets are shown as `[secret]`. */
export interface EffectiveValue {
  key: string;
  value: string;
  origin: Origin;
}

const FIELDS = [
  'implementations',
  'disableStandardErrorPolicy',
  'enabledForMarkets',
  'disabledForMarkets',
  'enabledForMarketGroups',
  'disabledForMarketGroups',
] as const;

/** Every field, every known property and every other property of the records, each once, with the value that wins. */
export function effectiveValues(layers: Layers, timeoutMs: number): EffectiveValue[] {
  return [
    host(layers),
    timeOut(layers, timeoutMs),
    ...FIELDS.map((key) => field(layers, key)),
    ...headers(layers),
    ...knownProperties(layers),
    ...otherProperties(layers),
  ];
}

function host(layers: Layers): EffectiveValue {
  const layer = layers.layers.find(({ record }) => record.host !== undefined && record.host.text !== '');
  const text = layer?.record.host?.text ?? '';
  return { key: 'host', value: text.includes('@') ? SECRET_PLACEHOLDER : text, origin: layer?.origin ?? 'default' };
}

function timeOut(layers: Layers, timeoutMs: number): EffectiveValue {
  const layer = layers.layers.find(({ record }) => record.shape.timeOut !== undefined && /[1-9]/.test(record.shape.timeOut));
  return { key: 'timeOut', value: `${timeoutMs} ms`, origin: layer?.origin ?? 'default' };
}

function field(layers: Layers, key: (typeof FIELDS)[number] & keyof ConnectorRecord): EffectiveValue {
  const found = layers.field(key);
  const value = found?.value;
  const text = Array.isArray(value) ? value.join(', ') : String(value ?? '');
  return { key, value: text === '' ? defaultOf(key) : text, origin: found?.origin ?? 'default' };
}

function headers(layers: Layers): EffectiveValue[] {
  const seen = new Map<string, EffectiveValue>();
  for (const { origin, record } of layers.layers) {
    for (const { name } of record.headers) {
      const key = `customHeaders.${name}`;
      if (!seen.has(key.toLowerCase())) seen.set(key.toLowerCase(), { key, value: SECRET_PLACEHOLDER, origin });
    }
  }
  return [...seen.values()];
}

function knownProperties(layers: Layers): EffectiveValue[] {
  return layers.settings.flatMap((setting): EffectiveValue[] => {
    if (setting.grouped) return [];
    const entries = layers.all(setting.key);
    const [first] = entries;
    if (!first) return [{ key: setting.key, value: setting.default ?? '', origin: 'default' }];
    const value = setting.secret ? entries.map(() => SECRET_PLACEHOLDER) : entries.map((entry) => entry.text ?? '');
    return [{ key: setting.key, value: value.join(', '), origin: first.origin }];
  });
}

function otherProperties(layers: Layers): EffectiveValue[] {
  const seen = new Map<string, EffectiveValue>();
  for (const { origin, record } of layers.layers) {
    for (const { key, keyGroup, text, reference } of record.properties) {
      if (findSetting(layers.settings, key, keyGroup)) continue;
      const name = keyGroup === undefined ? key : `${keyGroup}.${key}`;
      const value = reference || isSecretName(key) || isSecretName(keyGroup ?? '') ? SECRET_PLACEHOLDER : (text ?? '');
      if (!seen.has(name.toLowerCase())) seen.set(name.toLowerCase(), { key: name, value, origin });
    }
  }
  return [...seen.values()];
}

function defaultOf(key: string): string {
  const fields: readonly Setting[] = RECORD_FIELDS;
  return fields.find((setting) => setting.key === key)?.default ?? '';
}
