import type { Load, LoadReport } from '../load/loads';
import type { Mix } from '../load/payloads';
import { between } from '../process/usage';
import type { Subject } from '../process/subject';
import { authorization } from './configuration';
import type { Gateway } from './contenders';

export interface ClosedRow {
  cpuSecondsPer1000: number;
  requestsPerSecond: number;
  recordsPerBatch: number;
  p50Ms: number;
  p99Ms: number;
  refused: number;
}

export interface OpenRow {
  p50Ms: number;
  p99Ms: number;
  p999Ms: number;
  cpuSecondsPer1000: number;
  refused: number;
}

/** Sends a contender its load and keeps the books: what was acknowledged, and which number comes next. */
export class Sender {
  private next = 0;
  readonly acked: Readonly<Record<Mix, number[]>> = { mixed: [], single: [] };

  constructor(
    readonly gateway: Gateway,
    private readonly generator: Subject,
    private readonly payloads: Pick<Load, 'tag' | 'seed'>,
  ) {}

  async closed(ms: number, connections: number): Promise<ClosedRow> {
    const [sentBefore, before] = [await this.gateway.sent(), await this.gateway.subject.usage()];
    const report = await this.load({ do: 'closed', mix: 'mixed', ms, connections, perSecond: 0 });
    const [after, sentAfter] = [await this.gateway.subject.usage(), await this.gateway.sent()];
    const { cpuSeconds } = between(before, after);
    return {
      cpuSecondsPer1000: (cpuSeconds / report.acked.length) * 1000,
      requestsPerSecond: report.acked.length / report.seconds,
      recordsPerBatch: (sentAfter.records - sentBefore.records) / (sentAfter.sends - sentBefore.sends),
      p50Ms: report.p50,
      p99Ms: report.p99,
      refused: report.refused,
    };
  }

  /** Load without a measure, until the compiler has seen enough: requests count for that, not time. */
  async warmUp(requests: number, atMostMs: number): Promise<void> {
    const until = performance.now() + atMostMs;
    const first = this.next;
    while (this.next - first < requests && performance.now() < until) {
      await this.load({ do: 'closed', mix: 'mixed', ms: 1_000, connections: 200, perSecond: 0 });
    }
  }

  async open(ms: number, perSecond: number): Promise<OpenRow> {
    const before = await this.gateway.subject.usage();
    const report = await this.load({ do: 'open', mix: 'single', ms, connections: 0, perSecond });
    const { cpuSeconds } = between(before, await this.gateway.subject.usage());
    const { p50, p99, p999, refused } = report;
    return { p50Ms: p50, p99Ms: p99, p999Ms: p999, cpuSecondsPer1000: (cpuSeconds / report.acked.length) * 1000, refused };
  }

  private async load(load: Pick<Load, 'do' | 'mix' | 'ms' | 'connections' | 'perSecond'>): Promise<LoadReport> {
    const command: Load = { ...load, ...this.payloads, url: this.gateway.url, authorization, first: this.next };
    const answer: unknown = await this.generator.ask(command, 'loaded', load.ms + 60_000);
    const report = answer as LoadReport;
    this.next = report.next;
    for (const n of report.acked) this.acked[load.mix].push(n);
    return report;
  }
}
