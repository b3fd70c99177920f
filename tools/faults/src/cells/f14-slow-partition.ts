import { only } from '../histories/entry';
import { callsOf, settledAt } from '../checker/calls';
import { pause } from '../proxy/fault-plan';
import type { Scene } from '../scene';
import { keyOf } from '../sender';
import type { Cell } from './cell';

const hot = 950;
const phaseMs = 7_000;

/** One order's calls take 3 s each while it changes all the time: the others must keep the rate they have without it. */
export const slowPartition: Cell = {
  name: 'F14',
  title: 'One partition slow: 3 s a call for one hot key',
  brokers: 1,
  consumers: 1,
  flow: { batchSize: 20, concurrency: 6, deadlineMs: 5_000 },
  targets: { othersShare: { min: 0.9 } },
  async run(scene) {
    const { sink, random } = scene;
    sink.script = {
      begin: () => ({ thinkMs: random.between(1, 10) }),
      apply: ({ key }) => ({ takesMs: key === keyOf(hot) ? 3_000 : random.between(2, 10) }),
    };
    const quiet = await phase(scene, false);
    const withSlow = await phase(scene, true);
    await scene.settle();
    return { othersPerSecond: quiet, othersPerSecondBesideSlow: withSlow, othersShare: Math.round((withSlow / quiet) * 1_000) / 1_000 };
  },
};

/** Events that were dealt with per second, the hot order's left out, over the phase without its first second. */
async function phase(scene: Scene, withHot: boolean): Promise<number> {
  const plan = scene.plan({ events: (phaseMs / 1_000) * 120, orders: 300, perSecond: 120, hotShare: 0, repeated: 0, reordered: 0 });
  if (withHot) addHot(plan);
  const started = scene.history.now();
  await Promise.all([scene.sender.play(plan), pause(phaseMs)]);
  const from = started + 1_000;
  const to = started + phaseMs;
  const facts = new Set<string>();
  const hotKey = keyOf(hot);
  for (const call of callsOf(scene.history.entries)) {
    const at = settledAt(call);
    if (call.key !== hotKey && at !== undefined && at >= from && at <= to) for (const fact of call.facts) facts.add(fact);
  }
  const ofPhase = new Set(only(scene.history.entries, 'event').flatMap(({ fact, at }) => (at >= started ? [fact] : [])));
  return [...facts].filter((fact) => ofPhase.has(fact)).length / ((to - from) / 1_000);
}

/** The hot order changes ten times a second. */
function addHot(plan: ReturnType<Scene['plan']>): void {
  for (let n = 0; n < phaseMs / 100; n += 1) plan.push({ atMs: n * 100, events: [{ id: `hot-${n}`, order: hot }] });
  plan.sort((a, b) => a.atMs - b.atMs);
}
