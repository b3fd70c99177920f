import { percentile } from './accounting.mjs';
import { seconds } from './phases.mjs';

/** How many receipts are in each place. */
export function countsOf(places) {
  const counts = { order: 0, merged: 0, parked: 0, skipped: 0, open: 0, wrong: 0 };
  for (const { state } of places) counts[state] += 1;
  return counts;
}

/** `p50 0.8 s, p99 2.1 s`. */
export function timing(durations) {
  if (durations.length === 0) return 'nothing yet';
  return `p50 ${seconds(percentile(durations, 0.5))}, p99 ${seconds(percentile(durations, 0.99))}`;
}

/** Calls used on both sides, 429 answers, and breaches of the contracts. */
export function callsOf({ sitoo, omnium }) {
  const { calls } = omnium;
  return [
    `Sitoo ${sitooCalls(sitoo)} calls (${sitoo.limitHits} too many)`,
    `Omnium ${calls.readTotal} reads, ${calls.writeTotal} writes (${omnium.limitHitTotal} too many)`,
    `violations ${sitoo.violations + omnium.violations}`,
  ].join(', ');
}

export function sitooCalls(sitoo) {
  return Object.values(sitoo.calls).reduce((sum, count) => sum + count, 0);
}
