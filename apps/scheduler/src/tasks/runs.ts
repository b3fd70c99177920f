import { parseFiring, type TaskProgress } from '@connector/contracts';

/** One firing of a task for a market, from the request to the end. Times in ms since the epoch. */
export interface Run {
  firing: string;
  by: string;
  state: TaskProgress['state'];
  requestedAt?: number;
  startedAt?: number;
  finishedAt?: number;
  /** The last thing that was heard of it. */
  heardAt: number;
  done?: number;
  total?: number;
  unit?: string;
  estimatedAt?: number;
  result?: 'done' | 'skipped';
  counts?: Record<string, number>;
  reason?: { code: string; message: string };
}

const keptPerLine = 50;

/** What was told on `sync.task.progressed`: the last runs of every task and market. */
export class Runs {
  private readonly lines = new Map<string, Map<string, Run>>();

  constructor(
    /** Ms after which a run that says nothing no longer counts as going. */
    private readonly silentMs: number,
  ) {}

  /** The same event again, or one that comes late, changes nothing that is known. */
  apply(progress: TaskProgress): void {
    const task = parseFiring(progress.firing)?.task;
    if (task === undefined) return;
    const name = `${progress.tenant}/${progress.market}/${task}`;
    const line = this.lines.get(name) ?? new Map<string, Run>();
    this.lines.set(name, line);
    const before = line.get(progress.firing);
    if (before?.state === 'finished') return;
    line.set(progress.firing, merge(before, progress));
    const [oldest] = line.keys();
    if (line.size > keptPerLine && oldest !== undefined) line.delete(oldest);
  }

  /** The run that is asked for or going; one that was interrupted waits for its next try and holds back nothing. */
  going(line: string, now: number): Run | undefined {
    return this.history(line).find(
      ({ state, heardAt }) => (state === 'requested' || state === 'started' || state === 'progress') && now - heardAt < this.silentMs,
    );
  }

  /** Newest first. */
  history(line: string): Run[] {
    return [...(this.lines.get(line)?.values() ?? [])].reverse();
  }
}

function merge(before: Run | undefined, { state, at, firing, by, ...about }: TaskProgress): Run {
  const { done, total, unit, estimatedAt, result, counts, reason } = about;
  const isAsked = state === 'requested';
  return {
    ...before,
    firing,
    by: isAsked ? by : (before?.by ?? ''),
    // A request that is told late does not make a run that has begun wait again.
    state: isAsked && before ? before.state : state,
    heardAt: Math.max(at, before?.heardAt ?? 0),
    ...(isAsked ? { requestedAt: at } : {}),
    ...(state === 'started' ? { startedAt: before?.startedAt ?? at } : {}),
    ...(state === 'finished' ? { finishedAt: at } : {}),
    ...given({ done, total, unit, estimatedAt, result, counts, reason }),
  };
}

function given<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}
