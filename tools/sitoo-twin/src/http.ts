import type { IncomingMessage, ServerResponse } from 'node:http';
import { BadInput } from './bad-input';

/** Decoded JSON body, `undefined` when there is none. Throws {@link BadInput} when it is not JSON. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  if (chunks.length === 0) return undefined;
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new BadInput('the body is not JSON');
  }
}

export function sendJson(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), ...headers });
  response.end(text);
}

/** Sitoo's error body. */
export function sendError(response: ServerResponse, status: number, errortext: string, headers: Record<string, string> = {}): void {
  sendJson(response, status, { statuscode: status, errortext }, headers);
}
