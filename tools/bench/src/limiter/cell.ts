import { CallClass } from '@connector/platform';
import { SitooLimits } from '@connector/rate-limiter';
import { ServerLimits, StrictServer } from '@connector/testing';
import { jain, quantile } from '../stats';
import { round } from '../bench';
import { ContenderName, ContenderSetup } from './contender';
import { Worker } from './fleet';

/** One limiter against one strict server of its own, with worker processes on it. */
export interface CellPlan {
  readonly redisUrl: string;
  readonly name: string;
  readonly keys: number;
  readonly server: ServerLimits;
  readonly settings?: Partial<SitooLimits>;
  readonly greedy: { readonly processes: number; readonly callers: number; readonly class: CallClass; readonly takesMs: number };
  /** One more process that makes urgent calls now and then. */
  readonly sales?: { readonly everyMs: number; readonly takesMs: number; readonly seed: number };
  /** Before measuring: start-up and settling. */
  readonly warmUpMs: number;
  readonly measureMs: number;
}

export interface CellFigures {
  /** Accepted calls as a share of what the server would have taken. */
  readonly use: number;
  readonly throttled: number;
  /** … while starting, before the measurement. */
  readonly throttledBefore: number;
  readonly crowded: number;
  readonly mostInFlight: number;
  readonly jain: number;
  readonly commandsPerCall: number;
  /** Time the processes spent on their local share, s: not zero when the machine was too busy to answer. */
  readonly degradedS: number;
  readonly saleP50Ms: number;
  readonly saleP99Ms: number;
  readonly saleMaxMs: number;
  readonly sales: number;
}

/** The processes of one contender: greedy ones, and a seller. They live through all cells. */
export interface Team {
  readonly greedy: readonly Worker[];
  readonly seller: Worker;
}

export async function startTeam(who: ContenderName, processes: number): Promise<Team> {
  const [seller, ...greedy] = await Promise.all(Array.from({ length: processes + 1 }, () => Worker.start({ job: 'calling', who })));
  if (!seller) throw new Error('no seller');
  return { greedy, seller };
}

export async function stopTeam({ greedy, seller }: Team): Promise<void> {
  await Promise.all([...greedy, seller].map((worker) => worker.stop()));
}

export async function runCell(plan: CellPlan, team: Team): Promise<CellFigures> {
  const server = new StrictServer(plan.server);
  const port = await server.start();
  const workers = team.greedy.slice(0, plan.greedy.processes);
  const shared = { name: plan.name, setup: setup(plan), port };
  workers.forEach((worker, index) => worker.begin({ ...shared, ...plan.greedy, worker: index, everyMs: 0, seed: 0 }));
  if (plan.sales) team.seller.begin({ ...shared, ...plan.sales, worker: 99, callers: 1, class: 'sale' });
  await pause(plan.warmUpMs);
  const from = performance.now();
  await pause(plan.measureMs);
  const to = performance.now();
  const [sold, ...reports] = await Promise.all([team.seller, ...workers].map((worker) => worker.end(plan.name)));
  await server.stop();
  return figures(
    plan,
    server,
    { from, to },
    reports.map((report) => report.figures),
    sold?.waitsMs ?? [],
  );
}

function setup({ redisUrl, name, keys, server, settings }: CellPlan): ContenderSetup {
  return { redisUrl, name, keys, scope: server.scope, ratePerSecond: server.ratePerSecond, burst: server.burst, settings };
}

function figures(
  plan: CellPlan,
  server: StrictServer,
  { from, to }: { from: number; to: number },
  own: readonly Record<string, number>[],
  waits: readonly number[],
): CellFigures {
  const seen = server.arrivals.filter(({ at }) => at >= from && at < to);
  const count = (status: string): number => seen.filter((arrival) => arrival.status === status).length;
  const capacity = plan.server.ratePerSecond * (plan.server.scope === 'key' ? plan.keys : 1) * ((to - from) / 1000);
  const shares = Array.from(
    { length: plan.greedy.processes },
    (_, worker) => seen.filter((arrival) => arrival.status === 'ok' && arrival.worker === worker).length,
  );
  const sum = (name: string): number => own.reduce((total, each) => total + (each[name] ?? 0), 0);
  const settled = waits.slice(Math.ceil(waits.length * 0.1)); // the first ones fall into the start
  return {
    use: round(count('ok') / capacity),
    throttled: count('throttled'),
    throttledBefore: server.arrivals.filter(({ at, status }) => at < from && status === 'throttled').length,
    crowded: count('crowded'),
    mostInFlight: server.mostInFlight,
    jain: round(jain(shares)),
    commandsPerCall: round(sum('commands') / sum('passes'), 2),
    degradedS: round(sum('degradedMs') / 1000, 1),
    saleP50Ms: round(quantile(settled, 0.5), 1),
    saleP99Ms: round(quantile(settled, 0.99), 1),
    saleMaxMs: round(Math.max(...settled), 1),
    sales: settled.length,
  };
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
