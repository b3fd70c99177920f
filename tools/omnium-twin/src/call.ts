import type { JsonObject, Order } from './documents';
import { isObject } from './documents';
import type { Writer } from './orders/store';
import type { Problem } from './refusal';
import type { TwinSettings } from './settings';
import type { Tenant } from './tenant';

/** One authorised call whose parameters and body fit the contract. */
export interface Call {
  tenant: Tenant;
  writer: Writer;
  settings: TwinSettings;
  /** Milliseconds since 1970, UTC. */
  now: number;
  params: Readonly<Record<string, string>>;
  /** Typed values, names as in the contract. */
  query: Readonly<Record<string, unknown>>;
  body: unknown;
  warn(warnings: readonly Problem[]): void;
  batchApplied(size: number): void;
}

export interface Reply {
  status: number;
  /** An object is sent as JSON, a string as text; nothing for 204. */
  body?: unknown;
}

/** An operation that the twin serves. */
export interface Operation {
  kind: 'read' | 'write' | 'batch-write';
  /** Ids of the orders that the call writes. */
  writes?(call: Pick<Call, 'params' | 'body'>): string[];
  run(call: Call): Reply;
}

export const ok = (body: unknown): Reply => ({ status: 200, body });
export const created = (body: unknown): Reply => ({ status: 201, body });
export const done: Reply = { status: 204 };

/** The body as what the operation takes. The contract gate has checked the fields; this is the one place where its word is taken for a type. */
export function bodyIn<Body extends object>(body: unknown): Body {
  return objectIn(body) as Body;
}

export function orderIn(body: unknown): Order {
  return bodyIn<Order>(body);
}

export function ordersIn(body: unknown): Order[] {
  return Array.isArray(body) ? body.map(orderIn) : [];
}

export function objectIn(body: unknown): JsonObject {
  return isObject(body) ? body : {};
}

export function textsIn(list: unknown): string[] {
  return Array.isArray(list) ? list.map(String) : [];
}
