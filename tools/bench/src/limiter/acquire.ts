import { Redis } from 'ioredis';
import { atLeast, BenchOptions, BenchResult, round } from '../bench';
import { median, quantile } from '../stats';
import { versions } from '../versions';
import { contenderNames, ContenderSetup } from './contender';
import { Worker } from './fleet';

const sides = ['ping', ...contenderNames] as const;
type Side = (typeof sides)[number];

interface Row {
  readonly perSecond: number;
  readonly p99Ms: number;
  readonly redisCpuMsPer1000: number;
  readonly cpuMsPer1000: number;
}

/**
 * What a side does for one permission. A lease is taken and given back, which are two requests to the limiter as a PING is one to Redis;
 * rate-limiter-flexible only takes, and knows nothing of calls in flight.
 */
const requestsPerPermission: Readonly<Record<Side, number>> = { ping: 1, ours: 2, 'rate-limiter-flexible': 1, bottleneck: 2 };

/** Cost of a permission, against the same Redis, in one run, side after side, round after round. `perSecond` counts permissions. */
export async function run(options: BenchOptions): Promise<BenchResult> {
  const { quick, redisUrl, seed } = options;
  const [rounds, ms] = quick ? [5, 600] : [9, 2000];
  const redis = new Redis(redisUrl);
  const fleet = await startFleet(redisUrl, seed, 4);
  const rows = new Map<string, Row[]>();
  for (let turn = -1; turn < rounds; turn++) {
    for (const side of sides) {
      for (const [processes, concurrent] of [
        [1, 64],
        [1, 1],
        [4, 16],
      ] as const) {
        const row = await measure(redis, (fleet.get(side) ?? []).slice(0, processes), ms, concurrent);
        const name = `${side}, ${processes} x ${concurrent}`;
        if (turn >= 0) rows.set(name, [...(rows.get(name) ?? []), row]); // the first round warms up
      }
    }
    options.say(`round ${turn + 1} of ${rounds}`);
  }
  redis.disconnect();
  await Promise.all([...fleet.values()].flat().map((worker) => worker.stop()));
  return result(options, rows);
}

async function startFleet(redisUrl: string, seed: number, processes: number): Promise<Map<Side, Worker[]>> {
  const setup: ContenderSetup = {
    redisUrl,
    name: `acquire-${seed}-${Date.now()}`,
    keys: 1,
    scope: 'account',
    ratePerSecond: 1e6,
    burst: 1e6,
    settings: { inFlight: 10_000, settleMs: 0 },
  };
  const fleet = new Map<Side, Worker[]>();
  for (const who of sides) {
    const workers: Worker[] = [];
    for (let i = 0; i < processes; i++) workers.push(await Worker.start({ job: 'acquire', who, setup }));
    fleet.set(who, workers);
  }
  return fleet;
}

async function redisCpuMs(redis: Redis): Promise<number> {
  const info = await redis.info('cpu');
  const [sys, user] = ['used_cpu_sys', 'used_cpu_user'].map((name) => Number(new RegExp(`${name}:([\\d.]+)`).exec(info)?.[1]));
  return ((sys ?? 0) + (user ?? 0)) * 1000;
}

async function measure(redis: Redis, workers: readonly Worker[], ms: number, concurrent: number): Promise<Row> {
  const before = await redisCpuMs(redis);
  const reports = await Promise.all(workers.map((worker) => worker.round(ms, concurrent)));
  const perSecond = reports.reduce((sum, report) => sum + report.perSecond, 0);
  const redisMs = (await redisCpuMs(redis)) - before;
  return {
    perSecond,
    p99Ms: Math.max(...reports.map(({ p99Ms }) => p99Ms)),
    redisCpuMsPer1000: redisMs / ((perSecond * ms) / 1e6),
    cpuMsPer1000: median(reports.map(({ cpuMsPer1000 }) => cpuMsPer1000)),
  };
}

async function result({ redisUrl, seed }: BenchOptions, rows: ReadonlyMap<string, Row[]>): Promise<BenchResult> {
  const ratio = (side: Side, load = '1 x 64'): number => {
    const theirs = rows.get(`${side}, ${load}`) ?? [];
    const each = requestsPerPermission.ours / requestsPerPermission[side];
    return median((rows.get(`ours, ${load}`) ?? []).map(({ perSecond }, turn) => (each * perSecond) / (theirs[turn]?.perSecond ?? Number.NaN)));
  };
  const targets = [
    atLeast('acquires and releases a second, 64 concurrent, against PING', ratio('ping'), 0.7),
    atLeast('… against consume of rate-limiter-flexible', ratio('rate-limiter-flexible'), 1),
    atLeast('… against bottleneck in cluster mode, its begin and end counted alike', ratio('bottleneck'), 30),
  ];
  const figures = Object.fromEntries([...rows].map(([name, list]) => [name, summary(list)]));
  const used = await versions(redisUrl, ['ioredis', 'rate-limiter-flexible', 'bottleneck']);
  return { name: 'limiter', ok: targets.every(({ ok }) => ok), figures, targets, seed, versions: used };
}

function summary(rows: readonly Row[]): Record<string, number> {
  const speeds = rows.map(({ perSecond }) => perSecond);
  return {
    perSecond: Math.round(median(speeds)),
    min: Math.round(Math.min(...speeds)),
    max: Math.round(Math.max(...speeds)),
    p99Ms: round(
      quantile(
        rows.map(({ p99Ms }) => p99Ms),
        0.5,
      ),
      2,
    ),
    redisCpuMsPer1000: round(median(rows.map(({ redisCpuMsPer1000 }) => redisCpuMsPer1000)), 2),
    cpuMsPer1000: round(median(rows.map(({ cpuMsPer1000 }) => cpuMsPer1000)), 2),
  };
}
