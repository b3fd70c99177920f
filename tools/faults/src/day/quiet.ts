import { pause } from '../proxy/fault-plan';
import { timeScale } from '../processes';
import type { TwinStack } from '../twin-stack';

/**
 * How long nothing has to happen, ms. The design says 30 s unscaled; at the scale of fault runs that would be 0.6 s, less than one call may take
 * on a busy machine. So it is what the longest pause of healthy work takes at that scale, the ten-minute rung of the delay topics, and the unscaled
 * rest of a circuit, whichever is longer, with three seconds for the work itself: whatever could still come by itself comes within it.
 */
const quietMs = Math.max(600_000 * timeScale, 10_000) + 3_000;
const restWithinMs = 300_000;

/** Waits until neither twin was called for so long; ms until the last call, or -1 when that took too long. */
export async function comeToRest(stack: TwinStack): Promise<number> {
  const started = performance.now();
  let [last, seen] = [started, ''];
  while (performance.now() - last < quietMs) {
    if (performance.now() - started > restWithinMs) return -1;
    await pause(250);
    const { pending, calls } = await counters(stack);
    const now = `${pending} ${calls}`;
    if (now !== seen || pending > 0) [last, seen] = [performance.now(), now];
  }
  return Math.round(last - started);
}

/** Writes at both platforms during one more quiet time. */
export async function writesInQuiet(stack: TwinStack): Promise<number> {
  const before = await counters(stack);
  await pause(quietMs);
  return (await counters(stack)).writes - before.writes;
}

/** The Sitoo twin counts calls that it answers; those that a fault or a limit met are counted there. */
async function counters(stack: TwinStack): Promise<{ pending: number; calls: number; writes: number }> {
  const [sitoo, omnium] = await Promise.all([stack.sitooState(), stack.omniumState()]);
  const of = (isCounted: (operation: string) => boolean) =>
    Object.entries(sitoo.calls).reduce((sum, [operation, count]) => sum + (isCounted(operation) ? count : 0), 0);
  const { readTotal, writeTotal } = omnium.calls;
  return {
    pending: sitoo.events.pending,
    calls: of(() => true) + sitoo.faultsServed + sitoo.limitHits + readTotal + writeTotal,
    writes: of((operation) => /^(add|update|delete)/i.test(operation)) + writeTotal,
  };
}
