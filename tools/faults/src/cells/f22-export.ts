import { quantile } from '../limiter/judge';
import { LimiterScene, type PodPlan } from '../limiter/scene';
import { pause } from '../proxy/fault-plan';
import type { StackCell } from './stack-cell';

const ratePerSecond = 20;
const slotMs = 1_000 / ratePerSecond;
const callMs = 30;
/** What a measured wait has on top: turns of an event loop and Redis round trips, with four busy processes on two cores. */
const measuringMs = 50;
const saleWithinMs = 2 * slotMs + callMs + measuringMs;
const measuredMs = 25_000;
/** Fifty callers each: first come, first served would cost a sale five seconds. */
const exporter: PodPlan = { callers: [{ class: 'catalogue', count: 50, takesMs: callMs }] };
const seller: PodPlan = { callers: [{ class: 'sale', everyMs: 250, takesMs: 5 }] };

/** Two processes export as fast as they may, with a long queue, while sales come now and then. */
export const exportBesideSales: StackCell = {
  name: 'F22',
  title: 'An export with a hundred waiting calls beside four sales a second, on one key of 20 calls a second',
  stack: true,
  part: 'limiter',
  targets: { use: { min: 0.95 }, saleP99Ms: { max: saleWithinMs }, sales: { min: 60 }, exported: { min: 300 } },
  async play({ run, seed, preload }) {
    const scene = await LimiterScene.start({
      ...{ run, cell: 'F22', seed, preload, keys: 1, ratePerSecond, burst: 5, inFlight: 1 },
      pods: [exporter, exporter, seller],
    });
    try {
      await scene.inUse();
      // A limiter that begins gives no reserve; a second later it is as it always is.
      await pause(1_000);
      scene.countWaits();
      const from = performance.now();
      await pause(measuredMs);
      const span = { from, to: performance.now() };
      const backlogs = [{ ...span, what: 'sales and export together', keys: [0], least: 0.95, invariant: 'I7' as const }];
      const waits = { class: 'sale' as const, share: 0.99, withinMs: saleWithinMs };
      const { figures, violations, waits: all } = await scene.finish({ backlogs, waits });
      const sales = all.filter((wait) => wait.class === 'sale').map(({ waitedMs }) => waitedMs);
      const exported = scene.server.arrivals.filter(({ at, worker, status }) => at >= from && worker < 2 && status === 'ok').length;
      const [saleP50Ms, saleP99Ms] = [0.5, 0.99].map((share) => Math.round(quantile(sales, share)));
      const own = { sales: sales.length, exported, saleP50Ms: saleP50Ms ?? -1, saleP99Ms: saleP99Ms ?? -1, use: scene.use(span, [0]) };
      return { figures: { ...figures, ...own }, violations };
    } finally {
      await scene.close();
    }
  },
};
