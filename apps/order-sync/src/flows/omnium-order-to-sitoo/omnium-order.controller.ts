import { NoticeContext, OnNotices, type Outcomes, type WorkItem } from '@connector/event-bus';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { Markets } from '../../markets/markets';
import { omniumOrderToSitoo } from './flow';
import { OmniumOrderToSitoo } from './handle';

/** The flow's place in Nest. */
@Controller()
export class OmniumOrderController {
  private readonly flow: OmniumOrderToSitoo;

  constructor(@Inject(Markets) markets: Markets) {
    this.flow = new OmniumOrderToSitoo(markets);
  }

  @OnNotices(omniumOrderToSitoo)
  handle(@Payload() work: WorkItem[], @Ctx() context: NoticeContext): Promise<Outcomes> {
    return this.flow.handle(work, context);
  }
}
