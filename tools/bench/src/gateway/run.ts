import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { round as rounded, type BenchResult } from '../bench';
import { pairedRatio, Rounds } from '../figures';
import type { KafkaBenchOptions } from '../kafka/kafka-bench';
import { Payloads } from '../load/payloads';
import { machine, versionsWithKafka } from '../machine';
import { Subject } from '../process/subject';
import { startGateways, type Gateway } from './contenders';
import { Sender, type ClosedRow, type OpenRow } from './measure';
import { gatewayTargets } from './targets';
import { judge, readEvents, type Verdict } from './verify';

const connections = 200;
/** After so many requests V8 has compiled what it will. */
const compilerRequests = 15_000;
const rates = [100, 1_000] as const;
/** Whose latency is looked at. */
const inOpenLoop: readonly string[] = ['ours', 'send-each', 'linger'];

/** How long each part takes, ms. */
interface Plan {
  rounds: number;
  firstWarmUpMs: number;
  warmUpMs: number;
  closedMs: number;
  openMs: number;
}

/** B1 and B2: what a webhook costs the gateway, how many it takes, and how long a sender waits. */
export async function run(options: KafkaBenchOptions): Promise<BenchResult> {
  const plan: Plan = options.quick
    ? { rounds: 3, firstWarmUpMs: 5_000, warmUpMs: 1_000, closedMs: 3_000, openMs: 3_000 }
    : { rounds: 5, firstWarmUpMs: 15_000, warmUpMs: 1_500, closedMs: 6_000, openMs: 10_000 };
  const before = machine();
  const tag = randomBytes(9).toString('hex');
  const generator = await Subject.start({ run: options.run, name: 'load-generator', main: join(__dirname, '../load/generator.js') });
  await generator.ready();
  const gateways = await startGateways(options);
  const senders = gateways.map((gateway) => new Sender(gateway, generator, { tag, seed: options.seed }));
  const closed = await closedLoop(options, plan, senders);
  const open = await openLoop(options, plan, senders);
  for (const { subject } of gateways) await subject.kill();
  const verified = await verify(options, tag, senders);
  const targets = gatewayTargets(closed, open, verified.get('ours')!);
  const { loadAfter, ...machineBefore } = before;
  return {
    name: 'gateway',
    ok: targets.every(({ ok }) => ok),
    figures: {
      closedLoop: closed.table(closedColumns),
      requestsPerSecondAgainst: against(closed),
      openLoop: open.table(openColumns),
      verified: Object.fromEntries(verified),
      machine: { ...machineBefore, loadAfter: loadAfter() },
      plan: { ...plan, connections },
    },
    targets,
    seed: options.seed,
    versions: await versionsWithKafka(options.way, ['kafkajs', 'fastify', '@nestjs/core', '@nestjs/platform-express', 'autocannon']),
  };
}

/** How many times the requests per second of each of the others. */
function against(closed: Rounds<ClosedRow>): Record<string, number> {
  const rate = ({ requestsPerSecond }: ClosedRow): number => requestsPerSecond;
  const others = closed.names.filter((name) => name !== 'ours');
  return Object.fromEntries(others.map((name) => [name, rounded(pairedRatio(closed.of('ours', rate), closed.of(name, rate)), 2)]));
}

const closedColumns = {
  cpuSecondsPer1000: { value: (row: ClosedRow) => row.cpuSecondsPer1000, digits: 4 },
  requestsPerSecond: { value: (row: ClosedRow) => row.requestsPerSecond, digits: 0 },
  recordsPerBatch: { value: (row: ClosedRow) => row.recordsPerBatch },
  p50Ms: { value: (row: ClosedRow) => row.p50Ms },
  p99Ms: { value: (row: ClosedRow) => row.p99Ms },
  refused: { value: (row: ClosedRow) => row.refused },
};

const openColumns = {
  p50Ms: { value: (row: OpenRow) => row.p50Ms },
  p99Ms: { value: (row: OpenRow) => row.p99Ms },
  p999Ms: { value: (row: OpenRow) => row.p999Ms },
  cpuSecondsPer1000: { value: (row: OpenRow) => row.cpuSecondsPer1000, digits: 4 },
  refused: { value: (row: OpenRow) => row.refused },
};

/** One after the other, round after round; who is not measured is frozen. Every turn begins with a warm-up that is dropped. */
async function closedLoop({ say }: KafkaBenchOptions, plan: Plan, senders: readonly Sender[]): Promise<Rounds<ClosedRow>> {
  const rounds = new Rounds<ClosedRow>();
  for (const { gateway } of senders) gateway.subject.freeze();
  for (const sender of senders) await awake(sender.gateway, () => sender.warmUp(compilerRequests, plan.firstWarmUpMs));
  for (let round = 1; round <= plan.rounds; round += 1) {
    for (const sender of senders) {
      await awake(sender.gateway, async () => {
        await sender.closed(plan.warmUpMs, connections);
        rounds.add(sender.gateway.name, await sender.closed(plan.closedMs, connections));
      });
    }
    say(`closed loop: round ${round} of ${plan.rounds}`);
  }
  return rounds;
}

async function openLoop({ say }: KafkaBenchOptions, plan: Plan, senders: readonly Sender[]): Promise<Rounds<OpenRow>> {
  const rounds = new Rounds<OpenRow>();
  for (let round = 1; round <= plan.rounds; round += 1) {
    for (const rate of rates) {
      for (const sender of senders.filter(({ gateway }) => inOpenLoop.includes(gateway.name))) {
        await awake(sender.gateway, async () => {
          await sender.open(plan.warmUpMs / 2, rate);
          rounds.add(`${sender.gateway.name}, ${rate}/s`, await sender.open(plan.openMs, rate));
        });
      }
    }
    say(`open loop: round ${round} of ${plan.rounds}`);
  }
  return rounds;
}

async function awake(gateway: Gateway, work: () => Promise<void>): Promise<void> {
  gateway.subject.thaw();
  await work();
  gateway.subject.freeze();
}

async function verify({ kafka, seed, say }: KafkaBenchOptions, tag: string, senders: readonly Sender[]): Promise<Map<string, Verdict>> {
  const verdicts = new Map<string, Verdict>();
  for (const { gateway, acked } of senders) {
    if (!gateway.topic) continue;
    const onTopic = await readEvents(kafka, gateway.topic, tag);
    const [mixed, single] = (['mixed', 'single'] as const).map((mix) => judge(acked[mix], new Payloads(tag, seed, mix), onTopic));
    verdicts.set(gateway.name, {
      acknowledged: mixed!.acknowledged + single!.acknowledged,
      missing: mixed!.missing + single!.missing,
      doubled: mixed!.doubled,
    });
    say(`verified ${gateway.name}`);
  }
  return verdicts;
}
