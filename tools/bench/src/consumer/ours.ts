import 'reflect-metadata';
import { defineNotice } from '@connector/contracts';
import { Bus, BusModule, defineFlow, done, NoticeTransport, OnNotices, type Outcome, type WorkItem } from '@connector/event-bus';
import { createLogger, NestLogger, PlatformModule } from '@connector/platform';
import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { ordersFromEnvironment } from './orders';
import { createWork } from './work';

/** One flow on the connector's bus, wired as in its own apps; only the handler is the bench's. */
const orders = ordersFromEnvironment();
const work = createWork(orders);
const logger = createLogger('bench', 'info');
const flow = defineFlow({
  group: orders.group,
  contract: defineNotice(orders.contract),
  batchSize: orders.flow?.batchSize ?? 1,
  concurrency: orders.flow?.concurrency ?? 1,
  deadlineMs: 45_000,
  retry: { attempts: 3 },
});

@Controller()
class NoticeController {
  @OnNotices(flow)
  async handle(items: readonly WorkItem[]): Promise<Map<string, Outcome>> {
    for (const { key, facts } of items) {
      await work(
        key.id,
        facts.map(({ at }) => at),
      );
    }
    return new Map(items.map(({ text }) => [text, done()]));
  }
}

const connection = { clientId: 'bench-ours', brokers: orders.brokers.split(','), partitions: orders.partitions, replication: 1 };

@Module({ imports: [PlatformModule.register('bench', logger), BusModule.register(connection)], controllers: [NoticeController] })
class OursModule {}

async function main(): Promise<void> {
  const app = await NestFactory.create(OursModule, new FastifyAdapter(), { logger: new NestLogger(logger) });
  const bus = app.get(Bus);
  await bus.start();
  const silent = orders.records === false;
  const report = silent ? () => undefined : bus.report;
  const transport = new NoticeTransport(bus.kafka, bus.publisher, report, { recordOutcomes: !silent, severalMarkets: false }, () => process.exit(1));
  app.connectMicroservice({ strategy: transport });
  await app.startAllMicroservices();
  process.send?.({ is: 'ready' });
}

void main();
