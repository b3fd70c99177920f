import type { Configuration } from '@connector/connector-config';
import { BusModule } from '@connector/event-bus';
import { PlatformModule, type Logger } from '@connector/platform';
import { Module, type DynamicModule } from '@nestjs/common';
import type { Settings } from './config';
import { Scheduler } from './scheduler';
import { CONFIGURATION, SETTINGS } from './tokens';

@Module({})
export class AppModule {
  static register(settings: Settings, configuration: Configuration, logger: Logger): DynamicModule {
    const bus = {
      clientId: 'scheduler',
      brokers: settings.kafkaBrokers,
      partitions: settings.topicPartitions,
      replication: settings.topicReplication,
    };
    return {
      module: AppModule,
      imports: [PlatformModule.register('scheduler', logger), BusModule.register(bus)],
      providers: [{ provide: SETTINGS, useValue: settings }, { provide: CONFIGURATION, useValue: configuration }, Scheduler],
    };
  }
}
