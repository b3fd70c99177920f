import 'reflect-metadata';
import { defineNotice } from '@connector/contracts';
import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventPattern, Payload, Transport, type MicroserviceOptions } from '@nestjs/microservices';
import { readNotice } from './notices';
import { ordersFromEnvironment } from './orders';
import { createWork } from './work';

/** Nest's own Kafka transport with a handler by @EventPattern, as its documentation has it. */
const orders = ordersFromEnvironment();
const work = createWork(orders);

@Controller()
class NoticeController {
  @EventPattern(defineNotice(orders.contract).topic)
  async handle(@Payload() notice: object): Promise<void> {
    const { id, numbers } = readNotice('', notice);
    await work(id, numbers);
  }
}

@Module({ controllers: [NoticeController] })
class NestKafkaModule {}

async function main(): Promise<void> {
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(NestKafkaModule, {
    logger: false,
    transport: Transport.KAFKA,
    options: {
      client: { brokers: orders.brokers.split(','), logLevel: 0 },
      consumer: { groupId: orders.group },
      subscribe: { fromBeginning: true },
    },
  });
  await app.listen();
  process.send?.({ is: 'ready' });
}

void main();
