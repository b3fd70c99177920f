import { omniumOrderChanged, type Fact } from '@connector/contracts';
import {
  done,
  encodeNotice,
  retry,
  TaskRuns,
  type Checkpoints,
  type KafkaPublisher,
  type Outcome,
  type Outcomes,
  type OutgoingRecord,
  type TaskRun,
  type WorkContext,
  type WorkItem,
} from '@connector/event-bus';
import { exportOff } from '../omnium-order-to-sitoo/triage';
import { sweepOmniumOrders } from '../omnium-order-to-sitoo/sweep';
import type { MarketDirectory, ReconcilingConnection } from './connection';
import { webOrderReconciliation, webOrderReconciliationTask } from './flow';

export interface ReconcilerSettings {
  /** Multiplies every length of time; 1 in production. */
  timeScale: number;
  /** How often a market is asked for, ms. */
  everyMs: number;
}

/** Told after every slice of work: how many orders were announced. */
export type OnAnnounced = (market: { tenant: string; market: string }, count: number) => void;

interface Bus {
  publisher: Pick<KafkaPublisher, 'publish'>;
  checkpoints: () => Promise<Pick<Checkpoints, 'get' | 'save'>>;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** Search lags behind writes by seconds; announcing an order once more costs a look-up. */
const overlapMs = 10 * minuteMs;
/** Where a market begins that was never read: a weekend and a day. */
const firstDays = 3;
/** No window is begun after this, ms. */
const sliceMs = 20_000;

/**
 * Finds the changes of web orders that no event announced (P21): reads what Omnium has changed since the last time, in windows of a day at
 * most, and announces it on the bulk twin. The watermark moves when a window's notices are on Kafka.
 */
export class ReconcileWebOrders {
  private readonly runs: TaskRuns;

  constructor(
    private readonly markets: MarketDirectory,
    private readonly bus: Bus,
    private readonly settings: ReconcilerSettings,
    private readonly onAnnounced: OnAnnounced,
    private readonly now: () => number = Date.now,
  ) {
    this.runs = new TaskRuns(bus, webOrderReconciliation.group, now);
  }

  /** One outcome per key. @throws CallError when Omnium does not answer */
  handle(work: readonly WorkItem[], context: WorkContext): Promise<Outcomes> {
    return this.runs.handle(work, webOrderReconciliationTask, (_, run) => this.reconcile(run, context));
  }

  private async reconcile(run: TaskRun, context: WorkContext): Promise<Outcome> {
    const found = this.markets.find(context.tenant, context.market);
    // Not deferred: the market is asked for again as soon as it works.
    if (!found.ok) return run.leave(found.problem);
    const { config, reference } = found.connection;
    if (!config.capabilities.orderExport) return run.leave(exportOff(config));
    // The watermark stays where it is: what was only looked at is announced again once the market writes.
    if (config.shadowMode) return run.leave({ code: 'SHADOW_MODE', message: 'a market in shadow mode has nothing to make up for' });
    const { problem } = await reference.get();
    if (problem) return run.leave(problem);
    const checkpoints = await this.bus.checkpoints();
    const name = `${webOrderReconciliationTask}/${context.tenant}/${context.market}`;
    const last = checkpoints.get(name);
    if (run.isRoutine && last && this.now() - last.at < this.settings.everyMs / 2)
      return run.leave({ code: 'JUST_DONE', message: 'another process asked for the same a moment ago' });
    await run.started();
    const from = watermark(last?.position) ?? this.now() - firstDays * dayMs;
    const reached = await this.readOn(from, found.connection, context, (position, at) =>
      checkpoints.save(name, { position: String(position), at }),
    );
    if (!context.owned()) return retry({ code: 'TAKEN_OVER', message: 'another member owns this key now' });
    if (reached) {
      await run.finished('done');
      return done('complete');
    }
    await run.askForMore();
    return done('continued');
  }

  /** Window by window up to now. False when there was no time for all of it. */
  private async readOn(
    from: number,
    connection: ReconcilingConnection,
    { tenant, market, signal, owned }: WorkContext,
    save: (position: number, at: number) => Promise<void>,
  ): Promise<boolean> {
    const until = this.now() + sliceMs;
    for (let position = from; ;) {
      const now = this.now();
      const isLast = position + dayMs >= now;
      const end = isLast ? now : position + dayMs;
      const begin = new Date(position - overlapMs * this.settings.timeScale);
      const keys = await sweepOmniumOrders(connection, isLast ? { from: begin } : { from: begin, to: new Date(end) }, { signal });
      if (keys.length > 0) await this.bus.publisher.publish(keys.map((key) => notice(key, now)));
      this.onAnnounced({ tenant, market }, keys.length);
      await save(end, now);
      position = end;
      if (isLast) return true;
      if (this.now() >= until || !owned()) return false;
    }
  }
}

/** Where the last window ended, ms since the epoch; undefined when the text says nothing. */
function watermark(position = ''): number | undefined {
  const ms = Number(position);
  return position !== '' && Number.isSafeInteger(ms) && ms > 0 ? ms : undefined;
}

function notice(key: string, now: number): OutgoingRecord {
  const id = key.split('/').slice(2).join('/');
  // The same finding again is the same fact: it does not pile up beside work that waits.
  const fact: Fact = { id: `seen:${id}`.slice(0, 128), kind: 'seen', at: now };
  const meta = { source: 'sweep', attempt: 0, deferrals: 0, firstSeenAt: now };
  return { topic: omniumOrderChanged.bulk.topic, key, ...encodeNotice([fact], meta) };
}
