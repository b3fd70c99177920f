import { pause } from '../proxy/fault-plan';
import type { Cell } from './cell';

/** The broker stands still with all its connections, shorter and longer than a session. */
export const brokerFrozen: Cell = {
  name: 'F4',
  title: 'Broker SIGSTOP for 4 s and for 8 s, then SIGCONT',
  brokers: 1,
  consumers: 2,
  expect: { quiesceWithinMs: 20_000 },
  async run(scene) {
    const { random, cluster, sender, history } = scene;
    const sending = sender.play(scene.plan({ events: 1_800, orders: 300, perSecond: 90 }));
    for (const stillMs of [4_000, 8_000]) {
      await pause(random.between(1_500, 2_500));
      history.add({ type: 'fault', kind: `broker frozen for ${stillMs} ms`, target: 'broker 1' });
      cluster.broker(1).pause();
      await pause(stillMs);
      cluster.broker(1).resume();
    }
    await sending;
    await scene.settle(20_000);
    return { frozenMs: 12_000 };
  },
};
