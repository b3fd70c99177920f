import { readOutcomes } from '@connector/event-bus';
import { round } from '../bench';
import { runTools, type RunFolder } from '../kafka/run-tools';
import { pause } from '../pause';
import { quantile } from '../stats';
import { boundOf, type Bound } from './bound';
import { latenciesOf, summary, type Latencies } from './latencies';
import { Platforms, type Counted } from './platforms';
import { sellOnSchedule } from './send';
import { generateTraffic, type Arrival } from './traffic';

/** Receipts a second: a large retailer's busiest hour. */
export const perSecond = 20;
const callsPerSecond = 2;
export const keys = 3;
/** Of a call over the internet, at both platforms, ms. Not published; a guess on the slow side. */
const latencyMs = 100;
/** After the last receipt, for those under way. */
const settleWithinMs = 60_000;

export interface CellOptions {
  scope: 'key' | 'account';
  seed: number;
  warmUpSeconds: number;
  measuredSeconds: number;
}

export interface CellResult {
  way: string;
  bound: Bound;
  latencies: Latencies;
  figures: Record<string, unknown>;
}

/** The whole connector against twins of this scope and rate, at twenty receipts a second. */
export async function measure(run: RunFolder, { scope, seed, warmUpSeconds, measuredSeconds }: CellOptions): Promise<CellResult> {
  const { startStack, Phases, configurationOf } = await runTools();
  const properties = { RateLimitScope: scope, RateLimitPerSecond: callsPerSecond, RateLimitConcurrency: 1 };
  const appEnv = { CONNECTOR_CONFIG_DIR: configurationOf(run, { properties }) };
  const stack = await startStack({ run, phases: new Phases(() => undefined), prepared: true, appEnv });
  try {
    const platforms = new Platforms(stack.twins);
    await platforms.set({ concurrencyScope: scope, maxInFlight: 1, ratePerSecond: callsPerSecond, latencyMs }, { latencyMs });
    const all = generateTraffic({ seed, count: (warmUpSeconds + measuredSeconds) * perSecond, firstOrderId: 20_001 });
    const [warmUp, measured] = [all.slice(0, warmUpSeconds * perSecond), all.slice(warmUpSeconds * perSecond)];
    await sellOnSchedule(warmUp, perSecond, platforms);
    const [before, since] = [await platforms.counted(), Date.now()];
    const sent = await sellOnSchedule(measured, perSecond, platforms);
    const after = await platforms.counted();
    await settled(platforms, all);
    const latencies = latenciesOf(sent, await platforms.written());
    const outcomes = await outcomesSince(since, stack.infra.kafkaBrokers);
    const bound = boundOf({ perSecond, callsPerSecond: scope === 'key' ? keys * callsPerSecond : callsPerSecond });
    return { way: stack.infra.way, bound, latencies, figures: figuresOf(measured, latencies, { before, after }, outcomes) };
  } finally {
    await stack.stop();
  }
}

/** Waits until every receipt that becomes an order is one, and the returns of the last ones have had their time. */
async function settled(platforms: Platforms, all: readonly Arrival[]): Promise<void> {
  const until = Date.now() + settleWithinMs;
  const wanted = all.filter(({ kind }) => kind !== 'return').length;
  while ((await platforms.orders()) < wanted && Date.now() < until) await pause(200);
  for (let writes = -1; Date.now() < until;) {
    const { batchSizes } = await platforms.counted();
    if (batchSizes.length === writes) return;
    writes = batchSizes.length;
    await pause(10_000);
  }
}

/** How work on receipts ended, by name: whatever is no `done` or `redirect` took a detour. */
async function outcomesSince(since: number, brokers: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { group, outcome, reason } of await readOutcomes({ brokers: brokers.split(','), since })) {
    if (group !== 'order-sync.sitoo-order') continue;
    const name = reason ? `${outcome} ${reason.code}` : outcome;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

function figuresOf(
  measured: readonly Arrival[],
  { of, missing }: Latencies,
  { before, after }: { before: Counted; after: Counted },
  outcomes: Record<string, number>,
): Record<string, unknown> {
  const calls = Object.fromEntries(
    Object.entries(after.sitooCalls).map(([operation, count]) => [operation, count - (before.sitooCalls[operation] ?? 0)]),
  );
  const total = Object.values(calls).reduce((sum, count) => sum + count, 0);
  const sizes = after.batchSizes.slice(before.batchSizes.length);
  return {
    receipts: measured.length,
    missing,
    all: summary(Object.values(of).flat()),
    sale: summary(of.sale),
    return: summary(of.return),
    open: summary(of.open),
    sitooCalls: calls,
    sitooCallsPerReceipt: round(total / measured.length),
    omniumBatches: sizes.length,
    ordersPerBatch: { median: quantile(sizes, 0.5), p99: quantile(sizes, 0.99), max: Math.max(0, ...sizes) },
    limitHits: after.limitHits - before.limitHits,
    outcomes,
  };
}
