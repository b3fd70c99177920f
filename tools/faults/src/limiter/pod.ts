import { createSitooGate } from '@connector/rate-limiter';
import { callServer } from '@connector/testing';
import { performance } from 'node:perf_hooks';
import { pause } from '../proxy/fault-plan';
import { Random } from '../random';
import type { Wait } from './judge';
import type { Callers, Command, PodOrders, PodReport } from './orders';

/** One process that calls the strict server through our gate, from its start until it is told to end or its parent is gone. */
class Pod {
  private readonly gate;
  private readonly random: Random;
  private waits: Wait[] = [];
  private readonly waiting = new Set<{ readonly class: Callers['class']; readonly since: number }>();
  private degradations = 0;

  constructor(private readonly orders: PodOrders) {
    const { redisUrl, account, settings, pod, seed } = orders;
    this.random = new Random(seed * 1_000 + pod);
    this.gate = createSitooGate({
      redisUrl,
      tenant: 'faults',
      market: 'faults',
      account,
      keys: Array.from({ length: orders.keys }, (_, index) => `key ${index}`),
      settings,
      onEvent: ({ type }) => {
        if (type === 'degraded') this.degradations += 1;
      },
    });
  }

  start(): void {
    for (const callers of this.orders.callers) {
      if (callers.everyMs !== undefined) void this.nowAndThen(callers, callers.everyMs);
      else for (let index = 0; index < (callers.count ?? 1); index += 1) void this.greedy(callers);
    }
  }

  obey(command: Command): void {
    if (command.do === 'count') this.waits = [];
    else process.send?.(this.report(), () => process.exit(0));
  }

  private report(): PodReport {
    const now = performance.now();
    const stillWaiting = [...this.waiting].map(({ class: callClass, since }) => ({ class: callClass, waitedMs: now - since }));
    const { degradedMs } = this.gate.snapshot();
    return { waits: [...this.waits, ...stillWaiting], degradations: this.degradations, degradedMs, wallClock: Date.now() };
  }

  private async greedy(callers: Callers): Promise<void> {
    for (;;) await this.call(callers);
  }

  private async nowAndThen(callers: Callers, everyMs: number): Promise<void> {
    for (;;) {
      await pause(everyMs * (0.5 + this.random.next()));
      void this.call(callers);
    }
  }

  private async call({ class: callClass, takesMs }: Callers): Promise<void> {
    const waiting = { class: callClass, since: performance.now() };
    this.waiting.add(waiting);
    const pass = await this.gate.enter({ class: callClass });
    this.waiting.delete(waiting);
    this.waits.push({ class: callClass, waitedMs: performance.now() - waiting.since });
    await pass.leave(await callServer(this.orders.port, this.orders.pod, pass.key, takesMs));
  }
}

process.on('disconnect', () => process.exit(0)); // the run is gone
const pod = new Pod(JSON.parse(process.argv[2] ?? '{}'));
process.on('message', (command: Command) => pod.obey(command));
pod.start();
