import { taskRequestRecord, type KafkaPublisher, type OutgoingRecord } from '@connector/event-bus';
import { reconciliationTask } from './flow';

/** Asks for the reconciliation of every market at start and at an interval. Every process does: what is asked for twice is done once. */
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
    await this.publisher.publish(this.markets.map(requestFor)).catch(() => undefined);
  }
}

function requestFor({ tenant, market }: { tenant: string; market: string }): OutgoingRecord {
  return taskRequestRecord({ task: reconciliationTask, tenant, market, requestedAt: Date.now(), by: 'schedule' });
}
