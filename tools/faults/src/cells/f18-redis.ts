import { Redis } from 'ioredis';
import type { Backlog, Span } from '../limiter/judge';
import { LimiterScene, type PodPlan } from '../limiter/scene';
import { pause } from '../proxy/fault-plan';
import { Random } from '../random';
import type { StackCell } from './stack-cell';

const ratePerSecond = 10;
const keys = [0, 1, 2];
const outageMs = 3_500;
/** A second until the next look at Redis, two in which an empty limiter hears who has calls in flight, one for the buckets to fill. */
const backWithinMs = 4_000;
const measuredMs = 1_500;
/** The rate is even, but what it is measured in is short: 45 calls. */
const leastUse = 0.9;
/** Shorter than any outage: there is a local share. Longer than the two seconds in which an empty limiter gives nothing. */
const throughEveryMs = 3_000;
/** A sale a second and pod is half of what one process may do on its own, so its sales queue for no longer than it takes to come back. */
const saleWithinMs = 5_000;
const pod: PodPlan = {
  callers: [
    { class: 'price', count: 4, takesMs: 5 },
    { class: 'sale', everyMs: 1_000, takesMs: 5 },
  ],
};

interface Fault {
  name: string;
  begin(scene: LimiterScene): Promise<unknown> | void;
  end(scene: LimiterScene): Promise<unknown> | void;
}

const faults: readonly Fault[] = [
  { name: 'killed, back empty', begin: ({ redis }) => redis.kill(), end: ({ redis }) => redis.restart() },
  { name: 'frozen', begin: ({ redis }) => redis.pause(), end: ({ redis }) => redis.resume() },
  { name: 'half a second slow', begin: ({ link }) => void (link.delayMs = 500), end: ({ link }) => void (link.delayMs = 0) },
  {
    name: 'a read-only replica',
    begin: ({ redis }) => command(redis.url, 'REPLICAOF', '127.0.0.1', '1'),
    end: ({ redis }) => command(redis.url, 'REPLICAOF', 'NO', 'ONE'),
  },
  { name: 'without its scripts', begin: ({ redis }) => command(redis.url, 'SCRIPT', 'FLUSH'), end: () => undefined },
];

async function command(url: string, name: string, ...args: string[]): Promise<void> {
  const redis = new Redis(url);
  await redis.call(name, ...args);
  redis.disconnect();
}

/** The limiter's Redis fails in five ways, one after the other in an order of the seed. */
export const limiterLosesRedis: StackCell = {
  name: 'F18',
  title: 'Redis killed and back empty, frozen, half a second slow, a read-only replica, without its scripts, under three processes',
  stack: true,
  part: 'limiter',
  // Four of the five take the limiter away from each of three processes.
  targets: { degradations: { min: 12 }, callsInOutages: { min: 4 }, leastUseAfter: { min: leastUse } },
  async play({ run, seed, preload }) {
    const scene = await LimiterScene.start({
      // Processes that cannot see each other may meet on a key; there only the rate counts.
      ...{ run, cell: 'F18', seed, preload, keys: keys.length, ratePerSecond, burst: 5, inFlight: 4, serverInFlight: Infinity },
      pods: [pod, pod, pod],
    });
    try {
      await scene.inUse();
      const from = performance.now();
      const [failovers, outages, backlogs]: [Span[], Span[], Backlog[]] = [[], [], []];
      for (const fault of shuffled(faults, new Random(seed))) {
        const begun = performance.now();
        await fault.begin(scene);
        await pause(outageMs);
        outages.push({ from: begun, to: performance.now() });
        await fault.end(scene);
        const back = performance.now() + backWithinMs;
        failovers.push({ from: begun, to: back });
        backlogs.push({ what: `after Redis was ${fault.name}`, from: back, to: back + measuredMs, keys, least: leastUse, invariant: 'I8' });
        await pause(backWithinMs + measuredMs);
      }
      const progress = { from, to: performance.now(), everyMs: throughEveryMs };
      const waits = { class: 'sale' as const, share: 1, withinMs: saleWithinMs };
      const { figures, violations, waits: all } = await scene.finish({ failovers, backlogs, progress, waits });
      const through = (span: Span) =>
        scene.server.arrivals.filter(({ at, status }) => status === 'ok' && at >= span.from && at < span.to).length;
      const sales = all.filter((wait) => wait.class === 'sale').map(({ waitedMs }) => waitedMs);
      const own = {
        faults: faults.length,
        callsInOutages: Math.min(...outages.map(through)),
        leastUseAfter: Math.min(...backlogs.map((span) => scene.use(span, keys))),
        sales: sales.length,
        saleMaxMs: Math.round(Math.max(...sales)),
      };
      return { figures: { ...figures, ...own }, violations };
    } finally {
      await scene.close();
    }
  },
};

function shuffled<T>(from: readonly T[], random: Random): T[] {
  const left = [...from];
  return from.flatMap(() => left.splice(random.between(0, left.length - 1), 1));
}
