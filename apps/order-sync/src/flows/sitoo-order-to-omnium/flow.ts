import { sitooOrderChanged } from '@connector/contracts';
import { defineFlow } from '@connector/event-bus';

/** A sale, booking or delivery changed at a till: bring Omnium's order into agreement. */
export const sitooOrderToOmnium = defineFlow({
  group: 'order-sync.sitoo-order',
  contract: sitooOrderChanged,
  // Omnium advises 250 to 500 orders a batch (api-guide 5); Sitoo and Omnium are read a hundred ids at a time, three calls each.
  batchSize: 250,
  // Sitoo takes one call at a time, so a second batch would only wait beside the first; what arrives meanwhile makes the next one fuller.
  concurrency: 1,
  // Three reads of Sitoo at its slowest pace, three of Omnium, one write.
  deadlineMs: 45_000,
  // An order can be announced before it can be read, for ten minutes at most (events-spi 9): tried again after 10 s, 10 s, 1, 1, 1 and 10 min, then parked.
  retry: { attempts: 7 },
});
