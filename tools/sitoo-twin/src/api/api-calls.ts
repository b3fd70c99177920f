import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ContractAnswer } from '@connector/testing';
import { BadInput } from '../bad-input';
import type { Fault } from '../faults';
import { readJson, sendError, sendJson } from '../http';
import type { RecordedViolation } from '../records';
import { Refused } from '../refused';
import type { TwinState } from '../twin-state';
import { authenticate } from './auth';
import { READS } from './reads';
import { WRITES } from './writes';

interface Call {
  account: number;
  key?: string;
  /** Path below `/v2/accounts/{a}`. */
  path: string;
  url: URL;
  request: IncomingMessage;
  response: ServerResponse;
}

type Answer = { body: unknown } | { status: number; error: string };

/** Answers calls to `/v2/accounts/{a}/…` as Sitoo would: login, limits, latency, contract, then the work itself. */
export class ApiCalls {
  constructor(private readonly state: TwinState) {}

  async handle(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, account, path] = /^\/v2\/accounts\/(\d+)(\/.*)$/.exec(url.pathname) ?? [];
    if (!account || !path) return sendError(response, 404, 'URL not found');
    const call: Call = { account: Number(account), path, url, request, response };
    const key = authenticate(this.state.accounts.get(call.account), request.headers.authorization);
    if (!key) {
      this.record(call, 'auth', 'unknown login');
      return sendError(response, 401, 'Login failed');
    }
    await this.limited({ ...call, key: key.id }, key.id);
  }

  private async limited(call: Call, keyId: string): Promise<void> {
    const entry = this.state.limits.enter(call.account, keyId);
    if (!entry.ok) {
      this.record(call, entry.kind, entry.kind === 'concurrency' ? 'second call in flight' : 'calls per second used up');
      if (entry.kind === 'concurrency') return sendError(call.response, 429, 'Too many connections');
      return sendError(call.response, 429, 'Too many requests', resetHeaders(entry.resetsAt, this.state.clock.now()));
    }
    const gone = new AbortController();
    call.response.once('close', () => gone.abort());
    try {
      await this.faulty(
        call,
        this.state.faults.take(call.account, () => this.operationOf(call)),
        gone.signal,
      );
    } finally {
      // In the same turn as the answer: the caller may send its next call the moment it has read this one.
      entry.leave();
    }
  }

  private async faulty(call: Call, fault: Fault | undefined, gone: AbortSignal): Promise<void> {
    if (fault) this.state.records.faultsServed += 1;
    if (fault?.kind === 'hang') return untilGone(gone);
    await this.state.clock.sleep(this.state.settings.latencyMs, gone);
    if (gone.aborted) return;
    if (fault?.kind === '429storm') {
      const now = this.state.clock.now();
      return sendError(call.response, 429, 'Too many requests', resetHeaders(now / 1000 + (fault.retryAfterSeconds ?? 1), now));
    }
    if (fault?.kind === '5xx') return sendError(call.response, fault.status ?? 500, 'Server error');
    const answer = await this.answer(call, fault?.kind === 'staleRead');
    if (fault?.kind === 'reset') call.request.socket.resetAndDestroy();
    else if ('error' in answer) sendError(call.response, answer.status, answer.error);
    else sendJson(call.response, 200, answer.body);
  }

  private async answer(call: Call, stale: boolean): Promise<Answer> {
    const body = await readBody(call.request);
    const { headers, method = 'GET' } = call.request;
    const checked = this.state.contracts.check({ method, path: call.path, query: call.url.searchParams, headers, body });
    this.state.records.call(checked.operationId ?? 'unknown', call.key ?? '');
    for (const { where, message } of checked.violations) this.record(call, 'contract', `${where}: ${message}`, checked.operationId);
    if (!checked.operationId) return { status: 404, error: 'URL not found' };
    // Unknown query parameters are ignored by the real system, silently; here they are at least on record.
    const refused = checked.violations.find((violation) => violation.kind === 'invalid');
    if (refused) return { status: 400, error: `Invalid ${refused.where}: ${refused.message}` };
    try {
      return this.perform({ ...call, operation: checked.operationId }, checked, body, stale);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.isViolation) this.record(call, 'contract', `body: ${error.message}`, checked.operationId);
      else this.state.records.refusal(checked.operationId);
      return { status: error.status, error: error.message };
    }
  }

  private perform(call: Call & { operation: string }, { params, query }: ContractAnswer, body: unknown, stale: boolean): Answer {
    const { operation } = call;
    const [read, write] = [READS[operation], WRITES[operation]];
    const account = this.state.accounts.get(call.account);
    const desk = this.state.desks.get(call.account);
    if ((!read && !write) || !account || !desk) {
      this.record(call, 'unserved', `the twin does not serve ${operation}`, operation);
      return { status: 404, error: `not served by this twin: ${operation}` };
    }
    if (params.siteid !== undefined && !account.sites.includes(Number(params.siteid))) return { status: 404, error: 'URL not found' };
    if (write) return { body: write({ desk, contracts: this.state.contracts, params, query, body }) };
    this.checkFields(call, operation, read?.schema ?? '', query.fields);
    const answer = read?.answer({ account, desk, params, query, stale });
    return answer === undefined ? { status: 404, error: 'Not found' } : { body: answer };
  }

  /** What the call is about, from its path alone. */
  private operationOf({ request: { method = 'GET' }, path }: Call): string | undefined {
    return this.state.contracts.check({ method, path }).operationId;
  }

  /** A misspelt name in `fields` costs nothing but the field, so it is reported. */
  private checkFields(call: Call, operation: string, schema: string, fields: unknown): void {
    if (!Array.isArray(fields)) return;
    const { orders, catalog } = this.state.contracts;
    const known = [...orders.fieldsOf(schema), ...catalog.fieldsOf(schema)];
    const unknown = fields.map(String).filter((field) => !known.includes(field));
    for (const field of unknown) this.record(call, 'contract', `query: unknown field '${field}' in fields`, operation);
  }

  private record(call: Call, kind: RecordedViolation['kind'], message: string, operation?: string): void {
    const at = new Date(this.state.clock.now()).toISOString();
    const request = `${call.request.method} ${call.url.pathname}`;
    this.state.records.violation({ at, kind, account: call.account, key: call.key, request, operation, message });
  }
}

/** Seen in the wild: `X-Rate-Limit-Reset` in Unix seconds, `Retry-After` in seconds. */
function resetHeaders(resetsAt: number, nowMs: number): Record<string, string> {
  return { 'x-rate-limit-reset': String(Math.ceil(resetsAt)), 'retry-after': String(Math.max(0, Math.ceil(resetsAt - nowMs / 1000))) };
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  try {
    return await readJson(request);
  } catch (error) {
    if (error instanceof BadInput) return null;
    throw error;
  }
}

function untilGone(gone: AbortSignal): Promise<void> {
  return new Promise((resolve) => (gone.aborted ? resolve() : gone.addEventListener('abort', () => resolve(), { once: true })));
}
