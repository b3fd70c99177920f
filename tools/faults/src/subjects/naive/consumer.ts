import 'reflect-metadata';
import { sitooOrderChanged } from '@connector/contracts';
import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Ctx, EventPattern, KafkaContext, Payload, Transport, type MicroserviceOptions } from '@nestjs/microservices';
import { agree } from '../agree';
import { subjectEnvironment } from '../environment';
import { SinkClient } from '../sink-client';

/**
 * What one writes with Nest's documentation at hand: the stock Kafka transport, `@EventPattern`, commits left to kafkajs. Two settings are
 * kinder than the defaults, so that the comparison is about the transport: it reads from the beginning, and the session time-out is ours.
 */
const environment = subjectEnvironment();
const sink = new SinkClient(environment.sinkUrl, environment.name);

@Controller()
class OrderController {
  @EventPattern(sitooOrderChanged.topic)
  async handle(@Payload() notice: { facts?: { id: string }[] }, @Ctx() context: unknown): Promise<void> {
    const key = context instanceof KafkaContext ? (context.getMessage().key?.toString() ?? '') : '';
    await agree(sink, { key, facts: (notice.facts ?? []).map(({ id }) => id), attempt: 0, owned: () => true });
  }
}

@Module({ controllers: [OrderController] })
class ConsumerModule {}

async function main(): Promise<void> {
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(ConsumerModule, {
    transport: Transport.KAFKA,
    logger: ['error', 'warn'],
    options: {
      client: { clientId: environment.name, brokers: environment.brokers },
      consumer: { groupId: environment.group, sessionTimeout: environment.sessionTimeoutMs, allowAutoTopicCreation: false },
      subscribe: { fromBeginning: true },
    },
  });
  app.enableShutdownHooks();
  await app.listen();
  sink.tell('ready');
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
