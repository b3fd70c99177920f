import { Schedule, type CatchUp, type ScheduledTask } from '@connector/connector-config';
import { syncTaskRequested, type Checkpoint, type TaskRequest } from '@connector/contracts';
import type { OutgoingRecord } from '@connector/event-bus';
import { Clockwork, type ClockworkEvent } from './clockwork';
import type { Line } from './line';
import { Runs } from './runs';

export function aTask(overrides: Partial<ScheduledTask> & { at?: string; zone?: string } = {}): ScheduledTask {
  const { at = '*/10 * * * *', zone = 'UTC', ...rest } = overrides;
  const schedule = Schedule.parse(at, zone);
  const base = { implementationType: 'OrderReconciliationScheduledTask', task: 'order-reconciliation', scope: undefined };
  const record = undefined as unknown as ScheduledTask['record'];
  return { id: 'order-reconciliation', ...base, schedule, isDisabled: false, catchUp: 'once', executor: 'order-sync', record, ...rest };
}

export function aLine(overrides: Partial<Line> = {}): Line {
  return { tenant: 'DevShop', market: 'NOR', task: aTask(), rest: undefined, ...overrides };
}

/** Kafka in memory and a clock that tests move; schedulers come and go, and each has read what was acknowledged. */
export class World {
  now = Date.UTC(2026, 10, 24, 10, 5);
  lines: Line[] = [aLine()];
  leads = true;
  publishFails = false;
  /** The next acknowledged request is the leader's last deed: it dies before it can remember the firing. */
  diesAfterRequest = false;
  readonly requests: TaskRequest[] = [];
  readonly events: ClockworkEvent[] = [];
  readonly saved = new Map<string, Checkpoint>();
  runs = new Runs(3_600_000);
  clockwork = this.scheduler();

  scheduler(): Clockwork {
    let alive = true;
    const publish = async (records: readonly OutgoingRecord[]): Promise<void> => {
      if (!alive || this.publishFails) throw new Error('no broker');
      for (const { topic, value } of records) {
        if (topic !== syncTaskRequested.topic) continue;
        this.requests.push(JSON.parse(String(value)));
        if (this.diesAfterRequest) alive = this.diesAfterRequest = false;
      }
    };
    const save = async (name: string, checkpoint: Checkpoint): Promise<void> => {
      if (!alive || this.publishFails) throw new Error('no broker');
      this.saved.set(name, checkpoint);
    };
    return new Clockwork({
      lines: () => this.lines,
      leading: () => alive && this.leads,
      checkpoints: { get: (name) => this.saved.get(name), save },
      publisher: { publish },
      runs: this.runs,
      report: (event) => void this.events.push(event),
      now: () => this.now,
    });
  }

  /** The leader is gone; another one takes over. */
  replaceLeader(): void {
    this.clockwork = this.scheduler();
  }

  async at(time: string): Promise<void> {
    this.now = Date.parse(`2026-11-24T${time}Z`);
    await this.clockwork.tick();
  }

  /** The service has done what was asked for last, or all of it. */
  finish(...requests: readonly TaskRequest[]): void {
    const all = requests.length > 0 ? requests : this.requests;
    for (const { firing = '', task, tenant, market } of all)
      this.runs.apply({ firing, task, tenant, market, state: 'finished', result: 'done', at: this.now, by: 'order-sync.reconciliation' });
  }

  get firings(): string[] {
    return this.requests.map(({ firing = '' }) => firing.replace(/^.*@2026-11-24T/, ''));
  }
}

export const catchUps: readonly CatchUp[] = ['skip', 'once'];
