import type { SitooOrder } from '@connector/contracts';
import type { TradingEvent } from '@connector/testing';
import { pause } from '../proxy/fault-plan';
import type { TwinStack } from '../twin-stack';
import type { Weather } from './weather';

/** Events of a part: a platform gets into trouble with each, and tills go on meanwhile. */
const partSize = 200;

/** Plays the events at the twin's tills, part by part, `perSecond` at most; the slower of tills and clock sets the pace. */
export async function playDay(stack: TwinStack, events: readonly TradingEvent[], weather: Weather, perSecond: number): Promise<void> {
  const tills = new Tills(stack);
  const started = performance.now();
  for (let from = 0; from < events.length; from += partSize) {
    await weather.turn();
    await weather.strike();
    for (const event of events.slice(from, from + partSize)) await tills.take(event);
    await tills.upload();
    await pause(started + ((from + partSize) * 1_000) / perSecond - performance.now());
  }
  await weather.clear();
}

/** Receipts travel together until staff do something else. */
class Tills {
  private readonly waiting: SitooOrder[] = [];
  private readonly lastDelivery = new Map<number, number>();

  constructor(private readonly stack: TwinStack) {}

  async take(event: TradingEvent): Promise<void> {
    if (event.type === 'receipt') return void this.waiting.push(event.receipt.order);
    await this.upload();
    const { type, orderId: orderid } = event;
    switch (type) {
      case 'deliver':
        return this.deliver(orderid, event);
      case 'moveDelivery':
        return void (await this.stack.till(type, { orderid, orderdeliveryid: this.lastDelivery.get(orderid), state: event.state }));
      default:
        return void (await this.stack.till(type, { orderid }));
    }
  }

  async upload(): Promise<void> {
    if (this.waiting.length > 0) await this.stack.sell(this.waiting.splice(0));
  }

  private async deliver(orderid: number, { rows, state }: Extract<TradingEvent, { type: 'deliver' }>): Promise<void> {
    const delivered = await this.stack.till<{ orderdeliveryid: number }>('deliver', { orderid, orderdeliveryitems: rows, state });
    this.lastDelivery.set(orderid, delivered.orderdeliveryid);
  }
}
