import { taskRequestRecord, type KafkaPublisher, type OutgoingRecord } from '@connector/event-bus';
import { webOrderReconciliationTask } from '../web-order-reconciliation/flow';
import { reconciliationTask } from './flow';

const tasks = [reconciliationTask, webOrderReconciliationTask];

/** Asks for the reconciliations of every market at start and at an interval. Every process does: what is asked for twice is done once. */
export class ReconciliationClock {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly publisher: Pick<KafkaPublisher, 'publish'>,
    private readonly markets: readonly { tenant: string; market: string }[],
    private readonly everyMs: number,
  ) {}

  start(): void {
    void this.ask();
    this.timer = setInterval(() => void this.ask(), this.everyMs);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** With Kafka away nothing is asked for; the next time it is. */
  async ask(): Promise<void> {
    const requests = this.markets.flatMap((market) => tasks.map((task) => requestFor(task, market)));
    await this.publisher.publish(requests).catch(() => undefined);
  }
}

function requestFor(task: string, { tenant, market }: { tenant: string; market: string }): OutgoingRecord {
  return taskRequestRecord({ task, tenant, market, requestedAt: Date.now(), by: 'schedule' });
}
