import { pause } from '../proxy/fault-plan';
import type { Cell } from './cell';

/** A consumer's connections to Kafka stand and nothing passes, for twice its session; its target still answers. Another takes over. */
export const kafkaSilentToConsumer: Cell = {
  name: 'F6',
  title: 'Kafka silent to one consumer (no RST) for twice its session, then back',
  brokers: 1,
  consumers: 2,
  expect: { quiesceWithinMs: 20_000 },
  async run(scene) {
    const { random, cluster, sender, sink } = scene;
    sink.script = {
      begin: () => ({ thinkMs: random.between(20, 150) }),
      apply: () => ({ takesMs: random.between(5, 40) }),
    };
    const sending = sender.play(scene.plan({ events: 1_800, orders: 80, perSecond: 100, hotShare: 0.4 }));
    await pause(random.between(2_000, 3_000));
    cluster.plan.mode('blackhole', 'consumer-1');
    await pause(12_000);
    cluster.plan.mode('pass', 'consumer-1');
    await sending;
    await scene.settle(20_000);
    return { silentMs: 12_000 };
  },
};
