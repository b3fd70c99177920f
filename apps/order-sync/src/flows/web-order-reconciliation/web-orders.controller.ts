import { Bus, NoticeContext, OnNotices, type Outcomes, type WorkItem } from '@connector/event-bus';
import { LOGGER, type Logger } from '@connector/platform';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import type { Settings } from '../../config';
import { Markets } from '../../markets/markets';
import { SharedCheckpoints } from '../../shared-checkpoints';
import { SETTINGS } from '../../tokens';
import { webOrderReconciliation } from './flow';
import { ReconcileWebOrders } from './handle';

/** The flow's place in Nest. */
@Controller()
export class WebOrderReconciliationController {
  private readonly flow: ReconcileWebOrders;

  constructor(
    @Inject(Markets) markets: Markets,
    @Inject(Bus) { publisher }: Bus,
    @Inject(SharedCheckpoints) checkpoints: SharedCheckpoints,
    @Inject(SETTINGS) { timeScale, reconcileEveryMs: everyMs }: Settings,
    @Inject(LOGGER) logger: Logger,
  ) {
    const road = { publisher, checkpoints: () => checkpoints.get() };
    this.flow = new ReconcileWebOrders(markets, road, { timeScale, everyMs }, (market, announced) =>
      logger.info({ ...market, announced }, 'reconciliation.web-orders'),
    );
  }

  @OnNotices(webOrderReconciliation)
  handle(@Payload() work: WorkItem[], @Ctx() context: NoticeContext): Promise<Outcomes> {
    return this.flow.handle(work, context);
  }
}
