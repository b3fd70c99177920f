import type { Socket } from 'node:net';
import { pause, type Action, type FaultPlan } from './fault-plan';
import { FrameReader, requestHead, responseCorrelationId, type RequestHead } from './frames';

/** One client's connection and the one to the broker behind it. Whole messages pass, in order, in each direction. */
export class Relay {
  /** Known with the first request. */
  clientId = '';
  private readonly asked = new Map<number, RequestHead>();
  private toBroker = Promise.resolve();
  private toClient = Promise.resolve();

  constructor(
    private readonly client: Socket,
    private readonly broker: Socket,
    private readonly plan: FaultPlan,
    onEnd: () => void,
  ) {
    client.setNoDelay();
    broker.setNoDelay();
    this.read(client, (frame) => this.request(frame));
    this.read(broker, (frame) => this.response(frame));
    client.once('close', () => {
      broker.destroy();
      onEnd();
    });
    broker.once('close', () => this.reset());
  }

  /** RST to the client, as a host that has forgotten the connection answers. */
  reset(): void {
    this.client.resetAndDestroy();
    this.broker.destroy();
  }

  private read(socket: Socket, onFrame: (frame: Buffer) => void): void {
    const frames = new FrameReader();
    socket.on('error', () => this.reset());
    socket.on('data', (chunk: Buffer) => {
      try {
        for (const frame of frames.push(chunk)) onFrame(frame);
      } catch {
        // Not Kafka's protocol: nothing sensible can follow.
        this.reset();
      }
    });
  }

  private request(frame: Buffer): void {
    const head = requestHead(frame);
    this.clientId = head.clientId;
    if (this.plan.isRefused(head.clientId)) return this.reset();
    this.asked.set(head.correlationId, head);
    this.toBroker = this.toBroker.then(async () => {
      await this.plan.passage(head.clientId);
      this.broker.write(frame);
    });
  }

  private response(frame: Buffer): void {
    const id = responseCorrelationId(frame);
    const head = this.asked.get(id);
    this.asked.delete(id);
    const action = head && this.plan.decide(head);
    this.toClient = this.toClient.then(async () => {
      await this.plan.passage(this.clientId);
      await this.pass(frame, action);
    });
  }

  private async pass(frame: Buffer, action: Action | undefined): Promise<void> {
    if (action?.kind === 'drop') return;
    if (action?.kind === 'drop-and-reset') return this.reset();
    if (action?.kind === 'delay') await pause(action.ms);
    if (action?.kind !== 'cut') return void this.client.write(frame);
    await new Promise<void>((resolve) => this.client.write(frame.subarray(0, action.bytes), () => resolve()));
    this.reset();
  }
}
