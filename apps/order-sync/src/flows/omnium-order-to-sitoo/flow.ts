import { omniumOrderChanged } from '@connector/contracts';
import { defineFlow } from '@connector/event-bus';

/** An order of Omnium changed, or its workflow reached a step for us: bring the Sitoo orders of the stores into agreement. */
export const omniumOrderToSitoo = defineFlow({
  group: 'order-sync.omnium-order',
  contract: omniumOrderChanged,
  // An order is looked up under 31 external ids and its cart's, a hundred a call, and written one by one: ten orders are at most 54 calls of
  // Sitoo, 27 s at its slowest pace of 2 a second, when all of them are prepared for returns; 24 calls when all are new.
  batchSize: 10,
  // Sitoo takes one call at a time, so a second batch would only wait beside the first.
  concurrency: 1,
  deadlineMs: 45_000,
  // 10 s, 10 s, 1, 1, 1 and 10 min: longer than an order stays queued in Omnium (seconds, api-guide 7.2) or two writers collide.
  retry: { attempts: 7 },
  // Most orders of Omnium are no store's business and cost Sitoo no call.
  takesSlot: false,
});
