import { Agent, request } from 'node:http';

/** What a handler read: versions of source and target, and what the script has in store for it. */
export interface Reading {
  call: number;
  source: number;
  target: number;
  fault?: 'throw' | 'hang' | 'park';
  thinkMs: number;
}

/** The target is away: an outage and not the handler's fault. */
export class SinkAway extends Error {
  readonly code = 'SINK_UNREACHABLE';
}

/** Source and target, as the handlers of all subjects call them. */
export class SinkClient {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 200 });

  constructor(
    private readonly url: string,
    readonly process: string,
  ) {}

  async begin(key: string, facts: string[], attempt: number): Promise<Reading> {
    return JSON.parse(await this.post('/begin', { key, facts, attempt })) as Reading;
  }

  async apply(body: { call: number; key: string; version: number; create: boolean }, signal?: AbortSignal): Promise<void> {
    await this.post('/apply', body, signal);
  }

  /** Tells about the process; nobody waits for it. */
  tell(event: string, detail?: object): void {
    this.post('/told', { event, detail }).catch(() => undefined);
  }

  private post(path: string, body: object, signal?: AbortSignal): Promise<string> {
    return new Promise((resolve, reject) => {
      const call = request(`${this.url}${path}`, {
        method: 'POST',
        agent: this.agent,
        signal,
        headers: { 'content-type': 'application/json' },
      });
      call.on('error', reject);
      call.on('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          if (response.statusCode === 200) resolve(Buffer.concat(chunks).toString('utf8'));
          else reject(new SinkAway(`status ${response.statusCode}`));
        });
      });
      call.end(JSON.stringify({ process: this.process, ...body }));
    });
  }
}
