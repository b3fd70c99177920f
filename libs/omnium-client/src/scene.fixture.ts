import { CallError, createOpenGate, type CallEvent } from '@connector/platform';
import { createOmniumClient, type OmniumClientOptions } from './client';
import { startScriptedServer, type Answer, type SeenRequest } from './scripted-server.fixture';

const open: (() => unknown)[] = [];

/** For `afterEach`. */
export async function closeScenes(): Promise<void> {
  for (const close of open.splice(0)) await close();
}

/** A client before a server that hands out tokens `token-1`, `token-2`, … and answers everything else as told. */
export async function scene(
  answer: (request: SeenRequest, index: number) => Answer,
  options: Partial<OmniumClientOptions> = {},
  token: (index: number) => Answer = (index) => ({
    status: 200,
    body: { accessToken: `token-${index + 1}`, tokenType: 'Bearer', expiresIn: 864_000 },
  }),
) {
  const tokenCalls: SeenRequest[] = [];
  const calls: SeenRequest[] = [];
  const events: CallEvent[] = [];
  const server = await startScriptedServer((request) =>
    request.url.startsWith('/api/Token') ? token(tokenCalls.push(request) - 1) : answer(request, calls.push(request) - 1),
  );
  const client = createOmniumClient({
    baseUrl: server.url,
    clientId: 'PLANTED-ID',
    clientSecret: 'PLANTED-SECRET',
    timeoutMs: 5_000,
    retries: false,
    circuit: false,
    gate: createOpenGate(),
    onCall: (event) => events.push(event),
    ...options,
  });
  open.push(server.close, () => client.close());
  return { client, calls, tokenCalls, events };
}

/** The error of a call that must fail. */
export async function failure(call: Promise<unknown>): Promise<CallError> {
  const error: unknown = await call.then(
    () => new Error('the call succeeded'),
    (reason: unknown) => reason,
  );
  if (error instanceof CallError) return error;
  throw error;
}

export function queryOf(request: SeenRequest | undefined): URLSearchParams {
  return new URL(request?.url ?? '', 'http://omnium').searchParams;
}
