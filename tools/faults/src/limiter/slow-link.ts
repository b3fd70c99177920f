import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { pause } from '../proxy/fault-plan';

/** Stands between pods and Redis. Bytes pass as they are, those of Redis after `delayMs`, in order. */
export class SlowLink {
  delayMs = 0;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly target: { host: string; port: number },
  ) {
    server.on('connection', (client) => this.relay(client));
  }

  static async before(redisUrl: string): Promise<SlowLink> {
    const { hostname, port } = new URL(redisUrl);
    const server = createServer();
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
    return new SlowLink(server, { host: hostname, port: Number(port) });
  }

  get url(): string {
    return `redis://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private relay(client: Socket): void {
    const redis = connect(this.target);
    for (const socket of [client, redis]) {
      socket.setNoDelay();
      this.sockets.add(socket);
      socket.on('error', () => undefined); // closed next
      socket.on('close', () => {
        this.sockets.delete(socket);
        client.destroy();
        redis.destroy();
      });
    }
    client.pipe(redis);
    let passage = Promise.resolve();
    redis.on('data', (bytes: Buffer) => {
      const due = performance.now() + this.delayMs;
      passage = passage.then(async () => {
        const leftMs = due - performance.now();
        if (leftMs > 0) await pause(leftMs);
        if (client.writable) client.write(bytes);
      });
    });
  }
}
