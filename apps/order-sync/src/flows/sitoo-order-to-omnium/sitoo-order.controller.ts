import { NoticeContext, OnNotices, type Outcomes, type WorkItem } from '@connector/event-bus';
import { LOGGER, type Logger } from '@connector/platform';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { Counter, Registry } from 'prom-client';
import { Markets } from '../../markets/markets';
import { sitooOrderToOmnium } from './flow';
import { SitooOrderToOmnium } from './handle';

/** The flow's place in Nest. */
@Controller()
export class SitooOrderController {
  private readonly flow: SitooOrderToOmnium;

  constructor(@Inject(Markets) markets: Markets, @Inject(LOGGER) logger: Logger, @Inject(Registry) registry: Registry) {
    const counted = new Counter({
      name: 'order_warnings_total',
      help: 'Oddities of imported receipts',
      labelNames: ['code'],
      registers: [registry],
    });
    this.flow = new SitooOrderToOmnium(markets, ({ key, warnings }) => {
      for (const { code } of warnings) counted.inc({ code });
      logger.warn({ key, codes: warnings.map(({ code }) => code) }, 'order.odd');
    });
  }

  @OnNotices(sitooOrderToOmnium)
  handle(@Payload() work: WorkItem[], @Ctx() context: NoticeContext): Promise<Outcomes> {
    return this.flow.handle(work, context);
  }
}
