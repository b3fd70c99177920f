import type { FastifyInstance, FastifyReply } from 'fastify';
import { decodeCart } from '../carts/cart';
import { isObject } from '../documents';
import { decodeFault } from '../faults';
import { decodeSettings } from '../settings';
import { problemBody, Refusal } from '../refusal';
import { decodeSubscriptions } from '../webhooks/subscription';
import { decodeConnectors } from '../workflow/connectors';
import type { TwinAdmin } from './admin';
import { decodeStaffReturn } from './staff-return';
import { decodeWebOrder } from './web-order';

const NOT_FOUND = Symbol('not found');

interface TenantQuery {
  Querystring: { tenant?: string; ids?: string; from?: string; count?: string };
}
interface OrderRoute extends TenantQuery {
  Params: { id: string };
}

/** `/_twin/*`: no authentication, answers 400 with the problems for a body it cannot use. */
export function registerAdmin(server: FastifyInstance, admin: TwinAdmin): void {
  registerReads(server, admin);
  registerPeople(server, admin);
  server.post('/_twin/faults', (request, reply) => attempt(reply, () => admin.addFault(decodeFault(request.body))));
  server.put('/_twin/settings', (request, reply) => attempt(reply, () => admin.changeSettings(decodeSettings(request.body))));
  server.post('/_twin/reset', (_request, reply) => attempt(reply, () => admin.reset()));
  server.post('/_twin/tokens/revoke', (_request, reply) => attempt(reply, () => admin.revokeTokens()));
  server.post<OrderRoute>('/_twin/orders/:id/staff-note', ({ params, query, body }, reply) => {
    const note = isObject(body) && typeof body.note === 'string' ? body.note : undefined;
    return orNotFound(reply, admin.addStaffNote(params.id, note, query.tenant));
  });
}

/** What staff and web shop do. A rule that it breaks is a 400 too, and no violation of the connector's. */
function registerPeople(server: FastifyInstance, admin: TwinAdmin): void {
  server.put<TenantQuery>('/_twin/subscriptions', ({ body, query }, reply) =>
    attempt(reply, () => admin.subscribe(decodeSubscriptions(body), query.tenant)),
  );
  server.put<TenantQuery>('/_twin/connectors', ({ body, query }, reply) =>
    attempt(reply, () => admin.setConnectors(decodeConnectors(body), query.tenant)),
  );
  server.post<TenantQuery>('/_twin/plugin/orders', ({ body, query }, reply) =>
    attempt(reply, () => admin.importAsPlugin(body, query.tenant)),
  );
  server.post<TenantQuery>('/_twin/webshop/orders', ({ body, query }, reply) =>
    attempt(reply, () => admin.placeWebOrder(decodeWebOrder(body), query.tenant)),
  );
  const onOrder = (
    method: 'POST' | 'PATCH' | 'PUT' | 'DELETE',
    url: string,
    act: (id: string, body: unknown, tenant?: string) => unknown,
  ): void => {
    server.route<OrderRoute>({
      method,
      url,
      handler: ({ params, body, query }, reply) => attempt(reply, () => act(params.id, body, query.tenant) ?? NOT_FOUND),
    });
  };
  onOrder('PATCH', '/_twin/webshop/orders/:id', (id, body, tenant) => admin.changeWebOrder(id, body, tenant));
  onOrder('POST', '/_twin/webshop/orders/:id/cancel', (id, _, tenant) => admin.cancelWebOrder(id, tenant));
  onOrder('PUT', '/_twin/webshop/carts/:id', (id, body, tenant) => admin.fillCart(id, decodeCart(body), tenant));
  onOrder('DELETE', '/_twin/webshop/carts/:id', (id, _, tenant) => admin.deleteCart(id, tenant));
  onOrder('POST', '/_twin/orders/:id/tags', (id, body, tenant) => admin.addTag(id, textOf(body, 'tag'), tenant));
  onOrder('POST', '/_twin/orders/:id/status', (id, body, tenant) => admin.setStatus(id, textOf(body, 'status'), tenant));
  onOrder('POST', '/_twin/orders/:id/returns', (id, body, tenant) => admin.addStaffReturn(id, decodeStaffReturn(body), tenant));
}

function textOf(body: unknown, field: string): string {
  const value = isObject(body) ? body[field] : undefined;
  if (typeof value === 'string') return value;
  throw new Error(`/ must have required property '${field}'`);
}

function registerReads(server: FastifyInstance, admin: TwinAdmin): void {
  server.get('/_twin/state', () => admin.state());
  server.get('/_twin/violations', () => ({ violations: admin.violations(), warnings: admin.warnings() }));
  server.get('/_twin/settings', () => admin.settings());
  server.get<TenantQuery>('/_twin/orders', ({ query }) =>
    query.ids === 'only' ? admin.orderIds(query.tenant) : admin.orders(query.tenant),
  );
  server.get<OrderRoute>('/_twin/orders/:id', ({ params, query }, reply) => orNotFound(reply, admin.order(params.id, query.tenant)));
  server.get<TenantQuery>('/_twin/written', ({ query: { from = 0, count = 1_000, tenant } }) =>
    admin.written(Number(from), Number(count), tenant),
  );
  server.get<OrderRoute>('/_twin/history/:id', ({ params, query }) => admin.history(params.id, query.tenant));
}

function attempt(reply: FastifyReply, change: () => unknown): unknown {
  try {
    const result = change() ?? { ok: true };
    return result === NOT_FOUND ? orNotFound(reply, undefined) : result;
  } catch (error) {
    if (error instanceof Refusal) return reply.code(error.status).send(problemBody(error));
    return reply.code(400).send({ title: error instanceof Error ? error.message : 'Bad request' });
  }
}

function orNotFound(reply: FastifyReply, found: unknown): unknown {
  return found ?? reply.code(404).send({ title: 'Not found' });
}
