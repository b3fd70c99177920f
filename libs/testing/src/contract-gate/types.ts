/** One way a request departs from the contract. Messages name fields and types, never the values sent. */
export interface Violation {
  where: 'route' | 'path' | 'query' | 'body';
  /** `unknown`: the contract does not have it (a platform may ignore it silently). `invalid`: wrong or missing, a platform refuses it. */
  kind: 'unknown' | 'invalid';
  message: string;
}

/** Query as a server sees it: `URLSearchParams`, or names with one value or several (repeated parameter). */
export type QueryInput = URLSearchParams | Readonly<Record<string, string | readonly string[] | undefined>>;

export interface ContractRequest {
  method: string;
  /** Relative to the server base of the OpenAPI file, without the query: `/orders.json`, `/api/Orders/UpdateMany`. */
  path: string;
  query?: QueryInput;
  headers?: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Decoded JSON; `undefined` when the request has no body. */
  body?: unknown;
}

export interface ContractAnswer {
  /** Absent when no route matched. */
  operationId?: string;
  /** Path parameters, percent-decoded. */
  params: Record<string, string>;
  /** Query parameters as typed values (numbers, booleans, arrays) with the contract's defaults filled in. */
  query: Record<string, unknown>;
  violations: Violation[];
}

export interface ContractOptions {
  /** Paths and query names match without regard to case, as ASP.NET does (Omnium). Default false. */
  caseInsensitive?: boolean;
}

/** A JSON object whose shape is not known yet. */
export type Json = Record<string, unknown>;

export const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
export const asObject = (value: unknown): Json => (isObject(value) ? value : {});
export const asArray = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
