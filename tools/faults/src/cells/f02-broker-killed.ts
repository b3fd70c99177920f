import { pause } from '../proxy/fault-plan';
import type { Cell } from './cell';

/** The only broker is killed twice under load and comes back with what it had. */
export const brokerKilled: Cell = {
  name: 'F2',
  title: 'The only broker SIGKILL and restart, twice, under load',
  brokers: 1,
  consumers: 1,
  expect: { quiesceWithinMs: 25_000 },
  async run(scene) {
    const { random, cluster, sender, history } = scene;
    const sending = sender.play(scene.plan({ events: 1_400, orders: 300, perSecond: 100 }));
    for (let n = 0; n < 2; n += 1) {
      await pause(random.between(2_000, 3_500));
      history.add({ type: 'fault', kind: 'broker killed', target: 'broker 1' });
      await cluster.broker(1).restart();
    }
    await sending;
    await scene.settle(25_000);
    return { brokerKills: 2 };
  },
};

/** Each of three brokers is killed in turn: leaders move, and two of three copies are what an acknowledgement means. */
export const brokersRolling: Cell = {
  name: 'F2R',
  title: 'Three brokers SIGKILL and restart in turn, under load',
  brokers: 3,
  consumers: 2,
  expect: { quiesceWithinMs: 25_000 },
  async run(scene) {
    const { random, cluster, sender, history } = scene;
    const sending = sender.play(scene.plan({ events: 1_400, orders: 300, perSecond: 70 }));
    for (const number of [1, 2, 3]) {
      await pause(random.between(1_500, 3_000));
      history.add({ type: 'fault', kind: 'broker killed', target: `broker ${number}` });
      await cluster.broker(number).restart();
      await cluster.broker(number).ready(3);
      await cluster.inSync();
    }
    await sending;
    await scene.settle(25_000);
    return { brokerKills: 3 };
  },
};
