import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { disturbs, type FaultPlan } from './fault-plan';
import { Relay } from './relay';

/**
 * A Kafka-aware proxy in front of one broker. The broker's `advertised.listeners` must name `address`, else clients go around it after
 * their first metadata answer.
 */
export class BrokerProxy {
  private readonly relays = new Set<Relay>();
  /** `host:port` of the broker; may be set after clients know the proxy. */
  target = '';

  private constructor(
    private readonly server: Server,
    private readonly plan: FaultPlan,
  ) {
    server.on('connection', (client) => {
      const colon = this.target.lastIndexOf(':');
      const broker = connect({ host: this.target.slice(0, colon), port: Number(this.target.slice(colon + 1)) });
      const relay: Relay = new Relay(client, broker, plan, () => this.relays.delete(relay));
      this.relays.add(relay);
    });
  }

  static async listen(plan: FaultPlan, port = 0): Promise<BrokerProxy> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
    return new BrokerProxy(server, plan);
  }

  get address(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Resets the connections of clients whose name begins so; without a name those of all but observers. */
  reset(client = ''): number {
    const hit = [...this.relays].filter(({ clientId }) => disturbs(client, clientId));
    for (const relay of hit) relay.reset();
    return hit.length;
  }

  async close(): Promise<void> {
    this.plan.clear();
    for (const relay of this.relays) relay.reset();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}
