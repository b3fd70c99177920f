import { pause } from '../pause';
import type { Sent } from './latencies';
import type { Platforms } from './platforms';
import type { Arrival } from './traffic';

/** Sells on a fixed schedule, whether or not the receipts before are through. A sale that the twin takes late is charged with the delay. */
export async function sellOnSchedule(arrivals: readonly Arrival[], perSecond: number, platforms: Platforms): Promise<Sent[]> {
  const sent: Sent[] = [];
  const under: Promise<unknown>[] = [];
  const [started, startedAt] = [performance.now(), Date.now()];
  for (const [index, arrival] of arrivals.entries()) {
    const dueMs = (index * 1_000) / perSecond;
    while (performance.now() - started < dueMs) await pause(1);
    sent.push({ ...arrival, dueAt: startedAt + dueMs });
    under.push(platforms.sell(arrival.receipt.order));
  }
  await Promise.all(under);
  return sent;
}
