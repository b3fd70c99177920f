import { once } from 'node:events';
import fastify from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { TwinAdmin } from '../admin/admin';
import { registerAdmin } from '../admin/routes';
import type { World } from '../world';
import type { Incoming } from './incoming';
import { serve } from './serve';

/** A batch of 500 orders with many lines stays well below it. */
const LARGEST_BODY_BYTES = 64 * 1024 * 1024;

/** A body that is not JSON; the contract gate's answer goes out as 400. */
class Malformed {
  constructor(readonly reason: string) {}
}

/** The twin over HTTP: `/_twin/*` for those who test, everything else is Omnium. */
export function buildServer(world: World, admin: TwinAdmin): FastifyInstance {
  const server = fastify({ bodyLimit: LARGEST_BODY_BYTES, forceCloseConnections: true });
  readBodies(server);
  registerAdmin(server, admin);
  server.setNotFoundHandler((request, reply) => respond(world, request, reply));
  return server;
}

async function respond(world: World, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const answer = await serve(world, incomingOf(request));
  world.records.answer(answer === 'cut' ? 'cut' : answer.status);
  if (answer === 'cut') {
    reply.hijack();
    request.raw.socket.destroy();
    return;
  }
  const { status, headers, body } = answer;
  await reply
    .code(status)
    .headers({ ...headers })
    .type(contentType(status, body))
    .send(body);
}

function contentType(status: number, body: unknown): string {
  if (typeof body === 'string') return 'text/plain; charset=utf-8';
  return status >= 400 ? 'application/problem+json; charset=utf-8' : 'application/json; charset=utf-8';
}

function incomingOf(request: FastifyRequest): Incoming {
  const [path = '', query = ''] = request.raw.url?.split(/\?(.*)/s) ?? [];
  const { body } = request;
  const malformed = body instanceof Malformed ? { malformed: body.reason } : {};
  return {
    method: request.method,
    path,
    query: new URLSearchParams(query),
    headers: request.headers,
    body: body instanceof Malformed ? undefined : body,
    authorization: request.headers.authorization,
    closed: async () => {
      if (!request.raw.socket.destroyed) await once(request.raw.socket, 'close');
    },
    ...malformed,
  };
}

/** Reads every body as JSON, whatever its content type; the contract gate judges the type. An empty body is no body. */
function readBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser<string>('*', { parseAs: 'string' }, (_request, text, next) => {
    try {
      next(null, text === '' ? undefined : JSON.parse(text));
    } catch {
      next(null, new Malformed('is not JSON'));
    }
  });
}
