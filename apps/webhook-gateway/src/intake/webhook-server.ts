import { isInvalid, tokenMatches, type Configuration, type WorkingMarket } from '@connector/connector-config';
import { PublishFailed, type OutgoingRecord } from '@connector/event-bus';
import type { Logger } from '@connector/platform';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import type { Arrival, Intake } from './intake';
import type { IntakeMetrics } from './intake-metrics';
import { omniumSender, sitooSender, type Sender } from './senders';

interface Params {
  tenant: string;
  market: string;
}

export interface WebhookServerParts {
  configuration: Configuration;
  intake: Intake;
  publish: (records: OutgoingRecord[]) => Promise<void>;
  metrics: IntakeMetrics;
  logger: Logger;
}

/** Why a request was answered 503 although the gateway works: somebody has to look. */
type Alarm = 'unknown-market' | 'market-not-loaded' | 'wrong-token' | 'not-a-webhook';

/** Most of a body that is read as events, bytes; ten events are about 3 KB. */
const readLimit = 512 * 1024;
/** Beyond this a sender is cut off, bytes. */
const cutOff = 64 * 1024 * 1024;
/** The same alarm is logged once a minute per market; every one is counted. */
const alarmEveryMs = 60_000;

/**
 * The public side: `POST /api/sitoowebhook/{tenant}/{market}`, the same with `/events`, and `POST /api/omniumwebhook/{tenant}/{market}`. Plain
 * Fastify, no framework on the hot path.
 *
 * A POST is answered 200 (everything is on Kafka, acknowledged by all replicas) or 503 (send it again), nothing else: Sitoo throws events
 * away for good on most other codes (developer.sitoo.com/spi-events/overview), Omnium on 400, 404 and 429 (api-guide section 12). Therefore
 * an unknown market and a wrong token answer 503 too, with an alarm, and nothing is stored for them.
 */
