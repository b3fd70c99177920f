import { omniumCartChanged } from '@connector/contracts';
import { defineFlow } from '@connector/event-bus';

/** A cart of Omnium changed: bring the parked order or booking of its store into agreement. */
export const omniumCartToSitoo = defineFlow({
  group: 'order-sync.omnium-cart',
  contract: omniumCartChanged,
  // Ten carts are at most 41 calls of Sitoo (one look-up for all, one more for each that is there, three to make one anew), 21 s at its
  // slowest pace of 2 a second.
  batchSize: 10,
  // Sitoo takes one call at a time, so a second batch would only wait beside the first.
  concurrency: 1,
  deadlineMs: 45_000,
  // 10 s, 10 s, 1 min, 1 min: longer than a read lags behind its event. Carts change often, and the next change tries again.
  retry: { attempts: 5 },
  // Most carts are no store's business and cost Sitoo no write.
  takesSlot: false,
});
