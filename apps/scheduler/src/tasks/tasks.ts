import type { Configuration, ScheduledTask, Tenant } from '@connector/connector-config';
import { formatFiringByHand } from '@connector/contracts';
import type { KafkaPublisher } from '@connector/event-bus';
import { randomUUID } from 'node:crypto';
import type { Changes } from './changes';
import { activeMarkets, isDisabled, lineName, restOf } from './line';
import { request } from './requests';
import type { Run, Runs } from './runs';
import { toShownRun, type ShownRun, type ShownTask } from './shown';

export interface TasksParts {
  configuration: Configuration;
  environment: string;
  changes: Pick<Changes, 'of' | 'save'>;
  runs: Runs;
  publisher: Pick<KafkaPublisher, 'publish'>;
  leading: () => boolean;
  now?: () => number;
}

/** Why something that was asked for is not done. */
export interface Refusal {
  code: 'TASK_NOT_FOUND' | 'MARKET_NOT_FOUND' | 'EXECUTOR_MISSING' | 'NO_ACTIVE_MARKET' | 'ALREADY_RUNNING';
  message: string;
}

export type Answer<T> = { ok: true; value: T } | { ok: false; refusal: Refusal };

interface Found {
  tenant: Tenant;
  task: ScheduledTask;
}

/** The scheduled tasks for whoever looks at them or gives a hand; works in every scheduler, whether it leads or not. */
export class Tasks {
  private readonly now: () => number;

  constructor(private readonly parts: TasksParts) {
    this.now = parts.now ?? Date.now;
  }

  get environment(): string {
    return this.parts.environment;
  }

  get leading(): boolean {
    return this.parts.leading();
  }

  list(): ShownTask[] {
    const { tenants } = this.parts.configuration;
    return tenants.flatMap((tenant) => tenant.scheduledTasks.map((task) => this.show({ tenant, task })));
  }

  get(tenant: string, id: string): Answer<ShownTask> {
    return this.with(tenant, id, (found) => this.show(found));
  }

  history(tenant: string, id: string): Answer<ShownRun[]> {
    return this.with(tenant, id, (found) => {
      const runs = found.tenant.markets.flatMap(({ market }) => this.runsOf(found, market).map((run) => toShownRun(market, run)));
      return runs.sort((a, b) => ((a.requestedAt ?? a.startedAt ?? '') < (b.requestedAt ?? b.startedAt ?? '') ? 1 : -1));
    });
  }

  /** Asks for the task in one market or in all active ones, also where it is disabled or fires elsewhere. @throws PublishFailed */
  async runNow(tenantId: string, id: string, market?: string): Promise<Answer<ShownTask>> {
    const found = this.find(tenantId, id);
    if (!found) return refuse('TASK_NOT_FOUND', `There is no task "${id}" of tenant "${tenantId}".`);
    const { tenant, task } = found;
    if (!task.executor) return refuse('EXECUTOR_MISSING', `No service of this installation does "${task.implementationType}" yet.`);
    const markets = activeMarkets(tenant).filter((one) => market === undefined || one === market);
    if (markets.length === 0 && market !== undefined)
      return refuse('MARKET_NOT_FOUND', `"${market}" is not an active market of the tenant.`);
    if (markets.length === 0) return refuse('NO_ACTIVE_MARKET', 'The tenant has no active market.');
    const free = markets.filter((one) => !this.goingOf(found, one));
    if (free.length === 0) return refuse('ALREADY_RUNNING', 'The task is running. One run at a time.');
    const firing = formatFiringByHand(id, randomUUID());
    const at = this.now();
    for (const one of free)
      await request({ tenant: tenant.id, market: one, task, firing, by: 'person', at }, this.parts.publisher, this.parts.runs);
    return { ok: true, value: this.show(found) };
  }

  /** Wins over the file, until it is changed again. @throws PublishFailed */
  async setDisabled(tenantId: string, id: string, disabled: boolean, by?: string): Promise<Answer<ShownTask>> {
    const found = this.find(tenantId, id);
    if (!found) return refuse('TASK_NOT_FOUND', `There is no task "${id}" of tenant "${tenantId}".`);
    await this.parts.changes.save(found.tenant.id, id, { isDisabled: disabled, at: this.now(), ...(by ? { by } : {}) });
    return { ok: true, value: this.show(found) };
  }

  /** One line per task, for the log at start. */
  describe(tell: (line: object) => void): void {
    for (const { tenant, id, schedule, fires, rest } of this.list())
      tell({ tenant, task: id, schedule: schedule.expression, words: schedule.words, fires, rest });
  }

  private show({ tenant, task }: Found): ShownTask {
    const { environment, changes } = this.parts;
    const changeOf = (tenantId: string, id: string) => changes.of(tenantId, id);
    const change = changeOf(tenant.id, task.id);
    const rest = restOf(tenant, task, environment, changeOf);
    const { expression, timeZone, words } = task.schedule;
    const next = task.schedule.next(5, this.now()).map((time) => new Date(time).toISOString());
    return {
      tenant: tenant.id,
      id: task.id,
      implementationType: task.implementationType,
      executor: task.executor ?? null,
      schedule: { expression, timeZone, words, next },
      catchUp: task.catchUp,
      fires: rest === undefined,
      rest: rest ?? null,
      isDisabled: isDisabled(tenant.id, task, changeOf),
      origin: change ? 'changed' : 'file',
      changedAt: change ? new Date(change.at).toISOString() : null,
      changedBy: change?.by ?? null,
      markets: activeMarkets(tenant).map((market) => this.marketOf({ tenant, task }, market)),
    };
  }

  private marketOf(found: Found, market: string): ShownTask['markets'][number] {
    const running = this.goingOf(found, market);
    const last = this.runsOf(found, market).find(({ state }) => state === 'finished' || state === 'interrupted');
    return { market, running: running ? toShownRun(market, running) : null, last: last ? toShownRun(market, last) : null };
  }

  private goingOf({ tenant, task }: Found, market: string): Run | undefined {
    return this.parts.runs.going(lineName({ tenant: tenant.id, market, task }), this.now());
  }

  private runsOf({ tenant, task }: Found, market: string): Run[] {
    return this.parts.runs.history(lineName({ tenant: tenant.id, market, task }));
  }

  private find(tenantId: string, id: string): Found | undefined {
    const tenant = this.parts.configuration.tenants.find((one) => one.id === tenantId);
    const task = tenant?.scheduledTasks.find((one) => one.id === id);
    return tenant && task && { tenant, task };
  }

  private with<T>(tenant: string, id: string, work: (found: Found) => T): Answer<T> {
    const found = this.find(tenant, id);
    return found ? { ok: true, value: work(found) } : refuse('TASK_NOT_FOUND', `There is no task "${id}" of tenant "${tenant}".`);
  }
}

function refuse(code: Refusal['code'], message: string): { ok: false; refusal: Refusal } {
  return { ok: false, refusal: { code, message } };
}
