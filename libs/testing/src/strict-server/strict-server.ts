import { createServer, Server } from 'node:http';
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
  /** Steady clock of this process, ms. */
  readonly at: number;
  readonly worker: number;
  readonly key: number;
  readonly status: 'ok' | 'throttled' | 'crowded';
  /** The 429 was a refusal that had been set, not the server's own limits. */
  readonly planned?: true;
}

/** Somebody else's API: a bucket that forgives nothing and a limit of calls at once, over HTTP. Its own counters are the evidence. */
export class StrictServer {
  readonly arrivals: Arrival[] = [];
  /** Most calls at once, per key or for the account, whichever limits. */
  readonly mostInFlightOf = new Map<string, number>();
  private readonly buckets = new Map<string, number>();
  private readonly open = new Map<string, number>();
  private readonly refusals = new Map<number, Record<string, string>>();
  private readonly server: Server;

  constructor(readonly limits: ServerLimits) {
    this.server = createServer((req, res) => {
      const query = new URL(req.url ?? '/', 'http://x').searchParams;
      const [worker = 0, key = 0, takesMs] = ['worker', 'key', 'ms'].map((name) => Number(query.get(name)));
      const scope = this.limits.scope === 'account' ? 'account' : String(key);
      const headers = this.refusals.get(key);
      const status = this.judge(scope, worker, key);
      const answer = (): void => {
        this.open.set(scope, (this.open.get(scope) ?? 1) - 1);
        res.writeHead(status === 'ok' ? 200 : 429, headers).end(status);
      };
      if (status === 'ok') setTimeout(answer, takesMs);
      else answer();
    });
  }

  get mostInFlight(): number {
    return Math.max(0, ...this.mostInFlightOf.values());
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

  /** From now on calls of this key are answered 429 with these headers, whatever the limits say. */
  refuse(key: number, headers: Record<string, string>): void {
    this.refusals.set(key, headers);
  }

  /** Calls of this key are judged by the limits again. */
  accept(key: number): void {
    this.refusals.delete(key);
  }

  private judge(scope: string, worker: number, key: number): Arrival['status'] {
    const at = performance.now();
    const open = (this.open.get(scope) ?? 0) + 1;
    this.open.set(scope, open);
    this.mostInFlightOf.set(scope, Math.max(this.mostInFlightOf.get(scope) ?? 0, open));
    if (this.refusals.has(key)) {
      this.arrivals.push({ at, worker, key, status: 'throttled', planned: true });
      return 'throttled';
    }
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
