import { once } from 'node:events';
import http from 'node:http';

export interface ReceivedBatch {
  path: string;
  authorization?: string;
  events: unknown;
}

/** A webhook endpoint that keeps what it got and answers the status the test gives for the nth call; `undefined` stays silent. */
export async function startReceiver(status: (call: number) => number | undefined = () => 200) {
  const batches: ReceivedBatch[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const events: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
      batches.push({ path: request.url ?? '', authorization: request.headers.authorization, events });
      const answer = status(batches.length);
      if (answer) response.writeHead(answer).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const stop = async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
  return { url: `http://127.0.0.1:${port}`, batches, stop };
}
