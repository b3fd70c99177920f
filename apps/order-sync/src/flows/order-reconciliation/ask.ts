import { taskRequestRecord, type KafkaPublisher } from '@connector/event-bus';
import { webOrderReconciliationTask } from '../web-order-reconciliation/flow';
import { reconciliationTask } from './flow';

const tasks = [reconciliationTask, webOrderReconciliationTask];

/**
 * Asks for the reconciliations of every market at start and at an interval, so that they run where no schedule does. Every process does: what
 * is asked for twice is done once.
 */
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
    const at = { requestedAt: Date.now(), by: 'schedule' };
    const requests = this.markets.flatMap(({ tenant, market }) => tasks.map((task) => taskRequestRecord({ task, tenant, market, ...at })));
    await this.publisher.publish(requests).catch(() => undefined);
  }
}
