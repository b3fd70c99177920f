import { pause } from '../proxy/fault-plan';
import { runTools, root } from '../run-tools';
import type { Scene } from '../scene';
import type { Cell } from './cell';

/** Orders that are refused until whatever was wrong with them has been put right. */
const refused = 40;

/** Forty orders are parked; their trouble ends; everything parked is replayed twice while the same orders go on changing. */
export const replayTwice: Cell = {
  name: 'F28',
  title: 'Replay of everything parked, twice, under live traffic for the same orders',
  brokers: 1,
  consumers: 2,
  onlyOurs: 'the reference has no parked topic',
  expect: { quiesceWithinMs: 20_000 },
  targets: { parkedBefore: { min: refused }, parked: { max: 0 } },
  async run(scene) {
    const { sink, random, sender } = scene;
    let healed = false;
    sink.script = {
      begin: ({ facts }) => ({
        thinkMs: random.between(5, 40),
        ...(!healed && facts.some((id) => id.startsWith('refused')) ? { fault: 'park' as const } : {}),
      }),
      apply: () => ({ takesMs: random.between(5, 30) }),
    };
    const orders = Array.from({ length: refused }, (_, index) => 5_000 + index);
    for (const order of orders) sender.send({ atMs: 0, events: [{ id: `refused-${order}`, order }] });
    const parkedBefore = await whenParked(scene, refused);
    healed = true;
    const live = scene.plan({ events: 800, orders: 100, perSecond: 110 });
    live.forEach((request, index) => {
      const order = orders[index % refused]!;
      if (index % 2 === 0) request.events.push({ id: `live-${index}`, order });
    });
    const sending = sender.play(live);
    await pause(500);
    await replay(scene);
    await replay(scene);
    await sending;
    await scene.settle(20_000);
    return { parkedBefore };
  },
};

/** How many keys are parked, as soon as it is this many; whatever it is after 10 s. */
async function whenParked({ observer }: Scene, count: number): Promise<number> {
  for (let turn = 0; ; turn += 1) {
    const parked = await observer.parkedKeys();
    if (parked.length >= count || turn === 20) return parked.length;
    await pause(500);
  }
}

/** The command-line tool for parked work, as an operator would use it. */
async function replay({ cluster, observer, history }: Scene): Promise<void> {
  const { runCommand } = await runTools();
  history.add({ type: 'fault', kind: 'replay', target: observer.group });
  const { ok, child } = await runCommand({
    run: cluster.run,
    name: 'parked',
    command: `${root}/node_modules/.bin/node`,
    args: [`${root}/tools/parked/dist/main.js`, 'replay', '--group', observer.group, '--yes', '--per-second', '200'],
    env: { KAFKA_BROKERS: cluster.addresses.join(',') },
  });
  if (!ok) throw new Error(`the replay failed:\n${child.tail()}`);
}
