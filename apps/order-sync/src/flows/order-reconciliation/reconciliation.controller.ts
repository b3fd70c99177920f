import { Bus, NoticeContext, OnNotices, type Outcomes, type WorkItem } from '@connector/event-bus';
import { LOGGER, type Logger } from '@connector/platform';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { Counter, Registry } from 'prom-client';
import type { Settings } from '../../config';
import { Markets } from '../../markets/markets';
import { SharedCheckpoints } from '../../shared-checkpoints';
import { SETTINGS } from '../../tokens';
import { orderReconciliation } from './flow';
import { ReconcileOrders } from './handle';
import { RepairWatch } from './repairs';
import type { Findings } from './slice';

/** The flow's place in Nest. */
@Controller()
export class ReconciliationController {
  private readonly flow: ReconcileOrders;
  private readonly missing: Counter;

  constructor(
    @Inject(Markets) markets: Markets,
    @Inject(Bus) bus: Bus,
    @Inject(SharedCheckpoints) checkpoints: SharedCheckpoints,
    @Inject(SETTINGS) { timeScale, reconcileEveryMs: everyMs }: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(Registry) registry: Registry,
  ) {
    const repairs = new RepairWatch(logger, registry);
    bus.listen((event) => repairs.see(event));
    this.missing = new Counter({
      name: 'receipt_numbers_missing_total',
      help: 'Receipt numbers that a register skipped: a till that is offline sends them later',
      labelNames: ['tenant', 'market'],
      registers: [registry],
    });
    const road = { publisher: bus.publisher, checkpoints: () => checkpoints.get() };
    this.flow = new ReconcileOrders(markets, road, { timeScale, everyMs }, (market, findings) => this.tell(market, findings));
  }

  @OnNotices(orderReconciliation)
  handle(@Payload() work: WorkItem[], @Ctx() context: NoticeContext): Promise<Outcomes> {
    return this.flow.handle(work, context);
  }

  private tell({ tenant, market }: { tenant: string; market: string }, { gaps, ...counts }: Findings): void {
    this.logger.info({ tenant, market, ...counts }, 'reconciliation.slice');
    for (const { orderId: _, ...gap } of gaps) this.logger.warn({ tenant, market, ...gap }, 'reconciliation.receipt-gap');
    const numbers = gaps.reduce((sum, { count }) => sum + count, 0);
    if (numbers > 0) this.missing.inc({ tenant, market }, numbers);
  }
}
