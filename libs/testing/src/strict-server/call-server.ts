import { Agent, IncomingHttpHeaders, request } from 'node:http';

/** How a call went, in the words that a call gate understands. */
export type ServerAnswer =
  | { kind: 'answered'; status: number; headers: Record<string, string> }
  | { kind: 'throttled'; headers: Record<string, string> }
  | { kind: 'too-many-connections' }
  | { kind: 'no-answer' };

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** Calls the strict server, as a client of somebody's API would. */
export function callServer(port: number, worker: number, key: number, takesMs: number): Promise<ServerAnswer> {
  return new Promise((resolve) => {
    const req = request({ port, agent, path: `/?worker=${worker}&key=${key}&ms=${takesMs}` }, (res) => {
      let body = '';
      res.setEncoding('utf8');
      res.on('data', (chunk: string) => (body += chunk));
      res.on('end', () => {
        if (res.statusCode === 200) resolve({ kind: 'answered', status: 200, headers: {} });
        else resolve(body === 'crowded' ? { kind: 'too-many-connections' } : { kind: 'throttled', headers: single(res.headers) });
      });
    });
    req.on('error', () => resolve({ kind: 'no-answer' }));
    req.end();
  });
}

function single(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]));
}
