import { pause } from '../proxy/fault-plan';
import type { Cell } from './cell';

const rounds = 4;

/** A third member joins and leaves again and again while the other two work. */
export const rebalanceStorm: Cell = {
  name: 'F9',
  title: 'Rebalance storm: a member joins and leaves every few seconds',
  brokers: 1,
  consumers: 2,
  async run(scene) {
    const { random, sender } = scene;
    const sending = sender.play(scene.plan({ events: 1_800, orders: 100, perSecond: 100, hotShare: 0.4 }));
    for (let round = 0; round < rounds; round += 1) {
      const visitor = await scene.addConsumer();
      await pause(random.between(500, 2_000));
      await visitor.end(10_000);
      await pause(random.between(500, 1_500));
    }
    await sending;
    await scene.settle();
    return { rebalances: 2 * rounds };
  },
};
