import { contracts } from '@connector/contracts';
import { HealthSigns, LOGGER, type Logger } from '@connector/platform';
import { Global, Inject, Injectable, Module, type DynamicModule } from '@nestjs/common';
import type { Kafka } from 'kafkajs';
import { Registry } from 'prom-client';
import { rungs } from '../delay/rungs';
import { connectKafka } from '../kafka/connection';
import { KafkaPublisher, type PublisherSettings } from '../kafka/publisher';
import { retryForever } from '../kafka/retry-forever';
import { ensureTopics, type TopicSettings } from '../kafka/topics';
import type { Report } from '../report';
import { createReporter } from './reporter';

export interface BusSettings extends TopicSettings {
  clientId: string;
  brokers: string[];
  publisher?: Partial<PublisherSettings>;
}

const BUS_SETTINGS = Symbol('BusSettings');

/** An app's connection to Kafka. */
@Injectable()
export class Bus {
  readonly kafka: Kafka;
  readonly publisher: KafkaPublisher;
  readonly report: Report;
  private readonly listeners: Report[] = [];
  private topicsExist = false;
  private stopped = false;

  constructor(
    @Inject(BUS_SETTINGS) private readonly settings: BusSettings,
    @Inject(LOGGER) logger: Logger,
    @Inject(Registry) registry: Registry,
    @Inject(HealthSigns) signs: HealthSigns,
  ) {
    const reporter = createReporter(logger, registry);
    this.report = (event) => {
      reporter(event);
      for (const listener of this.listeners) listener(event);
    };
    this.kafka = connectKafka({ ...settings, report: this.report });
    this.publisher = new KafkaPublisher(this.kafka, this.report, settings.publisher);
    signs.startup.push({ name: 'topics', check: () => ({ up: this.topicsExist }) });
    signs.readiness.push({
      name: 'publisher',
      check: () => ({ up: this.publisher.isHealthy(), detail: { queued: this.publisher.queued } }),
    });
  }

  /** For an app's own metrics, beside those of the bus. */
  listen(listener: Report): void {
    this.listeners.push(listener);
  }

  /** Waits for the broker as long as it takes: creates missing topics, connects the publisher. */
  async start(): Promise<void> {
    const topics = [...contracts, ...rungs.map(({ contract }) => contract)];
    const prepare = async () => {
      await ensureTopics(this.kafka, topics, this.settings);
      this.topicsExist = true;
      await this.publisher.connect();
    };
    const stopped = () => this.stopped;
    await retryForever(prepare, stopped, (message) => this.report({ type: 'kafka.log', level: 'warn', message: `not ready: ${message}` }));
  }

  /** Whether a broker answers a fresh connection, within seconds. */
  async brokerAnswers(): Promise<boolean> {
    const admin = this.kafka.admin({ retry: { retries: 0 } });
    try {
      await admin.connect();
      return true;
    } catch {
      return false;
    } finally {
      await admin.disconnect().catch(() => undefined);
    }
  }

  /** Sends what waits, then disconnects. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.publisher.close();
  }
}

@Global()
@Module({})
export class BusModule {
  static register(settings: BusSettings): DynamicModule {
    return { module: BusModule, providers: [{ provide: BUS_SETTINGS, useValue: settings }, Bus], exports: [Bus] };
  }
}
