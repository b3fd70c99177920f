import { syncTaskRequested } from '@connector/contracts';
import { defineFlow } from '@connector/event-bus';

/** The task of `sync.task.requested` that this flow does; others are somebody else's. */
export const reconciliationTask = 'order-reconciliation';

/** Scope of a request: read the last days again as well, once a night. */
export const sweepScope = 'sweep';

/** Somebody asked whether every receipt has arrived: walk through what is new and announce what Omnium lacks. */
export const orderReconciliation = defineFlow({
  group: 'order-sync.reconciliation',
  contract: syncTaskRequested,
  // A market asks with one key; what comes meanwhile collapses.
  batchSize: 10,
  concurrency: 1,
  // A slice of work stops taking pages after 20 s; the last one may wait for the limiter behind sales.
  deadlineMs: 45_000,
  // The app's slot is a sale's; the reads here wait behind sales.
  takesSlot: false,
  // The next request does the same work, so trying again early gains little.
  retry: { attempts: 4 },
});
