import { AddressInfo, createConnection, createServer, Server, Socket } from 'node:net';

export type Fault = 'none' | 'refuse' | 'frozen' | 'vanished' | 'slow' | 'read-only';

const slowMs = 500;

/**
 * Stands between a gate and Redis and misbehaves on demand: refuses connections, freezes (answers come later), vanishes (what is open
 * stays open and is never answered again), answers half a second late, or refuses writes.
 */
export class RedisProxy {
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private readonly dead = new WeakSet<Socket>();
  private frozen: (() => void)[] = [];
  private fault: Fault = 'none';
  commands = 0;

  private constructor(
    private readonly host: string,
    private readonly port: number,
  ) {
    this.server = createServer((client) => this.serve(client));
  }

  static async before(redisUrl: string): Promise<RedisProxy> {
    const { hostname, port } = new URL(redisUrl);
    const proxy = new RedisProxy(hostname, Number(port || 6379));
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.address.port}`;
  }

  /** From now on misbehaves this way; `refuse` also cuts what is open. */
  set(fault: Fault): void {
    this.fault = fault;
    if (fault === 'vanished') for (const socket of this.sockets) this.dead.add(socket);
    if (fault !== 'frozen') for (const send of this.frozen.splice(0)) send();
    if (fault === 'refuse') for (const socket of this.sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.set('refuse');
    await new Promise((resolve) => this.server.close(resolve));
  }

  private get address(): AddressInfo {
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('not listening');
    return address;
  }

  private serve(client: Socket): void {
    if (this.fault === 'refuse') {
      client.destroy();
      return;
    }
    if (this.fault === 'vanished') this.dead.add(client);
    const redis = createConnection(this.port, this.host);
    for (const socket of [client, redis]) {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.sockets.delete(socket);
        client.destroy();
        redis.destroy();
      });
    }
    client.on('data', (chunk) => this.forward(chunk, client, redis));
    redis.on('data', (chunk) => this.answer(chunk, client));
  }

  private forward(chunk: Buffer, client: Socket, redis: Socket): void {
    const writes = chunk.toString('latin1').match(/\r\n(evalsha|eval|set)\r\n/gi)?.length ?? 0;
    this.commands += writes;
    if (this.fault === 'read-only' && writes > 0) client.write("-READONLY You can't write against a read only replica.\r\n".repeat(writes));
    else redis.write(chunk);
  }

  private answer(chunk: Buffer, client: Socket): void {
    const send = (): boolean => client.writable && client.write(chunk);
    if (this.dead.has(client)) return;
    if (this.fault === 'frozen') this.frozen.push(send);
    else if (this.fault === 'slow') setTimeout(send, slowMs);
    else send();
  }
}
