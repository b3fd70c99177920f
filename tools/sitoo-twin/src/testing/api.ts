import { type SitooTwin, type SitooTwinOptions, startSitooTwin } from '../index';
import { KEY_ONE, SEED } from './samples';
import { startReceiver } from './receiver';
import { eventually } from './eventually';

interface ApiAnswer {
  status: number;
  /** Decoded JSON; specs compare it as a whole or in part. */
  body: unknown;
}

export interface ReceivedEvent {
  event_type: string;
  data: object;
}

/** A twin without latency, with its API and a subscriber who takes everything. */
export async function startTwin(options: SitooTwinOptions = {}) {
  const twin = await startSitooTwin({ seed: SEED, ...options, settings: { latencyMs: 0, ...options.settings } });
  const receiver = await startReceiver();
  await twin.admin.setSubscriptions(1500, [{ base_url: receiver.url }]);
  return {
    twin,
    till: twin.admin.till(1500),
    call: (method: string, path: string, body?: unknown) => call(twin, method, path, body),
    order: (orderid: number) => twin.admin.orders(1500).find((order) => order.orderid === orderid),
    /** Type and data of every event so far, oldest first. */
    events: async (): Promise<ReceivedEvent[]> => {
      await eventually(() => twin.admin.state().events.pending === 0);
      return receiver.batches
        .flatMap(({ events }) => (Array.isArray(events) ? events : []))
        .map(({ event_type, data }) => ({ event_type, data }));
    },
    stop: async () => {
      await twin.stop();
      await receiver.stop();
    },
  };
}

export type TwinInTest = Awaited<ReturnType<typeof startTwin>>;

async function call(twin: SitooTwin, method: string, path: string, body: unknown): Promise<ApiAnswer> {
  const headers = { authorization: KEY_ONE, 'content-type': 'application/json' };
  const response = await fetch(`${twin.url}/v2/accounts/1500${path}`, {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return { status: response.status, body: JSON.parse(await response.text()) };
}
