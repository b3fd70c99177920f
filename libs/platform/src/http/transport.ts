import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import axios, { isAxiosError, type AxiosInstance } from 'axios';
import type { RawAnswer } from './classify';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface RawRequest {
  method: Method;
  url: string;
  headers: Record<string, string>;
  body?: string;
  signal: AbortSignal;
}

/** What is left of a transport error: its code. Its message, config and request carry the URL, headers and body, so they are dropped. */
export interface TransportFailure {
  code: string;
  beforeSending: boolean;
}

export interface Transport {
  send(request: RawRequest): Promise<{ answer: RawAnswer } | { failure: TransportFailure }>;
  close(): void;
}

/** Idle connections are closed by us first: servers close theirs after 5 s and more, and a request on a dying socket is an unclear outcome. */
const IDLE_CONNECTION_MS = 4_000;

/** An answer beyond this is a fault of somebody; it must not take the process down with it. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

/** axios with keep-alive and nothing clever: no redirects (they would carry the authorisation elsewhere), no status judgement, no parsing. */
export function createTransport(): Transport {
  const agents = { keepAlive: true, timeout: IDLE_CONNECTION_MS };
  const httpAgent = new HttpAgent(agents);
  const httpsAgent = new HttpsAgent(agents);
  const client = axios.create({
    httpAgent,
    httpsAgent,
    maxRedirects: 0,
    maxContentLength: MAX_ANSWER_BYTES,
    maxBodyLength: Number.POSITIVE_INFINITY,
    responseType: 'text',
    validateStatus: () => true,
    transformRequest: [(body: unknown) => body],
    transformResponse: [(body: unknown) => body],
  });
  return {
    send: (request) => send(client, request),
    close: () => {
      httpAgent.destroy();
      httpsAgent.destroy();
    },
  };
}

async function send(client: AxiosInstance, { body, ...request }: RawRequest): ReturnType<Transport['send']> {
  try {
    const { status, headers, data } = await client.request<unknown>({ ...request, data: body });
    return { answer: { status, headers: flatHeaders(headers), text: typeof data === 'string' ? data : '' } };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}

function flatHeaders(headers: object): Record<string, string> {
  const entries = Object.entries(headers).filter(([, value]) => value !== undefined && value !== null && typeof value !== 'function');
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), String(value)]));
}

/** Codes that only come up while a connection is being made. */
const connecting =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ERR_INVALID_URL|ERR_TLS_.*|CERT_.*|.*_CERT(_.*)?|UNABLE_TO_.*)$/;

function failureOf(error: unknown): TransportFailure {
  const code = isAxiosError(error) && error.code !== undefined ? error.code : 'UNKNOWN';
  return { code, beforeSending: connecting.test(code) || wasConnecting(error) };
}

/** ETIMEDOUT and ECONNRESET exist before and after sending; Node says `syscall: 'connect'` for the former. */
function wasConnecting(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return [error, cause].some(
    (one) => one instanceof Error && 'syscall' in one && (one.syscall === 'connect' || one.syscall === 'getaddrinfo'),
  );
}
