import { once } from 'node:events';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import { TwinAdmin } from './admin/admin';
import { handleAdmin } from './admin/admin-routes';
import { ApiCalls } from './api/api-calls';
import { systemClock, type Clock } from './clock';
import { loadSitooContracts } from './contracts';
import { sendError } from './http';
import type { TwinSeed } from './seed';
import type { TwinSettings } from './settings';
import { TwinState } from './twin-state';

export interface SitooTwinOptions {
  /** Default: a free port. */
  port?: number;
  /** Accounts to begin with; default none. `readSeed` reads one from JSON. */
  seed?: TwinSeed;
  /** Win over the settings in the seed. */
  settings?: Partial<TwinSettings>;
  clock?: Clock;
  /** Gets a line for every batch of events that is dropped. Default: nowhere. */
  log?: (line: string) => void;
}

export interface SitooTwin {
  /** `http://127.0.0.1:{port}`; the API base of an account is `{url}/v2/accounts/{a}`. */
  url: string;
  admin: TwinAdmin;
  stop(): Promise<void>;
}

/** Starts a stand-in for Sitoo that listens on every interface. Rejects when the seed is not usable or the port is taken. */
export async function startSitooTwin(options: SitooTwinOptions = {}): Promise<SitooTwin> {
  const initial = { seed: options.seed ?? { accounts: [] }, settings: options.settings ?? {} };
  const state = new TwinState(await loadSitooContracts(), options.clock ?? systemClock, initial, options.log ?? (() => undefined));
  await state.reset();
  const admin = new TwinAdmin(state);
  const server = createServer(admin, new ApiCalls(state));
  server.listen(options.port ?? 0);
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : options.port;
  return { url: `http://127.0.0.1:${port}`, admin, stop: () => stop(server, state) };
}

function createServer(admin: TwinAdmin, api: ApiCalls): http.Server {
  const route = (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://twin');
    return url.pathname.startsWith('/_twin') ? handleAdmin(admin, url, request, response) : api.handle(url, request, response);
  };
  // Longer than the usual client's idle time, or a kept connection would die under a call.
  return http.createServer({ keepAliveTimeout: 75_000 }, (request, response) => {
    route(request, response).catch((error: unknown) => {
      if (!response.headersSent) sendError(response, 500, error instanceof Error ? error.message : 'Server error');
    });
  });
}

async function stop(server: http.Server, state: TwinState): Promise<void> {
  await state.stop();
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
