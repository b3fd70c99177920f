import { startFlows } from '@connector/event-bus';
import type { Running } from '@connector/platform';
import type { INestApplication } from '@nestjs/common';
import type { Settings } from './config';
import { blocksEverybody } from './markets/blocks-everybody';
import { Markets } from './markets/markets';

/** Sets the flows to work; the answer winds everything down again. */
export async function startWork(app: INestApplication, { timeScale, sessionTimeoutMs }: Settings): Promise<Running> {
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
  return {
    stop: async () => {
      await flows.stop();
      await markets.close();
    },
  };
}
