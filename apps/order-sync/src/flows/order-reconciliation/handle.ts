import {
  deferred,
  done,
  retry,
  TaskRuns,
  type Checkpoints,
  type KafkaPublisher,
  type Outcome,
  type Outcomes,
  type Reason,
  type TaskRun,
  type WorkContext,
  type WorkItem,
} from '@connector/event-bus';
import type { SetupProblem } from '@connector/market';
import { CallError } from '@connector/platform';
import { Announcer } from './announce';
import type { Cursor } from './cursor';
import { orderReconciliation, reconciliationTask, sweepScope } from './flow';
import { readCursor, walkNewOrders } from './new-orders';
import { lookAtOpenOrders } from './open-orders';
import type { Findings, ReconcilingConnection, Slice } from './slice';
import { sweepLastDays } from './sweep';

/** The markets, as far as this flow needs them. */
export interface MarketDirectory {
  find(tenant: string, market: string): { ok: true; connection: ReconcilingConnection } | { ok: false; problem: SetupProblem };
}

export interface ReconcilerSettings {
  /** Multiplies every length of time; 1 in production. */
  timeScale: number;
  /** How often a market is asked for, ms. */
  everyMs: number;
  /** How long a slice may take, ms; default 40 s. */
  patienceMs?: number;
}

/** Told after every slice of work. */
export type OnFindings = (market: { tenant: string; market: string }, findings: Findings) => void;

/** No page is begun after this, ms: what is left of the flow's 45 s is for the page that runs. */
const sliceMs = 20_000;
/** The reads wait behind sales, and longest after a 429. A slice stands back in time for the flow's 45 s, ms: waiting is no failed attempt. */
const patienceMs = 40_000;
const behindSales: Reason = { code: 'BEHIND_SALES', message: 'sales have the rate budget; the walk goes on later' };
const inShadow: Reason = { code: 'SHADOW_MODE', message: 'a market in shadow mode has nothing to make up for' };

/**
 * Finds what no event announced: walks a market's new orders by id, looks at its open ones every hour, reads the last days again when asked
 * to, and announces on the bulk twin what Omnium lacks. Each slice ends in time and asks for the next one.
 */
export class ReconcileOrders {
  private readonly runs: TaskRuns;

  constructor(
    private readonly markets: MarketDirectory,
    private readonly bus: { publisher: Pick<KafkaPublisher, 'publish'>; checkpoints: () => Promise<Pick<Checkpoints, 'get' | 'save'>> },
    private readonly settings: ReconcilerSettings,
    private readonly onFindings: OnFindings,
    private readonly now: () => number = Date.now,
  ) {
    this.runs = new TaskRuns(bus, orderReconciliation.group, now);
  }

  /** One outcome per key. @throws CallError when a platform does not answer */
  handle(work: readonly WorkItem[], context: WorkContext): Promise<Outcomes> {
    return this.runs.handle(work, reconciliationTask, (item, run) => this.reconcile(item, run, context));
  }

  private async reconcile(item: WorkItem, run: TaskRun, context: WorkContext): Promise<Outcome> {
    const found = this.markets.find(context.tenant, context.market);
    // Not deferred: the market is asked for again as soon as it works.
    if (!found.ok) return run.leave(found.problem);
    const { connection } = found;
    // The cursor stays where it is: what was only looked at is walked again once the market writes.
    if (connection.config.shadowMode) return run.leave(inShadow);
    const reference = await connection.reference.get();
    if (reference.problem) return run.leave(reference.problem);
    const patience = AbortSignal.timeout(this.settings.patienceMs ?? patienceMs);
    const slice = await this.slice(connection, reference.market?.marketId ?? context.market, context, patience);
    try {
      return await this.walk(item, run, context, slice);
    } catch (error) {
      if (!patience.aborted || !(error instanceof CallError) || error.failure !== 'CANCELLED') throw error;
      return deferred(behindSales);
    }
  }

  private async walk(item: WorkItem, run: TaskRun, context: WorkContext, slice: Slice): Promise<Outcome> {
    const cursor = await readCursor(slice);
    if (run.isRoutine && !item.verifying && this.isFresh(cursor))
      return run.leave({ code: 'JUST_DONE', message: 'another process asked for the same a moment ago' });
    await run.started();
    const isThrough = await this.work(item, run, cursor, slice);
    this.onFindings(context, slice.findings);
    const { gaps, ...counts } = slice.findings;
    if (!context.owned()) return retry({ code: 'TAKEN_OVER', message: 'another member owns this key now' });
    if (isThrough) {
      await run.finished('done', { counts: { ...counts, gaps: gaps.length } });
      return done('complete', { verify: slice.findings.waiting > 0 });
    }
    await run.progress({ done: counts.read, unit: 'orders' });
    await run.askForMore();
    return done('continued');
  }

  private async work(item: WorkItem, run: TaskRun, begin: Cursor, slice: Slice): Promise<boolean> {
    const { cursor, isComplete } = this.isWalkDone(item, run, begin)
      ? { cursor: begin, isComplete: true }
      : await walkNewOrders(begin, slice);
    if (!isComplete || !slice.hasTime()) return false;
    await lookAtOpenOrders(cursor, slice);
    if (!isSweep(item)) return true;
    return slice.hasTime() && sweepLastDays(cursor, slice);
  }

  private async slice(connection: ReconcilingConnection, marketId: string, context: WorkContext, patience: AbortSignal): Promise<Slice> {
    const { tenant, market } = context;
    const until = this.now() + sliceMs;
    return {
      connection,
      marketId,
      announcer: new Announcer(this.bus.publisher, { tenant, market }),
      checkpoints: await this.bus.checkpoints(),
      name: `${reconciliationTask}/${tenant}/${market}`,
      scale: this.settings.timeScale,
      signal: AbortSignal.any([context.signal, patience]),
      now: this.now,
      hasTime: () => this.now() < until && context.owned(),
      findings: { read: 0, missing: 0, seen: 0, waiting: 0, gaps: [] },
    };
  }

  /** The slice before this one reached the end and had no time for the rest. */
  private isWalkDone({ verifying }: WorkItem, { isContinued }: TaskRun, cursor: Cursor): boolean {
    return !verifying && isContinued && this.isFresh(cursor);
  }

  private isFresh({ marks, next }: Cursor): boolean {
    return next === undefined && this.now() - (marks.at(-1)?.at ?? 0) < this.settings.everyMs / 2;
  }
}

function isSweep({ facts }: WorkItem): boolean {
  return facts.some(({ event }) => event === sweepScope);
}
