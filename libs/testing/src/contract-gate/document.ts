import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { asArray, asObject, isObject, type Json } from './types';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

export interface Parameter {
  name: string;
  in: string;
  required: boolean;
  /** `style: form, explode: false`: several values in one parameter, separated by commas. */
  commaSeparated: boolean;
  repeatable: boolean;
  schema: Json;
}

export interface Operation {
  operationId: string;
  method: string;
  template: string;
  parameters: Parameter[];
  body?: { required: boolean; schema: Json };
}

/** Reads an OpenAPI 3.1 YAML file. Throws when the file is missing or is not an OpenAPI document. */
export async function readDocument(yamlPath: string): Promise<Json> {
  const document: unknown = parse(await readFile(yamlPath, 'utf8'));
  if (!isObject(document) || !isObject(document.paths)) throw new Error(`${yamlPath} is not an OpenAPI document`);
  return document;
}

/** Follows `$ref` inside the document until something else is found. */
export function resolve(document: Json, value: unknown): Json {
  let current = asObject(value);
  while (typeof current.$ref === 'string') current = asObject(at(document, current.$ref));
  return current;
}

function at(document: Json, pointer: string): unknown {
  const keys = pointer.replace(/^#\//, '').split('/');
  return keys.reduce<unknown>((value, key) => asObject(value)[key.replaceAll('~1', '/').replaceAll('~0', '~')], document);
}

/** Every operation of the document's own servers. Path items with `servers` of their own live elsewhere and are left out. */
export function operationsOf(document: Json): Operation[] {
  return Object.entries(asObject(document.paths)).flatMap(([template, item]) => {
    const pathItem = asObject(item);
    if (pathItem.servers) return [];
    return METHODS.filter((method) => isObject(pathItem[method])).map((method) => operation(document, template, method, pathItem));
  });
}

function operation(document: Json, template: string, method: string, pathItem: Json): Operation {
  const own = asObject(pathItem[method]);
  const parameters = [...asArray(pathItem.parameters), ...asArray(own.parameters)].map((parameter) =>
    toParameter(resolve(document, parameter)),
  );
  return {
    operationId: String(own.operationId ?? `${method} ${template}`),
    method,
    template,
    parameters,
    body: toBody(document, own.requestBody),
  };
}

function toParameter(raw: Json): Parameter {
  const schema = asObject(raw.schema);
  const isArray = [schema.type].flat().includes('array');
  return {
    name: String(raw.name),
    in: String(raw.in),
    required: raw.required === true,
    commaSeparated: isArray && raw.explode === false,
    repeatable: isArray && raw.explode !== false,
    schema,
  };
}

function toBody(document: Json, raw: unknown): Operation['body'] {
  if (!raw) return undefined;
  const body = resolve(document, raw);
  const json = asObject(asObject(body.content)['application/json']);
  return { required: body.required === true, schema: asObject(json.schema) };
}
