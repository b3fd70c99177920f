import { syncTaskRequested } from '@connector/contracts';
import { defineFlow } from '@connector/event-bus';

/** The task of `sync.task.requested` that this flow does; others are somebody else's. */
export const webOrderReconciliationTask = 'web-order-reconciliation';

/** Somebody asked whether every change of a web order has arrived: read what changed in Omnium and announce it. */
export const webOrderReconciliation = defineFlow({
  group: 'order-sync.web-order-reconciliation',
  contract: syncTaskRequested,
  // A market asks with one key; what comes meanwhile collapses.
  batchSize: 10,
  concurrency: 1,
  // No window is begun after 20 s; one of a busy day is a few calls of a second each.
  deadlineMs: 45_000,
  // Sitoo is not asked.
  takesSlot: false,
  // The next request does the same work, so trying again early gains little.
  retry: { attempts: 4 },
});
