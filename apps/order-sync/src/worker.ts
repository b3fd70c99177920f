import { Bus, startFlows } from '@connector/event-bus';
import type { Running } from '@connector/platform';
import type { INestApplication } from '@nestjs/common';
import type { Settings } from './config';
import { ReconciliationClock } from './flows/order-reconciliation/ask';
import { blocksEverybody } from './markets/blocks-everybody';
import { Markets } from './markets/markets';
import { SharedCheckpoints } from './shared-checkpoints';

/** Sets the flows to work; the answer winds everything down again. */
export async function startWork(app: INestApplication, { timeScale, sessionTimeoutMs, reconcileEveryMs }: Settings): Promise<Running> {
  const markets = app.get(Markets);
  // Not waited for: receipts that come before it is through wait for the same reading.
  void markets.warmUp();
  const flows = await startFlows(app, {
    timeScale,
    isOutage: blocksEverybody,
    severalMarkets: markets.size > 1,
    consumer: { sessionTimeoutMs },
    takeSlot: (market, signal) => markets.takeSlot(market, signal),
  });
  markets.onRecovery((market) => void flows.forwardDeferred(market));
  const clock = new ReconciliationClock(app.get(Bus).publisher, markets.places(), reconcileEveryMs);
  clock.start();
  return {
    stop: async () => {
      clock.stop();
      await app.get(SharedCheckpoints).close();
      await flows.stop();
      await markets.close();
    },
  };
}
