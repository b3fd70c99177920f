import type { Configuration } from '@connector/connector-config';
import { configChanged, taskProgressed } from '@connector/contracts';
import { Bus, Checkpoints, decodeProgress, Leadership, StuckWatch, TopicReader } from '@connector/event-bus';
import { HealthSigns, LOGGER, type Logger } from '@connector/platform';
import { Inject, Injectable } from '@nestjs/common';
import { Registry } from 'prom-client';
import type { Settings } from './config';
import { Changes } from './tasks/changes';
import { Clockwork } from './tasks/clockwork';
import { linesOf } from './tasks/line';
import { Runs } from './tasks/runs';
import { ScheduleReport } from './tasks/schedule-report';
import { Tasks } from './tasks/tasks';
import { CONFIGURATION, SETTINGS } from './tokens';

/** How often the leader looks whether something is due, ms. */
const tickMs = 1_000;

/** A member that has shown no sign of life for this many session time-outs, while the broker answers, is stuck. */
const stuckSessions = 4;

/** Everything of a scheduler that runs: what it follows, whether it leads, and its clockwork. */
@Injectable()
export class Scheduler {
  readonly tasks: Tasks;
  private readonly checkpoints: Checkpoints;
  private readonly followers: TopicReader[];
  private readonly leadership: Leadership;
  private readonly clockwork: Clockwork;
  private readonly watch: StuckWatch;
  private timer: NodeJS.Timeout | undefined;
  private isReady = false;

  constructor(
    @Inject(SETTINGS) settings: Settings,
    @Inject(CONFIGURATION) configuration: Configuration,
    @Inject(Bus) private readonly bus: Bus,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(Registry) registry: Registry,
    @Inject(HealthSigns) signs: HealthSigns,
  ) {
    const { kafka, publisher } = bus;
    const { environment, sessionTimeoutMs } = settings;
    const changes = new Changes(publisher);
    const runs = new Runs(settings.taskSilentMs);
    this.checkpoints = new Checkpoints(kafka, publisher);
    this.followers = [
      new TopicReader(kafka, configChanged.topic, (record) => changes.apply(record)),
      new TopicReader(kafka, taskProgressed.topic, ({ value }) => {
        const progress = decodeProgress(value);
        if (progress) runs.apply(progress);
      }),
    ];
    const group = { group: 'scheduler.leader', contract: configChanged, sessionTimeoutMs };
    this.leadership = new Leadership(
      kafka,
      group,
      bus.report,
      () => this.clockwork.settle(),
      () => this.die(),
    );
    const leading = () => this.isReady && this.leadership.leading;
    const report = new ScheduleReport(logger, registry, leading);
    this.clockwork = new Clockwork({
      lines: () => linesOf(configuration, environment, (tenant, task) => changes.of(tenant, task)),
      leading,
      checkpoints: this.checkpoints,
      publisher,
      runs,
      report: (event) => report.see(event),
    });
    this.tasks = new Tasks({ configuration, environment, changes, runs, publisher, leading });
    signs.startup.push({ name: 'schedules', check: () => ({ up: this.isReady }) });
    signs.readiness.push({ name: 'schedules', check: () => ({ up: this.isReady, detail: { leading: leading() } }) });
    const silentMs = () => (this.isReady ? this.leadership.silentMs : 0);
    this.watch = new StuckWatch(silentMs, () => bus.brokerAnswers(), sessionTimeoutMs * stuckSessions);
    signs.liveness.push({ name: 'progress', check: () => ({ up: !this.watch.stuck, detail: { silentMs: silentMs() } }) });
  }

  /** Waits for Kafka as long as it takes; resolves when everything said before is known and the group is joined. */
  async start(): Promise<void> {
    await this.bus.start();
    const started = await Promise.all(this.followers.map((follower) => follower.start()));
    await Promise.all([this.checkpoints.start(), ...started.map(({ caughtUp }) => caughtUp)]);
    this.tasks.describe((line) => this.logger.info(line, 'schedule.task'));
    await this.leadership.start();
    this.isReady = true;
    this.timer = setInterval(() => void this.clockwork.tick(), tickMs);
    this.watch.start();
  }

  /** Ends what is under way, and hands the leadership on at once. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.watch.stop();
    await this.clockwork.settle();
    await this.leadership.stop();
    await Promise.all([this.checkpoints.stop(), ...this.followers.map((follower) => follower.stop())]);
    await this.bus.stop();
  }

  private die(): void {
    this.logger.fatal({}, 'consumer.dead');
    process.exit(1);
  }
}
