import 'reflect-metadata';
import { sitooOrderChanged } from '@connector/contracts';
import {
  KafkaPublisher,
  NoticeContext,
  NoticeTransport,
  OnNotices,
  connectKafka,
  defineFlow,
  done,
  park,
  retry,
  type BusEvent,
  type Outcome,
  type Outcomes,
  type WorkItem,
} from '@connector/event-bus';
import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Ctx, Payload } from '@nestjs/microservices';
import { agree, type Agreement } from '../agree';
import { subjectEnvironment } from '../environment';
import { SinkAway, SinkClient } from '../sink-client';

/** Our bus with the smallest flow there is, in a process of its own. */
const environment = subjectEnvironment();
const { batchSize, concurrency, deadlineMs, attempts, group } = environment;
const sink = new SinkClient(environment.sinkUrl, environment.name);
const flow = defineFlow({ group, contract: sitooOrderChanged, batchSize, concurrency, deadlineMs, retry: { attempts } });

const outcomes: Record<Agreement, Outcome> = {
  created: done('created'),
  patched: done('patched'),
  equal: done('equal'),
  poison: park({ code: 'POISON', message: 'the script says that this order is poison' }),
  'taken-over': retry({ code: 'TAKEN_OVER', message: 'another member owns this key now' }),
};

@Controller()
class OrderController {
  @OnNotices(flow)
  async handle(@Payload() work: WorkItem[], @Ctx() context: NoticeContext): Promise<Outcomes> {
    const answers = work.map(async ({ text, facts, attempt }): Promise<[string, Outcome]> => {
      const one = { key: text, facts: facts.map(({ id }) => id), attempt, signal: context.signal, owned: () => context.owned() };
      return [text, outcomes[await agree(sink, one)]];
    });
    // Nothing of this batch may still be running when the bus is told that it failed.
    const settled = await Promise.allSettled(answers);
    const failed = settled.find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
    return new Map(settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])));
  }
}

@Module({ controllers: [OrderController] })
class ConsumerModule {}

function report(event: BusEvent): void {
  process.stdout.write(`${JSON.stringify(event)}\n`);
  if (event.type !== 'delivery' && event.type !== 'publisher.sent' && event.type !== 'kafka.log') sink.tell(event.type, event);
}

async function main(): Promise<void> {
  const kafka = connectKafka({ brokers: environment.brokers, clientId: environment.name, report });
  const publisher = new KafkaPublisher(kafka, report);
  await publisher.connect();
  const settings = {
    timeScale: environment.timeScale,
    // As in production a rebalance waits for two call time-outs.
    consumer: {
      sessionTimeoutMs: environment.sessionTimeoutMs,
      rebalanceTimeoutMs: Math.max(environment.sessionTimeoutMs, 2 * deadlineMs),
    },
    isOutage: (error: unknown) => error instanceof SinkAway || (error instanceof Error && 'code' in error && error.code === 'ECONNRESET'),
  };
  const transport = new NoticeTransport(kafka, publisher, report, settings, () => process.exit(1));
  const app = await NestFactory.createMicroservice(ConsumerModule, { strategy: transport, logger: false });
  await app.listen();
  process.once('SIGTERM', () => void stop(transport, publisher));
  sink.tell('ready');
}

async function stop(transport: NoticeTransport, publisher: KafkaPublisher): Promise<void> {
  await transport.close();
  await publisher.close();
  process.exit(0);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