export function createWebhookServer(parts: WebhookServerParts): FastifyInstance {
  const server = fastify({
    logger: false,
    // Sitoo gives up after 15 s; a sender that trickles its body is dropped before that.
    requestTimeout: 14_000,
    // Longer than common senders and load balancers keep theirs, so that a reused connection is not closed under a request.
    keepAliveTimeout: 75_000,
    routerOptions: { caseSensitive: false, ignoreDuplicateSlashes: true, ignoreTrailingSlash: true, maxParamLength: 200 },
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', (_request, payload, done) => readBody(payload, done));
  const alarm = createAlarm(parts);
  const from = (sender: Sender) => (request: FastifyRequest<{ Params: Params }>, reply: FastifyReply) =>
    receive(parts, sender, alarm, request, reply);
  server.post('/api/sitoowebhook/:tenant/:market', from(sitooSender));
  server.post('/api/sitoowebhook/:tenant/:market/events', from(sitooSender));
  server.post('/api/omniumwebhook/:tenant/:market', from(omniumSender(parts.configuration)));
  server.setNotFoundHandler((request, reply) => {
    if (request.method !== 'POST') return reply.code(404).send();
    alarm('not-a-webhook', '-', '-');
    return answer(parts, reply, 503, 'not-a-webhook');
  });
  // Whatever Fastify would answer by itself (400, 413, 415, 500) becomes "send it again".
  server.setErrorHandler((error: { code?: string }, _request, reply) => {
    parts.logger.warn({ code: error.code ?? 'unknown' }, 'gateway.request-failed');
    return answer(parts, reply, 503, 'request-failed');
  });
  return server;
}

async function receive(
  parts: WebhookServerParts,
  sender: Sender,
  alarm: (what: Alarm, tenant: string, market: string) => void,
  request: FastifyRequest<{ Params: Params }>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const started = process.hrtime.bigint();
  const market = parts.configuration.findMarket(request.params.tenant, request.params.market);
  if (!market) {
    alarm('unknown-market', clip(request.params.tenant), clip(request.params.market));
    return answer(parts, reply, 503, 'unknown-market');
  }
  if (isInvalid(market) || market.state === 'disabled') {
    alarm('market-not-loaded', market.tenant, market.market);
    return answer(parts, reply, 503, 'market-not-loaded');
  }
  if (!isFrom(sender, market, request)) {
    alarm('wrong-token', market.tenant, market.market);
    return answer(parts, reply, 503, 'wrong-token');
  }
  const arrival = (request.body as Arrival | undefined) ?? { bytes: Buffer.alloc(0), total: 0, receivedAt: Date.now() };
  return store(parts, sender, market, arrival, reply, started);
}

/** Whether one of the sender's credentials is one of the market's live tokens. */
function isFrom(sender: Sender, market: WorkingMarket, { headers }: FastifyRequest): boolean {
  const tokens = sender.tokens(market);
  return sender.credentials(headers).some((credential) => tokenMatches(credential, tokens).matched);
}

async function store(
  parts: WebhookServerParts,
  sender: Sender,
  market: WorkingMarket,
  arrival: Arrival,
  reply: FastifyReply,
  started: bigint,
): Promise<FastifyReply> {
  const { tenant, market: id } = market;
  const sorted = parts.intake.sort(arrival, sender.source(market));
  try {
    await parts.publish(sorted.records);
  } catch (error) {
    const code = error instanceof PublishFailed ? error.code : 'PUBLISH_FAILED';
    return answer(parts, reply, 503, code);
  }
  countRead(parts, { tenant, market: id }, sorted.read);
  parts.metrics.acknowledged(Number(process.hrtime.bigint() - started) / 1e9);
  return answer(parts, reply, 200, 'stored');
}

/** Counts how each event was read, and tells of those that were not. */
export function countRead(
  { metrics, logger }: Pick<WebhookServerParts, 'metrics' | 'logger'>,
  { tenant, market }: { tenant: string; market: string },
  read: readonly { type: string; code?: string }[],
): void {
  for (const { type, code } of read) {
    metrics.event(tenant, market, type, code);
    if (code) logger.warn({ tenant, market, code }, 'gateway.event-unrecognised');
  }
}

function answer({ metrics }: WebhookServerParts, reply: FastifyReply, code: 200 | 503, outcome: string): FastifyReply {
  metrics.request(outcome);
  if (code === 503) void reply.header('retry-after', '10');
  return reply.code(code).send();
}

/**
 * Reads up to the limit and counts the rest, so that even a body of the wrong kind can be kept and answered. Listeners, since an async
 * iterator costs more than everything else that is done to a small body.
 */
function readBody(payload: Readable, done: (error: Error | null, arrival?: Arrival) => void): void {
  const receivedAt = Date.now();
  const chunks: Buffer[] = [];
  let kept = 0;
  let total = 0;
  payload.on('data', (chunk: Buffer) => {
    total += chunk.length;
    if (total > cutOff) payload.destroy(Object.assign(new Error('body cut off'), { code: 'BODY_CUT_OFF' }));
    if (kept >= readLimit) return;
    chunks.push(chunk.subarray(0, readLimit - kept));
    kept += Math.min(chunk.length, readLimit - kept);
  });
  payload.once('error', done);
  payload.once('end', () => done(null, { bytes: chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks), total, receivedAt }));
}

function createAlarm({ metrics, logger }: WebhookServerParts): (what: Alarm, tenant: string, market: string) => void {
  const last = new Map<string, number>();
  return (what, tenant, market) => {
    metrics.alarm(what);
    const name = `${what}|${tenant}|${market}`;
    const now = Date.now();
    if (now - (last.get(name) ?? 0) < alarmEveryMs) return;
    // Addresses that nobody configured are chosen by the sender: the memory of them stays bounded.
    if (last.size > 1_000) last.clear();
    last.set(name, now);
    logger.error({ alarm: what, tenant, market }, 'gateway.alarm');
  };
}

/** A name from the outside, for a log line: short, and nothing but plain characters. */
function clip(name: string): string {
  return name.slice(0, 40).replace(/[^\w.-]/g, '?');
}
