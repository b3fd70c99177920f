import type { Logger } from '@connector/platform';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { ClockworkEvent } from './clockwork';

/** What the clockwork does, as log lines and metrics. */
export class ScheduleReport {
  private readonly firings: Counter;
  private readonly lateness: Histogram;

  constructor(
    private readonly logger: Pick<Logger, 'info' | 'warn'>,
    registry: Registry,
    leading: () => boolean,
  ) {
    const registers = [registry];
    const labelNames = ['tenant', 'market', 'task', 'what'];
    this.firings = new Counter({ name: 'schedule_firings_total', help: 'Firings: fired, passed-over, failed', labelNames, registers });
    this.lateness = new Histogram({
      name: 'schedule_late_seconds',
      help: 'From the minute a firing was due at to the request',
      buckets: [1, 2, 5, 15, 60, 600, 3600],
      registers,
    });
    new Gauge({
      name: 'schedule_leader',
      help: 'Whether this scheduler is the one that fires',
      registers,
      collect() {
        this.set(Number(leading()));
      },
    });
  }

  see(event: ClockworkEvent): void {
    const { tenant, market, task } = event.line;
    const about = { tenant, market, task: task.id };
    this.firings.inc({ ...about, what: event.type.slice('schedule.'.length) });
    if (event.type === 'schedule.failed') return this.logger.warn(about, event.type);
    const { minute, lateMs } = event;
    if (event.type === 'schedule.fired') this.lateness.observe(lateMs / 1000);
    const level = event.type === 'schedule.fired' ? 'info' : 'warn';
    this.logger[level]({ ...about, due: new Date(minute).toISOString(), lateMs }, event.type);
  }
}
