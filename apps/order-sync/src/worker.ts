import { Bus, NoticeTransport, type RunnerSettings } from '@connector/event-bus';
import { HealthSigns, LOGGER, type Logger, type Running } from '@connector/platform';
import type { INestApplication } from '@nestjs/common';
import { Gauge, Registry } from 'prom-client';
import type { Settings } from './config';
import { blocksEverybody } from './markets/blocks-everybody';
import { Markets } from './markets/markets';

/** A member that has shown no sign of life for this many session time-outs is stuck. */
const stuckSessions = 2;

/** Connects the flows to Kafka and reports on them; the answer winds everything down again. */
export async function startWork(app: INestApplication, settings: Settings): Promise<Running> {
  const bus = app.get(Bus);
  await bus.start();
  const logger = app.get<Logger>(LOGGER);
  const markets = app.get(Markets);
  const onDead = () => {
    logger.fatal({}, 'consumer.dead');
    process.exit(1);
  };
  const runner: Partial<RunnerSettings> = {
    timeScale: settings.timeScale,
    isOutage: blocksEverybody,
    consumer: { sessionTimeoutMs: settings.sessionTimeoutMs },
    takeSlot: (market, signal) => markets.takeSlot(market, signal),
  };
  const transport = new NoticeTransport(bus.kafka, bus.publisher, bus.report, runner, onDead);
  report(app, transport, bus, settings.sessionTimeoutMs * stuckSessions);
  app.connectMicroservice({ strategy: transport });
  // Not waited for: receipts that come before it is through wait for the same reading.
  void markets.warmUp();
  markets.onRecovery((market) => void transport.forwardDeferred(market));
  await app.startAllMicroservices();
  return {
    stop: async () => {
      await transport.close();
      await bus.stop();
      await markets.close();
    },
  };
}

function report(app: INestApplication, transport: NoticeTransport, bus: Bus, stuckMs: number): void {
  const signs = app.get(HealthSigns);
  signs.startup.push({ name: 'flows', check: () => ({ up: transport.ready }) });
  signs.liveness.push({
    name: 'progress',
    check: () => {
      const silentMs = Math.max(0, ...transport.snapshots().map((one) => one.silentMs));
      // A broker that is away is no reason to be restarted: the restarts would be one more rebalance each.
      return { up: !transport.ready || silentMs < stuckMs || !bus.publisher.isHealthy(), detail: { silentMs } };
    },
  });
  const registers = [app.get(Registry)];
  const gauge = (name: string, help: string, value: (one: ReturnType<NoticeTransport['snapshots']>[number]) => number) =>
    new Gauge({
      name,
      help,
      labelNames: ['group'],
      registers,
      collect() {
        for (const one of transport.snapshots()) this.set({ group: one.group }, value(one));
      },
    });
  gauge('parked_notices', 'Parked work of this flow', ({ parked }) => parked);
  gauge('consumer_held_records', 'Records in memory: waiting or being worked on', ({ held }) => held);
  gauge('consumer_running_batches', 'Batches being worked on', ({ running }) => running);
  gauge('consumer_paused', 'Whether fetching is paused because enough is held', ({ paused }) => Number(paused));
}
