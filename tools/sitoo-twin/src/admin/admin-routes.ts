import type { IncomingMessage, ServerResponse } from 'node:http';
import { BadInput } from '../bad-input';
import { readJson, sendJson } from '../http';
import { Refused } from '../refused';
import { isTillAction } from '../till/actions';
import type { TwinAdmin } from './admin';

interface AdminCall {
  /** Account number from the path, where it has one. */
  account: number;
  /** Second part of the path, where it has one. */
  action: string;
  query: URLSearchParams;
  body: unknown;
}

const ROUTES: [method: string, path: RegExp, run: (admin: TwinAdmin, call: AdminCall) => unknown][] = [
  ['GET', /^\/_twin\/state$/, (admin) => admin.state()],
  ['GET', /^\/_twin\/violations$/, (admin) => admin.violations()],
  ['GET', /^\/_twin\/orders\/(\d+)$/, (admin, { account, query }) => admin.orders(account, query.get('fields')?.split(','))],
  [
    'POST',
    /^\/_twin\/accounts\/(\d+)\/orders$/,
    (admin, { account, query, body }) => admin.pushOrders(account, body, { events: query.get('events') !== 'false' }),
  ],
  ['POST', /^\/_twin\/accounts\/(\d+)\/events$/, (admin, { account, body }) => admin.sendEvents(account, body)],
  ['POST', /^\/_twin\/accounts\/(\d+)\/till\/(\w+)$/, (admin, { account, action, body }) => tillAction(admin, account, action, body)],
  ['GET', /^\/_twin\/accounts\/(\d+)\/registers$/, (admin, { account }) => admin.registers(account)],
  ['GET', /^\/_twin\/accounts\/(\d+)\/withheld-z-reports$/, (admin, { account }) => admin.withheldZReports(account)],
  ['PUT', /^\/_twin\/accounts\/(\d+)\/subscriptions$/, (admin, { account, body }) => admin.setSubscriptions(account, body)],
  ['POST', /^\/_twin\/faults$/, (admin, { body }) => admin.addFault(body)],
  ['DELETE', /^\/_twin\/faults$/, (admin) => admin.clearFaults()],
  ['PUT', /^\/_twin\/settings$/, (admin, { body }) => admin.changeSettings(body)],
  ['POST', /^\/_twin\/reset$/, (admin) => admin.reset()],
];

/** Serves `/_twin/…`: JSON in and out, no login; 400 with `{"error"}` for input that cannot be used. */
export async function handleAdmin(admin: TwinAdmin, url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const route = ROUTES.find(([method, path]) => method === request.method && path.test(url.pathname));
  if (!route) return sendJson(response, 404, { error: `no ${request.method} ${url.pathname}` });
  const [, path, run] = route;
  try {
    const [, account, action = ''] = path.exec(url.pathname) ?? [];
    const call = { account: Number(account), action, query: url.searchParams, body: await readJson(request) };
    sendJson(response, 200, await run(admin, call));
  } catch (error) {
    if (!(error instanceof BadInput || error instanceof Refused)) throw error;
    sendJson(response, 400, { error: error.message });
  }
}

function tillAction(admin: TwinAdmin, account: number, action: string, body: unknown): unknown {
  if (!isTillAction(action)) throw new BadInput(`the till has no action ${action}`);
  return admin.till(account).act(action, body);
}
