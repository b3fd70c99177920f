import type { Configuration } from '@connector/connector-config';
import { Bus, type BusEvent } from '@connector/event-bus';
import { HealthSigns, LOGGER, type Logger } from '@connector/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { Registry } from 'prom-client';
import { CONFIGURATION, SETTINGS } from '../tokens';
import type { Settings } from '../config';
import { Intake } from './intake';
import { IntakeMetrics } from './intake-metrics';
import { createWebhookServer, type WebhookServerParts } from './webhook-server';

/** Opens and closes the public port. */
@Injectable()
export class WebhookListener {
  /** What events are read with, whichever way they come. */
  readonly parts: WebhookServerParts;
  private readonly server: FastifyInstance;
  private listening = false;

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CONFIGURATION) configuration: Configuration,
    @Inject(Bus) bus: Bus,
    @Inject(LOGGER) logger: Logger,
    @Inject(Registry) registry: Registry,
    @Inject(HealthSigns) signs: HealthSigns,
  ) {
    const metrics = new IntakeMetrics(registry, () => bus.publisher.queued);
    bus.listen((event: BusEvent) => {
      if (event.type === 'publisher.sent') metrics.sent(event.records);
    });
    const publish = bus.publisher.publish.bind(bus.publisher);
    this.parts = { configuration, intake: new Intake(settings.masterKey), publish, metrics, logger };
    this.server = createWebhookServer(this.parts);
    signs.readiness.push({ name: 'webhooks', check: () => ({ up: this.listening }) });
  }

  /** Address of the public port. */
  async start(): Promise<string> {
    const address = await this.server.listen({ port: this.settings.httpPort, host: this.settings.httpHost });
    this.listening = true;
    return address;
  }

  /** Stops accepting and finishes the requests under way. */
  async stop(): Promise<void> {
    this.listening = false;
    // A connection that was busy becomes idle only after its answer; senders keep theirs open for minutes, and closing waits for all.
    const idle = setInterval(() => this.server.server.closeIdleConnections(), 100);
    try {
      await this.server.close();
    } finally {
      clearInterval(idle);
    }
  }
}
