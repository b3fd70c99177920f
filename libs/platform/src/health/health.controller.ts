import { Controller, Get, Header, Inject } from '@nestjs/common';
import { HealthCheck, HealthCheckService, HealthIndicatorService, type HealthCheckResult } from '@nestjs/terminus';
import { Registry } from 'prom-client';
import { HealthSigns, type HealthSign } from './health-signs';

/** `/health/startup`, `/health/ready`, `/health/live`: 200 or 503, with every sign in the body. */
@Controller('health')
export class HealthController {
  constructor(
    @Inject(HealthCheckService) private readonly checks: HealthCheckService,
    @Inject(HealthIndicatorService) private readonly indicators: HealthIndicatorService,
    @Inject(HealthSigns) private readonly signs: HealthSigns,
  ) {}

  @Get('startup')
  @HealthCheck()
  startup(): Promise<HealthCheckResult> {
    return this.run(this.signs.startup);
  }

  @Get('ready')
  @HealthCheck()
  ready(): Promise<HealthCheckResult> {
    return this.run([...this.signs.startup, ...this.signs.readiness]);
  }

  @Get('live')
  @HealthCheck()
  live(): Promise<HealthCheckResult> {
    return this.run(this.signs.liveness);
  }

  private run(signs: readonly HealthSign[]): Promise<HealthCheckResult> {
    const checks = signs.map(({ name, check }) => () => {
      const { up, detail = {} } = check();
      const indicator = this.indicators.check(name);
      return up ? indicator.up(detail) : indicator.down(detail);
    });
    return this.checks.check(checks);
  }
}

@Controller('metrics')
export class MetricsController {
  constructor(@Inject(Registry) private readonly registry: Registry) {}

  @Get()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  metrics(): Promise<string> {
    return this.registry.metrics();
  }
}
