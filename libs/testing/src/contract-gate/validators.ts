import { Ajv2020, type ErrorObject, type Options, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { closed, closedComponents } from './closed-schema';
import type { Operation, Parameter } from './document';
import { isObject, type Json } from './types';

const KEY = 'contract';
/** Enough to understand what is wrong; a batch of 500 documents with one wrong name would otherwise say it 500 times. */
const MAX_MESSAGES = 20;

/** Compiles each operation's schemas at its first use; Omnium's file has 130 operations and a run calls a handful. */
export class Validators {
  private readonly bodies: Ajv2020;
  private readonly parameters: Ajv2020;
  private readonly documents: Ajv2020;
  private readonly cache = new Map<string, ValidateFunction>();

  constructor(private readonly document: Json) {
    this.bodies = newAjv({ allErrors: true }).addSchema({ components: { schemas: closedComponents(document) } }, KEY, undefined, false);
    this.documents = newAjv({ allErrors: true }).addSchema(document, KEY, undefined, false);
    this.parameters = newAjv({ allErrors: true, coerceTypes: true, useDefaults: true }).addSchema(document, KEY, undefined, false);
  }

  body(operation: Operation, value: unknown): string[] {
    const schema = operation.body?.schema ?? {};
    return this.run(`${operation.operationId} body`, () => this.bodies.compile(rebased(closed(this.document, schema))), value);
  }

  /** Changes `values` in place: texts become the typed values of the contract, and defaults are filled in. */
  params(operation: Operation, where: 'path' | 'query', values: Json): string[] {
    const parameters = operation.parameters.filter((parameter) => parameter.in === where);
    return this.run(`${operation.operationId} ${where}`, () => this.parameters.compile(parameterSchema(parameters)), values);
  }

  named(schemaName: string, value: unknown): string[] {
    return this.run(`schema ${schemaName}`, () => this.documents.compile({ $ref: `${KEY}#/components/schemas/${schemaName}` }), value);
  }

  private run(key: string, compile: () => ValidateFunction, value: unknown): string[] {
    const validate = this.cache.get(key) ?? compile();
    this.cache.set(key, validate);
    return validate(value) ? [] : readable(validate.errors ?? []);
  }
}

function newAjv(options: Options): Ajv2020 {
  const ajv = new Ajv2020({ ...options, strict: false, logger: false });
  addFormats(ajv);
  return ajv.addFormat('decimal', true);
}

function parameterSchema(parameters: Parameter[]): Json {
  return rebased({
    type: 'object',
    properties: Object.fromEntries(parameters.map((parameter) => [parameter.name, parameter.schema])),
    required: parameters.filter((parameter) => parameter.required).map((parameter) => parameter.name),
    additionalProperties: false,
  });
}

/** Points the local references of a lifted-out schema at the registered document. */
function rebased(schema: Json): Json {
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, key === '$ref' ? pointed(value) : rebasedValue(value)]));
}

function rebasedValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rebasedValue);
  return isObject(value) ? rebased(value) : value;
}

function pointed(reference: unknown): string {
  return String(reference).replace(/^#/, `${KEY}#`);
}

/** A failed branch of `oneOf` also says "must be null" and "must match exactly one": left out when something clearer was said. */
function readable(errors: ErrorObject[]): string[] {
  const noise = (error: ErrorObject) =>
    ['oneOf', 'anyOf'].includes(error.keyword) || (error.keyword === 'type' && error.params.type === 'null');
  const clear = errors.filter((error) => !noise(error));
  return [...new Set((clear.length > 0 ? clear : errors).map(sentence))].slice(0, MAX_MESSAGES);
}

function sentence({ instancePath, keyword, params, message }: ErrorObject): string {
  const place = instancePath || '/';
  const unknownField: unknown = params.unevaluatedProperty ?? params.additionalProperty;
  if (typeof unknownField === 'string') return `${place} unknown field '${unknownField}'`;
  if (keyword === 'false schema') return `${place} is read-only`;
  if (keyword === 'enum') return `${place} must be one of ${JSON.stringify(params.allowedValues)}`;
  return `${place} ${message ?? keyword}`;
}
