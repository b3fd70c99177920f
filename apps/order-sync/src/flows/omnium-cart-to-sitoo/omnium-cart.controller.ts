import { Bus, NoticeContext, OnNotices, type Outcomes, type WorkItem } from '@connector/event-bus';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { Markets } from '../../markets/markets';
import { omniumCartToSitoo } from './flow';
import { OmniumCartToSitoo } from './handle';

/** The flow's place in Nest. */
@Controller()
export class OmniumCartController {
  private readonly flow: OmniumCartToSitoo;

  constructor(@Inject(Markets) markets: Markets, @Inject(Bus) bus: Bus) {
    this.flow = new OmniumCartToSitoo(markets, bus.publisher);
  }

  @OnNotices(omniumCartToSitoo)
  handle(@Payload() work: WorkItem[], @Ctx() context: NoticeContext): Promise<Outcomes> {
    return this.flow.handle(work, context);
  }
}
