import { HealthSigns, LOGGER, type Logger } from '@connector/platform';
import type { INestApplication } from '@nestjs/common';
import { Gauge, Registry } from 'prom-client';
import type { RunnerSettings } from '../flows/runner';
import { consumerDefaults } from '../kafka/consumer';
import { Bus } from './bus.module';
import { NoticeTransport } from './notice-transport';
import { StuckWatch } from './stuck-watch';

/** A member that has shown no sign of life for this many session time-outs is stuck. */
const stuckSessions = 2;

/** The flows of an app while they run. */
export interface RunningFlows {
  /** A platform of this market answers again: what was deferred for it comes back at once. */
  forwardDeferred(market: { tenant: string; market: string }): Promise<void>;
  /** Finishes what runs, commits, leaves the groups, and disconnects from Kafka. */
  stop(): Promise<void>;
}

/**
 * Connects an app's flows (its controllers with `@OnNotices`) to Kafka, as a Nest microservice, and adds their health signs and metrics.
 * Waits for the broker as long as it takes; resolves when every flow has joined its group.
 */
export async function startFlows(app: INestApplication, settings: Partial<RunnerSettings>): Promise<RunningFlows> {
  const bus = app.get(Bus);
  await bus.start();
  const logger = app.get<Logger>(LOGGER);
  const onDead = () => {
    logger.fatal({}, 'consumer.dead');
    process.exit(1);
  };
  const transport = new NoticeTransport(bus.kafka, bus.publisher, bus.report, settings, onDead);
  const silentMs = () => Math.max(0, ...transport.snapshots().map((flow) => flow.silentMs));
  const sessionMs = settings.consumer?.sessionTimeoutMs ?? consumerDefaults.sessionTimeoutMs;
  const watch = new StuckWatch(silentMs, () => bus.brokerAnswers(), sessionMs * stuckSessions);
  const signs = app.get(HealthSigns);
  signs.startup.push({ name: 'flows', check: () => ({ up: transport.ready }) });
  signs.liveness.push({ name: 'progress', check: () => ({ up: !watch.stuck, detail: { silentMs: silentMs() } }) });
  addGauges(app.get(Registry), transport);
  app.connectMicroservice({ strategy: transport });
  await app.startAllMicroservices();
  watch.start();
  return {
    forwardDeferred: (market) => transport.forwardDeferred(market),
    stop: async () => {
      watch.stop();
      await transport.close();
      await bus.stop();
    },
  };
}

type Snapshot = ReturnType<NoticeTransport['snapshots']>[number];

function addGauges(registry: Registry, transport: NoticeTransport): void {
  const gauge = (name: string, help: string, value: (flow: Snapshot) => number) =>
    new Gauge({
      name,
      help,
      labelNames: ['group'],
      registers: [registry],
      collect() {
        for (const flow of transport.snapshots()) this.set({ group: flow.group }, value(flow));
      },
    });
  gauge('parked_notices', 'Parked work of this flow', ({ parked }) => parked);
  gauge('consumer_held_records', 'Records in memory: waiting or being worked on', ({ held }) => held);
  gauge('consumer_running_batches', 'Batches being worked on', ({ running }) => running);
  gauge('consumer_paused', 'Whether fetching is paused because enough is held', ({ paused }) => Number(paused));
}
