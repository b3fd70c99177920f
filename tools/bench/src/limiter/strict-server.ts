import { CallResult } from '@connector/platform';
import { Agent, createServer, request, Server } from 'node:http';
import { performance } from 'node:perf_hooks';

export interface ServerLimits {
  readonly ratePerSecond: number;
  readonly burst: number;
  scope: 'key' | 'account';
  /** Calls at once per key or account; Infinity when only the rate counts. */
  readonly inFlight: number;
}

/** One call as the server saw it. */
export interface Arrival {
  readonly at: number;
  readonly worker: number;
  readonly key: number;
  readonly status: 'ok' | 'throttled' | 'crowded';
}

/** Somebody else's API: a bucket that forgives nothing and a limit of calls at once, over HTTP. Its own counters are the evidence. */
export class StrictServer {
  readonly arrivals: Arrival[] = [];
  mostInFlight = 0;
  private readonly buckets = new Map<string, number>();
  private readonly open = new Map<string, number>();
  private readonly server: Server;

  constructor(readonly limits: ServerLimits) {
    this.server = createServer((req, res) => {
      const query = new URL(req.url ?? '/', 'http://x').searchParams;
      const [worker, key, takesMs] = ['worker', 'key', 'ms'].map((name) => Number(query.get(name)));
      const scope = this.limits.scope === 'account' ? 'account' : String(key);
      const status = this.judge(scope, worker ?? 0, key ?? 0);
      const answer = (): void => {
        this.open.set(scope, (this.open.get(scope) ?? 1) - 1);
        res.writeHead(status === 'ok' ? 200 : 429).end(status);
      };
      if (status === 'ok') setTimeout(answer, takesMs);
      else answer();
    });
  }

  async start(): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('not listening');
    return address.port;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private judge(scope: string, worker: number, key: number): Arrival['status'] {
    const at = performance.now();
    const open = (this.open.get(scope) ?? 0) + 1;
    this.open.set(scope, open);
    this.mostInFlight = Math.max(this.mostInFlight, open);
    const status = open > this.limits.inFlight ? 'crowded' : this.take(scope, at) ? 'ok' : 'throttled';
    this.arrivals.push({ at, worker, key, status });
    return status;
  }

  private take(scope: string, at: number): boolean {
    const interval = 1000 / this.limits.ratePerSecond;
    const tat = Math.max(this.buckets.get(scope) ?? 0, at);
    if (tat - at > (this.limits.burst - 1) * interval + 1e-6) return false;
    this.buckets.set(scope, tat + interval);
    return true;
  }
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** Calls the strict server, as a client of somebody's API would. */
export function callServer(port: number, worker: number, key: number, takesMs: number): Promise<CallResult> {
  return new Promise((resolve) => {
    const req = request({ port, agent, path: `/?worker=${worker}&key=${key}&ms=${takesMs}` }, (res) => {
      let body = '';
      res.setEncoding('utf8');
      res.on('data', (chunk: string) => (body += chunk));
      res.on('end', () => {
        if (res.statusCode === 200) resolve({ kind: 'answered', status: 200, headers: {} });
        else resolve(body === 'crowded' ? { kind: 'too-many-connections' } : { kind: 'throttled', headers: {} });
      });
    });
    req.on('error', () => resolve({ kind: 'no-answer' }));
    req.end();
  });
}
