import type { FastifyInstance, FastifyReply } from 'fastify';
import { isObject } from '../documents';
import { decodeFault } from '../faults';
import { decodeSettings } from '../settings';
import type { TwinAdmin } from './admin';

interface TenantQuery {
  Querystring: { tenant?: string; ids?: string };
}
interface OrderRoute extends TenantQuery {
  Params: { id: string };
}

/** `/_twin/*`: no authentication, answers 400 with the problems for a body it cannot use. */
export function registerAdmin(server: FastifyInstance, admin: TwinAdmin): void {
  registerReads(server, admin);
  server.post('/_twin/faults', (request, reply) => attempt(reply, () => admin.addFault(decodeFault(request.body))));
  server.put('/_twin/settings', (request, reply) => attempt(reply, () => admin.changeSettings(decodeSettings(request.body))));
  server.post('/_twin/reset', (_request, reply) => attempt(reply, () => admin.reset()));
  server.post('/_twin/tokens/revoke', (_request, reply) => attempt(reply, () => admin.revokeTokens()));
  server.post<OrderRoute>('/_twin/orders/:id/staff-note', ({ params, query, body }, reply) => {
    const note = isObject(body) && typeof body.note === 'string' ? body.note : undefined;
    return orNotFound(reply, admin.addStaffNote(params.id, note, query.tenant));
  });
}

function registerReads(server: FastifyInstance, admin: TwinAdmin): void {
  server.get('/_twin/state', () => admin.state());
  server.get('/_twin/violations', () => ({ violations: admin.violations(), warnings: admin.warnings() }));
  server.get('/_twin/settings', () => admin.settings());
  server.get<TenantQuery>('/_twin/orders', ({ query }) =>
    query.ids === 'only' ? admin.orderIds(query.tenant) : admin.orders(query.tenant),
  );
  server.get<OrderRoute>('/_twin/orders/:id', ({ params, query }, reply) => orNotFound(reply, admin.order(params.id, query.tenant)));
  server.get<OrderRoute>('/_twin/history/:id', ({ params, query }) => admin.history(params.id, query.tenant));
}

function attempt(reply: FastifyReply, change: () => unknown): unknown {
  try {
    return change() ?? { ok: true };
  } catch (error) {
    return reply.code(400).send({ title: error instanceof Error ? error.message : 'Bad request' });
  }
}

function orNotFound(reply: FastifyReply, found: unknown): unknown {
  return found ?? reply.code(404).send({ title: 'Not found' });
}
