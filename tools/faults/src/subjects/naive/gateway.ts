import 'reflect-metadata';
import { sitooOrderChanged } from '@connector/contracts';
import { Body, Controller, HttpCode, Inject, Module, Param, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ClientKafka, ClientsModule, Transport } from '@nestjs/microservices';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { lastValueFrom } from 'rxjs';

interface SitooEvent {
  event_id: string;
  event_date: number;
  data: { order_id: number };
}

/** A webhook controller over Nest's own Kafka client: one `emit` per event, waited for before the answer. */
@Controller('api/sitoowebhook')
class WebhookController {
  constructor(@Inject('KAFKA') private readonly kafka: ClientKafka) {}

  @Post(':tenant/:market/events')
  @HttpCode(200)
  async receive(@Param('tenant') tenant: string, @Param('market') market: string, @Body() events: SitooEvent[]): Promise<void> {
    for (const { event_id: id, event_date: date, data } of events) {
      const value = { facts: [{ id, kind: 'order', at: date * 1000 }] };
      await lastValueFrom(this.kafka.emit(sitooOrderChanged.topic, { key: `${tenant}/${market}/${data.order_id}`, value }));
    }
  }
}

@Module({
  imports: [
    ClientsModule.register([
      {
        name: 'KAFKA',
        transport: Transport.KAFKA,
        options: {
          client: { clientId: process.env['FAULTS_NAME'] ?? 'webhook-gateway', brokers: (process.env['KAFKA_BROKERS'] ?? '').split(',') },
          producerOnlyMode: true,
        },
      },
    ]),
  ],
  controllers: [WebhookController],
})
class GatewayModule {}

async function main(): Promise<void> {
  const app = await NestFactory.create<NestFastifyApplication>(GatewayModule, new FastifyAdapter(), { logger: ['error', 'warn'] });
  app.enableShutdownHooks();
  await app.listen(Number(process.env['HTTP_PORT']), '127.0.0.1');
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
