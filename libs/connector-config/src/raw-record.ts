import { inspect } from 'node:util';
import { isJsonObject, JsonObject } from './json';
import { isSecretName, SECRET_PLACEHOLDER } from './secret';

/** A connector record exactly as its file holds it, unknown keys included. Prints and serialises as its export, without secrets. */
export class RawRecord {
  readonly #source: JsonObject;

  constructor(source: JsonObject) {
    this.#source = source;
  }

  toJSON(): JsonObject {
    return hideInObject(this.#source);
  }

  [inspect.custom](): JsonObject {
    return this.toJSON();
  }
}

/**
 * The record for a file or a screen: equal to what was imported, with environment references kept as references. A secret written
 * out in the file (instead of referred to) leaves as `[secret]`; importing that placeholder again is refused.
 */
export function exportConnector(record: RawRecord | JsonObject): JsonObject {
  return record instanceof RawRecord ? record.toJSON() : hideInObject(record);
}

function hideInObject(source: JsonObject, secret = false): JsonObject {
  const labelled = Object.entries(source).some(
    ([name, label]) => /^(key|keyGroup)$/i.test(name) && typeof label === 'string' && isSecretName(label),
  );
  return Object.fromEntries(
    Object.entries(source).map(([name, value]) => {
      if (/^(key|keyGroup)$/i.test(name)) return [name, value];
      return [name, hide(value, secret || isSecretName(name) || (labelled && /^value$/i.test(name)))];
    }),
  );
}

function hide(value: unknown, secret: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => hide(item, secret));
  if (isJsonObject(value)) return hideInObject(value, secret);
  if (!secret || value === '' || (typeof value !== 'string' && typeof value !== 'number')) return value;
  return typeof value === 'string' && value.includes('${') ? value : SECRET_PLACEHOLDER;
}
