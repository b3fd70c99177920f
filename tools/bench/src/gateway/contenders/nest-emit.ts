import 'reflect-metadata';
import { Body, Controller, HttpCode, Inject, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ClientKafka, ClientsModule, Transport } from '@nestjs/microservices';
import { ExpressAdapter } from '@nestjs/platform-express';
import { lastValueFrom } from 'rxjs';
import { count } from '../../process/counters';
import { recordsOf } from './http';
import { orders, ready } from './orders';

/**
 * (c) What Nest's documentation leads to: a controller on Express that emits through ClientKafka. Waited for, so that 200 means the same as
 * ours; the whole body travels as one record, which is less work than a record per event.
 */
@Controller()
class WebhookController {
  constructor(@Inject('KAFKA') private readonly client: ClientKafka) {}

  @Post('*path')
  @HttpCode(200)
  async receive(@Body() body: Parameters<typeof recordsOf>[0]): Promise<void> {
    await lastValueFrom(this.client.emit(orders.topic, { key: String(body[0]?.data.order_id), value: body }), { defaultValue: undefined });
    count('sends');
    count('records');
  }
}

@Module({
  imports: [
    ClientsModule.register([
      { name: 'KAFKA', transport: Transport.KAFKA, options: { client: { brokers: orders.brokers, logLevel: 0 }, producerOnlyMode: true } },
    ]),
  ],
  controllers: [WebhookController],
})
class NestEmitModule {}

async function main(): Promise<void> {
  const app = await NestFactory.create(NestEmitModule, new ExpressAdapter(), { logger: false });
  await app.get<ClientKafka>('KAFKA').connect();
  await app.listen(orders.port, '127.0.0.1');
  ready();
}

void main();
