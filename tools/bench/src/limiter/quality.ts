import { atLeast, atMost, BenchOptions, BenchResult, Target } from '../bench';
import { versions } from '../versions';
import { findScope } from './auto';
import { CellFigures, CellPlan, runCell, startTeam, stopTeam, Team } from './cell';
import { ContenderName, contenderNames } from './contender';

const ratePerSecond = 20;
const slotMs = 1000 / ratePerSecond;
const shortCallMs = 5;
/** An event loop's turn, a Redis round trip and the clock of the timers: what a measured wait has on top. */
const measuringMs = 15;

interface Figures {
  readonly cells: Record<string, CellFigures>;
  readonly targets: Target[];
}

/**
 * How well the limiters spend somebody else's budget: four greedy processes against a strict server of 20 calls per second; a sale
 * now and then beside an export; and scope `auto` finding out. The contenders meet the same machine: they run at the same time, each on
 * a server of its own, or one after the other where one's bursts would disturb the clock of another.
 */
export async function run(options: BenchOptions): Promise<BenchResult> {
  const { redisUrl, seed, say } = options;
  const stamp = `${seed}-${Date.now()}`;
  const auto = findScope(redisUrl, `auto-${stamp}`); // slow calls, few of them: runs beside the cells
  const teams: Teams = new Map();
  for (const who of contenderNames) teams.set(who, await startTeam(who, 4));
  const greedy = await greedyCells(options, stamp, teams);
  const sales = await saleCells(options, stamp, teams);
  await Promise.all([...teams.values()].map(stopTeam));
  say('waiting for scope auto');
  const scope = await auto;
  const targets = [
    ...greedy.targets,
    ...sales.targets,
    atMost('auto: seconds to three keys', scope.toKeyS, 120),
    atMost('auto: seconds to one call at a time', scope.toAccountS, 120),
    atMost('auto: seconds back to three keys', scope.backToKeyS, 120),
  ];
  const figures = { greedy: greedy.cells, sales: sales.cells, auto: scope };
  const used = await versions(redisUrl, ['ioredis', 'rate-limiter-flexible', 'bottleneck']);
  return { name: 'limiter-quality', ok: targets.every(({ ok }) => ok), figures, targets, seed, versions: used };
}

type Teams = Map<ContenderName, Team>;

/** One cell for every contender, by name. */
async function each(
  plan: Omit<CellPlan, 'name'>,
  name: string,
  stamp: string,
  teams: Teams,
  whom: readonly ContenderName[],
  together: boolean,
): Promise<Record<string, CellFigures>> {
  const found: Record<string, CellFigures> = {};
  const one = async (who: ContenderName): Promise<void> => {
    const team = teams.get(who);
    if (team) found[`${who}, ${name}`] = await runCell({ ...plan, name: `${name}, ${who}, ${stamp}` }, team);
  };
  if (together) await Promise.all(whom.map(one));
  else for (const who of whom) await one(who);
  return found;
}

async function greedyCells({ redisUrl, quick, say }: BenchOptions, stamp: string, teams: Teams): Promise<Figures> {
  const found: Figures = { cells: {}, targets: [] };
  for (const scope of ['key', 'account'] as const) {
    for (const burst of [20, 5, 1]) {
      const name = `${scope}, burst ${burst}`;
      const plan = {
        redisUrl,
        keys: 3,
        server: { ratePerSecond, burst, scope, inFlight: Infinity },
        // Only the rate counts here, for all contenders; a bucket without slack needs one call after the other.
        settings: { inFlight: burst === 1 ? 1 : 4 },
        greedy: { processes: 4, callers: 4, class: 'price' as const, takesMs: shortCallMs },
        warmUpMs: 3500,
        measureMs: quick ? 6000 : 30_000,
      };
      Object.assign(found.cells, await each(plan, name, stamp, teams, contenderNames, burst > 1));
      found.targets.push(...greedyTargets(name, burst, found.cells[`ours, ${name}`]));
      say(name);
    }
  }
  return found;
}

function greedyTargets(name: string, burst: number, ours: CellFigures | undefined): Target[] {
  return [
    atLeast(`${name}: use`, ours?.use ?? 0, burst === 1 ? 0.85 : 0.98),
    atMost(`${name}: 429s`, ours?.throttled ?? Infinity, 0),
    atLeast(`${name}: Jain`, ours?.jain ?? 0, 0.99),
  ];
}

/** An export that takes all it can get, and a sale every half second. */
async function saleCells({ redisUrl, quick, seed, say }: BenchOptions, stamp: string, teams: Teams): Promise<Figures> {
  const found: Figures = { cells: {}, targets: [] };
  const shapes = [
    { name: 'one lane, burst 5', keys: 1, burst: 5, callMs: 30, promised: true },
    { name: 'one lane, burst 1', keys: 1, burst: 1, callMs: 30, promised: true },
    { name: 'three keys, 10 s calls', keys: 3, burst: 5, callMs: 10_000, promised: true },
    { name: 'one lane, 10 s calls', keys: 1, burst: 5, callMs: 10_000, promised: false },
  ];
  await Promise.all(
    shapes.map(async ({ name, keys, burst, callMs, promised }) => {
      const whom = callMs > 1000 ? (['ours'] as const) : contenderNames; // the others know nothing of calls in flight
      const plan = {
        redisUrl,
        keys,
        server: { ratePerSecond, burst, scope: 'key' as const, inFlight: Infinity },
        greedy: { processes: 3, callers: 4, class: 'catalogue' as const, takesMs: callMs },
        sales: { everyMs: 250, takesMs: shortCallMs, seed },
        warmUpMs: 3500,
        measureMs: (quick ? 15_000 : 60_000) * (callMs > 1000 ? 3 : 1),
      };
      Object.assign(found.cells, await each(plan, name, stamp, teams, whom, false));
      // A sale's wait: two slots plus the shortest call in flight; the seller's own previous call may be that one.
      const bound = 2 * slotMs * (burst === 1 ? 1.06 : 1) + Math.min(callMs, keys > 1 ? shortCallMs : callMs) + measuringMs;
      if (promised)
        found.targets.push(atMost(`sale beside an export (${name}): p99 ms`, found.cells[`ours, ${name}`]?.saleP99Ms ?? Infinity, bound));
      say(name);
    }),
  );
  return found;
}
