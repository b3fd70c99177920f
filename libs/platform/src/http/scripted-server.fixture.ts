import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

/** One answer of a scripted server: a status with body and headers, or what the connection does instead. */
export type Answer = { status: number; body?: unknown; headers?: Record<string, string> } | 'hang' | 'reset' | 'cut-off';

/** A real HTTP server on a private port that answers as told and remembers what it was asked. Close it in `afterEach`. */
export async function startScriptedServer(answer: (request: SeenRequest, index: number) => Answer) {
  const seen: SeenRequest[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const one = { method, url, headers, body: Buffer.concat(chunks).toString() };
      seen.push(one);
      respond(response, answer(one, seen.length - 1));
    });
  });
  server.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    connections: () => connections,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function respond(response: ServerResponse, answer: Answer): void {
  if (answer === 'hang') return;
  if (answer === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  if (answer === 'cut-off') {
    response.writeHead(200, { 'Content-Length': '1000' });
    response.write('{"half":', () => response.socket?.destroy());
    return;
  }
  const text = typeof answer.body === 'string' ? answer.body : answer.body === undefined ? '' : JSON.stringify(answer.body);
  response.writeHead(answer.status, { 'Content-Type': 'application/json', ...answer.headers });
  response.end(text);
}
