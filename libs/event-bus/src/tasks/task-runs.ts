import { formatKey, parseFiring, type TaskProgress } from '@connector/contracts';
import type { Checkpoints } from '../checkpoints';
import { codeOf } from '../flows/error-code';
import type { WorkItem } from '../flows/flow';
import { skipped, type Outcome, type Outcomes, type Reason } from '../flows/outcome';
import type { KafkaPublisher, OutgoingRecord } from '../kafka/publisher';
import { progressRecord } from './progress';
import { taskRequestRecord } from './request';
import { formatSeen, isSeen, parseSeen, withSeen } from './seen-firings';

/** How far a task is. */
export interface Amount {
  done: number;
  total?: number;
  /** What is counted: `orders`, `products`. */
  unit: string;
}

/** Who asks for the next slice of a run. */
const continuation = 'continuation';

/** What a task's executor needs of the bus. */
export interface TaskRoad {
  publisher: Pick<KafkaPublisher, 'publish'>;
  checkpoints: () => Promise<Pick<Checkpoints, 'get' | 'save'>>;
}

/**
 * For the services that do tasks: tells on `sync.task.progressed` what becomes of a firing, and ignores firings that were done before. A
 * firing may be asked for twice, by a leader that was taken for dead and by its successor; the checkpoint outlives both, and Redis.
 */
export class TaskRuns {
  constructor(
    private readonly road: TaskRoad,
    /** Consumer group of the flow. */
    private readonly by: string,
    private readonly now: () => number = Date.now,
  ) {}

  /** Does this task for each key that asks for it, one after the other. Keys of other tasks, and firings that were done before, are left alone. */
  async handle(work: readonly WorkItem[], task: string, execute: (item: WorkItem, run: TaskRun) => Promise<Outcome>): Promise<Outcomes> {
    const outcomes = new Map<string, Outcome>();
    for (const item of work) outcomes.set(item.text, await this.one(item, task, execute));
    return outcomes;
  }

  private async one(item: WorkItem, task: string, execute: (item: WorkItem, run: TaskRun) => Promise<Outcome>): Promise<Outcome> {
    if (item.key.id !== task) return skipped({ code: 'OTHER_TASK', message: 'this task is not done here' });
    const run = await this.open(item);
    if (!run) return skipped({ code: 'FIRING_SEEN', message: 'this firing of the schedule was done before' });
    return run.attempt(() => execute(item, run));
  }

  /**
   * The run that this piece of work is part of; undefined when all that asked for it was done before. Work that nobody scheduled, and a second look, is a
   * run without firings: it tells nothing.
   */
  async open(item: WorkItem): Promise<TaskRun | undefined> {
    const ids = item.facts.map(({ id }) => id).filter((id) => parseFiring(id) !== undefined);
    if (ids.length === 0 || item.verifying) return new TaskRun(this.road, item, [], this.by, this.now);
    const checkpoints = await this.road.checkpoints();
    const seen = parseSeen(checkpoints.get(seenName(item))?.position);
    const fresh = ids.filter((id) => !isSeen(seen, id));
    if (fresh.length === 0 && ids.length === item.facts.length) return undefined;
    return new TaskRun(this.road, item, fresh, this.by, this.now);
  }
}

/** One or several firings that collapsed into one piece of work, which may take several slices. */
export class TaskRun {
  constructor(
    private readonly road: TaskRoad,
    private readonly item: WorkItem,
    /** Ids of the firings that this run does. */
    readonly firings: readonly string[],
    private readonly by: string,
    private readonly now: () => number,
  ) {}

  /** The slice before this one had no time for the rest. */
  get isContinued(): boolean {
    return this.item.facts.some(({ kind }) => kind === continuation);
  }

  /** Only clocks asked, and not for anything in particular: once per interval is enough. Who asks for a reason of his own is always heard. */
  get isRoutine(): boolean {
    return this.item.facts.every(({ kind, event }) => kind === 'schedule' && event === undefined);
  }

  /** Call it for every slice: it is told at the first one, and again after a crash. */
  async started(): Promise<void> {
    if (!this.isContinued) await this.tell({ state: 'started' });
  }

  /** Asks for the next slice, once for each thing that was asked for, so that scopes and firings stay together. */
  async askForMore(): Promise<void> {
    const { tenant, market, id: task } = this.item.key;
    const requests = new Map<string, OutgoingRecord>();
    for (const { id, event: scope } of this.item.facts) {
      const firing = this.firings.includes(id) ? id : undefined;
      // Done before: it was only part of this work by chance.
      if (firing === undefined && parseFiring(id) !== undefined) continue;
      const about = { ...(scope ? { scope } : {}), ...(firing ? { firing } : {}) };
      const request = { task, tenant, market, requestedAt: this.now(), by: continuation, ...about };
      requests.set(`${firing ?? ''} ${scope ?? ''}`, taskRequestRecord(request));
    }
    await this.road.publisher.publish([...requests.values()]);
  }

  /** The estimate goes by the time since the request, so it is late rather than early. */
  progress({ done, total, unit }: Amount): Promise<void> {
    return this.tell({ state: 'progress', done, unit, ...(total === undefined ? {} : { total, ...this.estimate(done, total) }) });
  }

  /** Does the work; when it throws, tells that a try failed and throws on: the bus decides whether another follows. */
  async attempt<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const reason = { code: codeOf(error, 'HANDLER_FAILED'), message: 'a try failed' };
      // With Kafka away the failure itself must not be hidden by this one.
      await this.tell({ state: 'interrupted', reason }).catch(() => undefined);
      throw error;
    }
  }

  /** Tells, and only then remembers: a crash between the two repeats the work instead of leaving it without an end. */
  async finished(result: 'done' | 'skipped', { reason, counts }: { reason?: Reason; counts?: Record<string, number> } = {}): Promise<void> {
    if (this.firings.length === 0) return;
    await this.tell({ state: 'finished', result, ...(reason ? { reason } : {}), ...(counts ? { counts } : {}) });
    const checkpoints = await this.road.checkpoints();
    const name = seenName(this.item);
    const seen = withSeen(parseSeen(checkpoints.get(name)?.position), this.firings);
    await checkpoints.save(name, { position: formatSeen(seen), at: this.now() });
  }

  /** Nothing is done, and whoever asked for it hears why. */
  async leave(reason: Reason): Promise<Outcome> {
    await this.finished('skipped', { reason });
    return skipped(reason);
  }

  private estimate(done: number, total: number): { estimatedAt?: number } {
    const since = Math.min(...this.item.facts.map(({ at }) => at));
    if (done <= 0 || total <= done) return {};
    return { estimatedAt: Math.round(this.now() + ((this.now() - since) * (total - done)) / done) };
  }

  private async tell(about: Pick<TaskProgress, 'state'> & Partial<TaskProgress>): Promise<void> {
    if (this.firings.length === 0) return;
    const { tenant, market, id: task } = this.item.key;
    await this.road.publisher.publish(
      this.firings.map((firing) => progressRecord({ ...about, firing, task, tenant, market, at: this.now(), by: this.by })),
    );
  }
}

function seenName({ key }: WorkItem): string {
  return `seen-firings/${formatKey(key)}`;
}
