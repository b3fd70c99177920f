import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { History } from '../histories/history';
import { pause } from '../proxy/fault-plan';
import { Orders } from './orders';
import type { SinkScript } from './script';

const quiet: SinkScript = { begin: () => ({ thinkMs: 0 }), apply: () => ({ takesMs: 5 }) };

interface Begin {
  process: string;
  key: string;
  facts: string[];
  attempt: number;
}

interface Apply {
  process: string;
  call: number;
  key: string;
  version: number;
  create: boolean;
}

/**
 * Source and target of the runs, in one HTTP server inside the process that keeps the history: `POST /begin` reads both, `POST /apply`
 * writes, `POST /told` takes what a process says about itself. The script decides what is slow and what breaks.
 */
export class SinkServer {
  readonly orders = new Orders();
  script: SinkScript = quiet;
  /** Told right after a write was applied, before it is answered. */
  onApplied: (call: { process: string; key: string }) => void = () => undefined;
  onTold: (process: string, event: string) => void = () => undefined;
  private calls = 0;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly history: History,
  ) {
    server.keepAliveTimeout = 60_000;
    server.on('request', (request, response) => void this.serve(request, response));
    server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
  }

  static async listen(history: History): Promise<SinkServer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new SinkServer(server, history);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const body = JSON.parse(await text(request)) as unknown;
      if (request.url === '/begin') answer(response, 200, this.begin(body as Begin));
      else if (request.url === '/apply') await this.apply(body as Apply, response);
      else answer(response, 200, this.told(body as { process: string; event: string; detail?: object }));
    } catch {
      // The caller is gone in the middle of its request: a process that was killed.
      response.destroy();
    }
  }

  private begin({ process, key, facts, attempt }: Begin): object {
    this.calls += 1;
    const call = this.calls;
    const [source, target] = [this.orders.sourceOf(key), this.orders.targetOf(key)];
    this.history.add({ type: 'sink.begin', call, process, key, facts, source, target });
    const { fault, thinkMs } = this.script.begin({ key, process, facts, attempt });
    if (fault) this.history.add({ type: 'sink.fault', call, process, key, how: fault });
    return { call, source, target, fault, thinkMs };
  }

  private async apply({ process, call, key, version, create }: Apply, response: ServerResponse): Promise<void> {
    this.history.add({ type: 'sink.apply.start', call, process, key, version });
    const { takesMs, fault } = this.script.apply({ key, process, version });
    await pause(takesMs);
    const applied = fault !== 'away';
    const { doubled } = applied ? this.orders.write(key, version, create) : { doubled: false };
    if (fault) this.history.add({ type: 'sink.fault', call, process, key, how: fault });
    this.history.add({ type: 'sink.apply.end', call, process, key, version, applied, doubled });
    if (applied) this.onApplied({ process, key });
    if (fault === 'away') answer(response, 503, {});
    else if (fault === 'reset') (response.socket as Socket | null)?.resetAndDestroy();
    else if (fault !== 'silent') answer(response, 200, {});
  }

  private told({ process, event, detail }: { process: string; event: string; detail?: object }): object {
    this.history.add({ type: 'told', process, event, detail });
    this.onTold(process, event);
    return {};
  }
}

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function answer(response: ServerResponse, status: number, body: object): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
