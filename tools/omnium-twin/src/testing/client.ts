import { devShop } from '../seed';
import type { OmniumTwin, OmniumTwinOptions } from '../twin';
import { startOmniumTwin } from '../twin';
import { StillClock } from './clock';

export interface TwinAnswer {
  status: number;
  headers: Headers;
  body: unknown;
}

/** A running twin with a clock that stands still, and a caller that has a token. */
export interface TwinUnderTest {
  twin: OmniumTwin;
  clock: StillClock;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<TwinAnswer>;
  token(clientId?: string, clientSecret?: string): Promise<string>;
}

export async function startForTest<C extends StillClock = StillClock>(
  options: OmniumTwinOptions & { clock?: C } = {},
): Promise<TwinUnderTest & { clock: C | StillClock }> {
  const clock = options.clock ?? new StillClock();
  const twin = await startOmniumTwin({ ...options, clock });
  const token = (clientId = devShop.apiUsers[0]?.clientId ?? '', clientSecret = devShop.apiUsers[0]?.clientSecret ?? '') =>
    fetchToken(twin.url, clientId, clientSecret);
  const bearer = options.tenants ? '' : await token();
  return {
    twin,
    clock,
    token,
    call: (method, path, body, headers = {}) => send(`${twin.url}${path}`, method, body, { authorization: `Bearer ${bearer}`, ...headers }),
  };
}

async function fetchToken(url: string, clientId: string, clientSecret: string): Promise<string> {
  const query = new URLSearchParams({ clientId, clientSecret });
  const response = await fetch(`${url}/api/Token?${query}`, { method: 'POST' });
  return response.text();
}

async function send(url: string, method: string, body: unknown, headers: Record<string, string>): Promise<TwinAnswer> {
  const json = body === undefined ? {} : { body: JSON.stringify(body), headers: { ...headers, 'content-type': 'application/json' } };
  const response = await fetch(url, { method, headers, ...json });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: /json/.test(response.headers.get('content-type') ?? '') && text ? JSON.parse(text) : text,
  };
}
