import type { IncomingMessage, ServerResponse } from 'node:http';

/** One event of a body, as far as the naive gateways look at it. */
interface Event {
  event_id: string;
  data: { order_id: number };
}

/** What a naive gateway makes of a body: a record per event, keyed by the order. */
export function recordsOf(body: Event[]): { key: string; value: string }[] {
  return body.map((event) => ({ key: String(event.data.order_id), value: JSON.stringify(event) }));
}

export async function readJson(request: IncomingMessage): Promise<Event[]> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as Event[];
}

/** Answers 200 when the work is done, 503 when it failed: the same contract as ours. */
export function answering(work: (request: IncomingMessage) => Promise<unknown>) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    work(request).then(
      () => response.writeHead(200, { 'content-length': 0 }).end(),
      () => response.writeHead(503, { 'content-length': 0 }).end(),
    );
  };
}
