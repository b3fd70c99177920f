import type { SitooLimits } from '@connector/rate-limiter';
import { StrictServer } from '@connector/testing';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Violation } from '../checker/violation';
import { runTools, type Redis, type RunFolder } from '../run-tools';
import { judge, useOf, type LimiterPlan, type Span, type Wait } from './judge';
import type { Callers, PodReport } from './orders';
import { PodProcess } from './pod-process';
import { SlowLink } from './slow-link';

export interface PodPlan {
  readonly callers: readonly Callers[];
  /** How far its wall clock is off, ms. */
  readonly clockShiftMs?: number;
}

export interface LimiterSceneOptions {
  readonly run: RunFolder;
  readonly cell: string;
  readonly seed: number;
  readonly preload?: string;
  readonly keys: number;
  readonly ratePerSecond: number;
  readonly burst: number;
  /** Calls at once and key, for the gate. */
  readonly inFlight: number;
  /** The same for the server, unless only the rate counts there. */
  readonly serverInFlight?: number;
  readonly settings?: Partial<SitooLimits>;
  readonly pods: readonly PodPlan[];
}

/** From the start of the pods to their first calls; on a busy machine a process takes its time to load. */
const inUseWithinMs = 60_000;

/** Pods that call a strict server through our limiter, whose Redis is of this run alone and can be hurt. */
export class LimiterScene {
  private constructor(
    private readonly options: LimiterSceneOptions,
    readonly server: StrictServer,
    readonly redis: Redis,
    /** Between the pods and Redis. */
    readonly link: SlowLink,
    private readonly pods: readonly PodProcess[],
  ) {}

  static async start(options: LimiterSceneOptions): Promise<LimiterScene> {
    const { run, keys, ratePerSecond, burst, inFlight, serverInFlight = inFlight, settings, seed, preload } = options;
    const { ensureRedisServer, startRedis } = await runTools();
    if (!(await ensureRedisServer(run, (line) => process.stderr.write(`${line}\n`)))) throw new Error('redis-server is missing');
    const server = new StrictServer({ ratePerSecond, burst, scope: 'key', inFlight: serverInFlight });
    const [port, redis] = [await server.start(), await startRedis(run)];
    const link = await SlowLink.before(redis.url);
    const common = {
      redisUrl: link.url,
      account: options.cell,
      keys,
      port,
      seed,
      settings: { scope: 'key' as const, ratePerSecond, burst, inFlight, maxReplicas: options.pods.length + 1, ...settings },
    };
    const logFile = join(run.logs, 'pods.log');
    const pods = options.pods.map(({ callers, clockShiftMs }, pod) =>
      PodProcess.start({ orders: { ...common, pod, callers }, preload, clockShiftMs, logFile }),
    );
    return new LimiterScene(options, server, redis, link, pods);
  }

  /** Resolves when every key was called: pods run, the limiter has settled. */
  async inUse(): Promise<void> {
    const { until } = await runTools();
    const everyKey = () => new Set(this.server.arrivals.map(({ key }) => key)).size === this.options.keys;
    const ended = Promise.race(this.pods.map((pod) => pod.reported));
    await Promise.race([until(everyKey, { what: 'the pods to call every key', withinMs: inUseWithinMs }), ended]);
  }

  /** Waits count from now on. */
  countWaits(): void {
    for (const pod of this.pods) pod.send({ do: 'count' });
  }

  /** Ends the pods and judges what the server saw. */
  async finish(plan: Omit<LimiterPlan, 'ratePerSecond' | 'inFlight'>): Promise<Finished> {
    for (const pod of this.pods) pod.send({ do: 'end' });
    const reports = await Promise.all(this.pods.map((pod) => pod.reported));
    const { ratePerSecond, inFlight } = this.options;
    const { arrivals } = this.server;
    const waits = reports.flatMap((report) => report.waits);
    const violations = judge({ arrivals, waits }, { ...plan, ratePerSecond, inFlight });
    return { figures: { ...this.figures(), ...figuresOf(reports) }, violations, waits };
  }

  use(span: Span, keys: readonly number[]): number {
    return Math.round(useOf(this.server.arrivals, span, keys, this.options.ratePerSecond) * 1000) / 1000;
  }

  async close(): Promise<void> {
    this.keepHistory();
    for (const pod of this.pods) pod.kill();
    await this.link.close();
    await this.server.stop();
    await this.redis.stop();
  }

  /** The server's own counters. */
  private figures(): Record<string, number> {
    const { arrivals, mostInFlightOf } = this.server;
    const figures: Record<string, number> = {
      events: arrivals.length,
      planned429s: arrivals.filter(({ planned }) => planned).length,
      own429s: arrivals.filter(({ status, planned }) => status !== 'ok' && !planned).length,
    };
    for (let key = 0; key < this.options.keys; key += 1) {
      const own = arrivals.filter((arrival) => arrival.key === key);
      figures[`calls.${key}`] = own.length;
      figures[`429s.${key}`] = own.filter(({ status }) => status !== 'ok').length;
      figures[`mostInFlight.${key}`] = mostInFlightOf.get(String(key)) ?? 0;
    }
    return figures;
  }

  /** One line per call, for whoever looks into a run. */
  private keepHistory(): void {
    const { run, cell, seed } = this.options;
    const lines = this.server.arrivals.map((arrival) => `${JSON.stringify({ ...arrival, at: Math.round(arrival.at) })}\n`);
    appendFileSync(join(run.logs, `${cell}-${seed}.arrivals.jsonl`), lines.join(''));
  }
}

export interface Finished {
  readonly figures: Record<string, number>;
  readonly violations: Violation[];
  readonly waits: readonly Wait[];
}

function figuresOf(reports: readonly PodReport[]): Record<string, number> {
  const clocks = reports.map(({ wallClock }) => wallClock);
  return {
    degradations: reports.reduce((sum, { degradations }) => sum + degradations, 0),
    degradedS: Math.round(reports.reduce((sum, { degradedMs }) => sum + degradedMs, 0) / 100) / 10,
    clockSpreadS: Math.round((Math.max(...clocks) - Math.min(...clocks)) / 1000),
  };
}
