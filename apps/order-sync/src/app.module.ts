import type { Configuration } from '@connector/connector-config';
import { BusModule } from '@connector/event-bus';
import { PlatformModule, type Logger } from '@connector/platform';
import { Module, type DynamicModule } from '@nestjs/common';
import type { Settings } from './config';
import { OmniumCartController } from './flows/omnium-cart-to-sitoo/omnium-cart.controller';
import { OmniumOrderController } from './flows/omnium-order-to-sitoo/omnium-order.controller';
import { ReconciliationController } from './flows/order-reconciliation/reconciliation.controller';
import { SitooOrderController } from './flows/sitoo-order-to-omnium/sitoo-order.controller';
import { WebOrderReconciliationController } from './flows/web-order-reconciliation/web-orders.controller';
import { Markets } from './markets/markets';
import { SharedCheckpoints } from './shared-checkpoints';
import { CONFIGURATION, SETTINGS } from './tokens';

@Module({})
export class AppModule {
  static register(settings: Settings, configuration: Configuration, logger: Logger): DynamicModule {
    const bus = {
      clientId: 'order-sync',
      brokers: settings.kafkaBrokers,
      partitions: settings.topicPartitions,
      replication: settings.topicReplication,
    };
    return {
      module: AppModule,
      imports: [PlatformModule.register('order-sync', logger), BusModule.register(bus)],
      controllers: [
        SitooOrderController,
        OmniumOrderController,
        OmniumCartController,
        ReconciliationController,
        WebOrderReconciliationController,
      ],
      providers: [
        { provide: SETTINGS, useValue: settings },
        { provide: CONFIGURATION, useValue: configuration },
        Markets,
        SharedCheckpoints,
      ],
    };
  }
}
