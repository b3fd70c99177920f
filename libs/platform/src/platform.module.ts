import { Global, Module, type DynamicModule } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { Registry } from 'prom-client';
import { HealthController, MetricsController } from './health/health.controller';
import { HealthSigns } from './health/health-signs';
import type { Logger } from './logging/logger';
import { createMetrics } from './metrics/metrics';

/** Injection token of the app's logger: pino's Logger is a type only. */
export const LOGGER = Symbol('Logger');

/** What every app has: logger, metrics, health, and the endpoints for the last two. */
@Global()
@Module({})
export class PlatformModule {
  static register(app: string, logger: Logger): DynamicModule {
    const providers = [
      { provide: LOGGER, useValue: logger },
      { provide: Registry, useValue: createMetrics(app) },
      { provide: HealthSigns, useValue: new HealthSigns() },
    ];
    return {
      module: PlatformModule,
      imports: [TerminusModule.forRoot({ logger: false })],
      controllers: [HealthController, MetricsController],
      providers,
      exports: [LOGGER, Registry, HealthSigns],
    };
  }
}
