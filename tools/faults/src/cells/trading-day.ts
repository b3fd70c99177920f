import { generateTradingEvents } from '@connector/testing';
import type { Violation } from '../checker/violation';
import { fatesOf, happenedTo, receiptsOf } from '../day/fates';
import { judgeDay } from '../day/judge';
import { playDay } from '../day/play';
import { comeToRest, writesInQuiet } from '../day/quiet';
import { Weather } from '../day/weather';
import { Random } from '../random';
import { TwinStack } from '../twin-stack';
import type { StackCell } from './stack-cell';

const [events, quickEvents] = [20_000, 3_000];
/** Of a large retailer's busiest minute; slower where the machine does not keep up. */
const eventsPerSecond = 80;
/**
 * Ten times what is assumed of a real account, at the twin and in the configuration alike: an open order costs a call for each look at its deliveries,
 * and this cell is about what is right, not about how fast. The calls at a time stay as they are.
 */
const callsPerSecond = 20;
/** Of one call: a hanging platform is waited for ten times shorter than by default. */
const timeOut = '00:00:03';

/**
 * A trading day of every shape that receipts have, while both platforms have all their bad moments. Judged at its end by what the twins hold and
 * count, and by nothing that the connector says of itself but its list of parked work.
 */
export const tradingDay: StackCell = {
  name: 'trading-day',
  title:
    '20,000 events of every shape of receipt, repeated and shuffled, from late tills too, with 429 storms, 5xx, resets and time-outs after the write',
  stack: true,
  long: true,
  part: 'connector',
  targets: { faults: { min: 10 }, writesInQuiet: { max: 0 }, contractViolations: { max: 0 }, eventsDropped: { max: 0 } },
  async play({ run, seed, preload, quick }) {
    const day = generateTradingEvents({ seed, count: quick ? quickEvents : events });
    const configuration = { timeOut, properties: { RateLimitScope: 'key', RateLimitPerSecond: callsPerSecond } };
    const stack = await TwinStack.start(run, { preload, configuration });
    try {
      await stack.sitoo('PUT', '/settings', { ratePerSecond: callsPerSecond, randomSeed: seed });
      const started = performance.now();
      await playDay(stack, day, new Weather(stack, new Random(seed)), eventsPerSecond);
      const playedMs = Math.round(performance.now() - started);
      const restAfterMs = await comeToRest(stack);
      const writes = await writesInQuiet(stack);
      const end = {
        fates: fatesOf(day),
        happened: happenedTo(day),
        receipts: await stack.sitooOrders(),
        written: await stack.written(),
        parked: await stack.parked(),
      };
      const violations = [...judgeDay(end), ...late(restAfterMs), ...restless(writes)];
      const counted = await countsOf(stack);
      const receipts = receiptsOf(day);
      const of = (fate: string) => receipts.filter(({ expect }) => expect === fate).length;
      return {
        figures: {
          ...{
            events: day.length,
            receipts: receipts.length,
            orders: of('order'),
            returns: of('merged'),
            parked: of('parked'),
            skipped: of('skipped'),
          },
          ...counted,
          ...{ playedMs, restAfterMs, writesInQuiet: writes },
        },
        violations,
      };
    } finally {
      await stack.stop();
    }
  },
};

async function countsOf(stack: TwinStack): Promise<Record<string, number>> {
  const [sitoo, omnium] = await Promise.all([stack.sitooState(), stack.omniumState()]);
  const total = (counts: Record<string, number>) => Object.values(counts).reduce((sum, count) => sum + count, 0);
  return {
    eventsSent: sitoo.events.sent,
    eventsDropped: sitoo.events.dropped,
    faults: sitoo.faultsServed + total(omnium.faults.served),
    contractViolations: sitoo.violations + omnium.violations,
    limitHits: sitoo.limitHits + omnium.limitHitTotal,
    sitooCalls: total(sitoo.calls),
    omniumReads: omnium.calls.readTotal,
    omniumWrites: omnium.calls.writeTotal,
  };
}

function late(restAfterMs: number): Violation[] {
  return restAfterMs < 0 ? [{ invariant: 'I8', message: 'the platforms were still called five minutes after the last event' }] : [];
}

function restless(writes: number): Violation[] {
  return writes === 0 ? [] : [{ invariant: 'D5', message: `${writes} writes once all was quiet` }];
}
