import { resolve } from './document';
import { asArray, asObject, isObject, type Json } from './types';

/**
 * Rewrites schemas so that a written document may carry only the fields the contract names. Where an object is used, and the
 * contract says nothing about further fields, `unevaluatedProperties: false` is added: unlike `additionalProperties` it sees
 * through `$ref` and `allOf`. Objects without any named field stay open. Read-only fields become forbidden and not required.
 */
export function closed(document: Json, schema: Json): Json {
  return closeAt(document, schema);
}

/** The same for the named schemas; each is closed where it is used, since `allOf` may extend it. */
export function closedComponents(document: Json): Json {
  const schemas = asObject(asObject(document.components).schemas);
  return mapValues(schemas, (schema) => descend(document, asObject(schema)));
}

function closeAt(document: Json, value: unknown): Json {
  const schema = asObject(value);
  const branches = ['oneOf', 'anyOf'].filter((key) => Array.isArray(schema[key]));
  const onlyBranches = branches.length > 0 && !schema.properties && !schema.allOf && !schema.$ref;
  if (onlyBranches) {
    const inner = branches.map((key) => [key, asArray(schema[key]).map((branch) => closeAt(document, branch))]);
    return { ...schema, ...Object.fromEntries(inner) };
  }
  const saysItself = 'additionalProperties' in schema || 'unevaluatedProperties' in schema;
  const inner = descend(document, schema);
  return saysItself || !namesFields(document, schema) ? inner : { ...inner, unevaluatedProperties: false };
}

function descend(document: Json, schema: Json): Json {
  const out: Json = { ...schema };
  if (isObject(schema.properties)) {
    const readOnly = Object.keys(schema.properties).filter((name) => asObject(asObject(schema.properties)[name]).readOnly === true);
    out.properties = mapValues(schema.properties, (property, name) => (readOnly.includes(name) ? false : closeAt(document, property)));
    if (schema.required) out.required = asArray(schema.required).filter((name) => !readOnly.includes(String(name)));
  }
  if (isObject(schema.items)) out.items = closeAt(document, schema.items);
  if (isObject(schema.additionalProperties)) out.additionalProperties = closeAt(document, schema.additionalProperties);
  for (const key of ['allOf', 'oneOf', 'anyOf']) {
    if (Array.isArray(schema[key])) out[key] = schema[key].map((part) => descend(document, asObject(part)));
  }
  return out;
}

function namesFields(document: Json, schema: Json): boolean {
  const target = resolve(document, schema);
  if (isObject(target.properties)) return true;
  const parts = ['allOf', 'oneOf', 'anyOf'].flatMap((key) => asArray(target[key]));
  return parts.some((part) => namesFields(document, asObject(part)));
}

function mapValues(object: Json, change: (value: unknown, key: string) => unknown): Json {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));
}
