import { operationsOf, readDocument, resolve, type Operation } from './document';
import { readQuery } from './query';
import { Routes } from './routes';
import { asObject, type ContractAnswer, type ContractOptions, type ContractRequest, type Json, type Violation } from './types';
import { Validators } from './validators';

/** Checks requests against one OpenAPI 3.1 file, strictly: what the contract does not name is a violation. */
export class Contract {
  private readonly routes: Routes;
  private readonly validators: Validators;

  constructor(
    private readonly document: Json,
    private readonly options: ContractOptions = {},
  ) {
    this.routes = new Routes(operationsOf(document), options.caseInsensitive ?? false);
    this.validators = new Validators(document);
  }

  check(request: ContractRequest): ContractAnswer {
    const match = this.routes.match(request.path);
    if (!match)
      return { params: {}, query: {}, violations: [{ where: 'route', kind: 'unknown', message: `no such path: ${request.path}` }] };
    const operation = match.operations.get(request.method.toLowerCase());
    if (!operation) {
      const message = `${request.method} is not offered; the path knows ${[...match.operations.keys()].join(', ')}`;
      return { params: match.params, query: {}, violations: [{ where: 'route', kind: 'unknown', message }] };
    }
    const query = readQuery(operation, request.query ?? {}, this.options.caseInsensitive ?? false);
    const violations = [
      ...label('path', this.validators.params(operation, 'path', { ...match.params })),
      ...label('query', query.problems, 'unknown'),
      ...label('query', this.validators.params(operation, 'query', query.values)),
      ...label('body', this.bodyProblems(operation, request)),
    ];
    return { operationId: operation.operationId, params: match.params, query: query.values, violations };
  }

  /** What is wrong with a document of a named schema, as the platform would store or answer it. Unknown fields are judged by the schema alone. */
  problemsOf(schemaName: string, value: unknown): string[] {
    return this.validators.named(schemaName, value);
  }

  /** The field names a named object schema documents. */
  fieldsOf(schemaName: string): string[] {
    const schema = resolve(this.document, { $ref: `#/components/schemas/${schemaName}` });
    return Object.keys(asObject(schema.properties));
  }

  private bodyProblems(operation: Operation, { body, headers }: ContractRequest): string[] {
    if (body === undefined) return operation.body?.required ? ['/ a body is required'] : [];
    if (!operation.body) return ['/ this operation takes no body'];
    const type = headers && [headers['content-type'] ?? headers['Content-Type']].flat().join();
    const wrongType = type !== undefined && !/^application\/json\b/i.test(type) ? [`/ content-type must be application/json`] : [];
    return [...wrongType, ...this.validators.body(operation, body)];
  }
}

/** Reads an OpenAPI 3.1 YAML file; see {@link Contract}. Rejects when the file cannot be read. */
export async function loadContract(yamlPath: string, options: ContractOptions = {}): Promise<Contract> {
  return new Contract(await readDocument(yamlPath), options);
}

function label(where: Violation['where'], messages: string[], kind: Violation['kind'] = 'invalid'): Violation[] {
  return messages.map((message) => ({ where, kind, message }));
}
