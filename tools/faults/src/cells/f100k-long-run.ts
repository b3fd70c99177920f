import { callsOf } from '../checker/calls';
import { only } from '../histories/entry';
import { pause } from '../proxy/fault-plan';
import type { Scene } from '../scene';
import type { Cell } from './cell';

const events = 100_000;
const perSecond = 900;
const flow = { batchSize: 100, concurrency: 4 };
/** Commits are due twice a second. */
const commitEverySeconds = 0.5;
/** A killed consumer is missed after its session, s; its half of the events waits meanwhile, and is worked off between two commits afterwards. */
const sessionSeconds = 6;
/** What a consumer may have had in its hands when it was killed: done and not yet committed, being worked on, and read ahead. */
const inFlight = perSecond * (sessionSeconds / 2 + 2 * commitEverySeconds) + 3 * flow.batchSize * flow.concurrency;

/** A long day: gateway and consumers are killed at random, again and again, while 100,000 events come in. Takes about three minutes. */
export const longRun: Cell = {
  name: 'F100K',
  title: `${events.toLocaleString('en')} events through gateway, bus and a handler that does nothing, with random SIGKILLs of both`,
  brokers: 1,
  consumers: 2,
  long: true,
  flow,
  expect: { quiesceWithinMs: 60_000 },
  targets: { kills: { min: 8 }, redeliveredPerKill: { max: inFlight } },
  async run(scene) {
    const { sink, sender } = scene;
    sink.script = { begin: () => ({ thinkMs: 0 }), apply: () => ({ takesMs: 0 }) };
    const plan = scene.plan({ events, orders: 20_000, perSecond, hotShare: 0, repeated: 0, reordered: 0 });
    let sending = true;
    const played = sender.play(plan).finally(() => (sending = false));
    const kills = await killAtRandom(scene, () => sending);
    await played;
    await scene.settle(60_000);
    const redelivered = redeliveredFacts(scene);
    return { kills: kills.gateway + kills.consumer, redelivered, redeliveredPerKill: redelivered / Math.max(1, kills.consumer) };
  },
};

async function killAtRandom(scene: Scene, goesOn: () => boolean): Promise<{ gateway: number; consumer: number }> {
  const { random, gateways } = scene;
  const kills = { gateway: 0, consumer: 0 };
  while (goesOn()) {
    await pause(random.between(3_000, 9_000));
    const isGateway = random.chance(0.4);
    const victim = isGateway ? gateways[0]!.process : scene.consumer(random.between(1, 2));
    await victim.kill();
    await victim.start();
    kills[isGateway ? 'gateway' : 'consumer'] += 1;
  }
  return kills;
}

/** Facts that a handler was given more often than they were sent. */
function redeliveredFacts({ history }: Scene): number {
  const given = callsOf(history.entries).flatMap(({ facts }) => facts);
  const sent = new Map<string, number>();
  for (const { facts } of only(history.entries, 'record')) for (const fact of facts) sent.set(fact, (sent.get(fact) ?? 0) + 1);
  const times = new Map<string, number>();
  for (const fact of given) times.set(fact, (times.get(fact) ?? 0) + 1);
  return [...times].reduce((sum, [fact, count]) => sum + Math.max(0, count - (sent.get(fact) ?? 1)), 0);
}
