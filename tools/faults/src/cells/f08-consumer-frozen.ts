import { pause } from '../proxy/fault-plan';
import type { Cell } from './cell';

/** A consumer stands still for longer than its session lasts, between reading and writing; another takes over; then the first wakes up. */
export const consumerFrozen: Cell = {
  name: 'F8',
  title: 'Consumer SIGSTOP longer than its session, then SIGCONT',
  brokers: 1,
  consumers: 2,
  async run(scene) {
    const { random, sink } = scene;
    sink.script = {
      begin: () => ({ thinkMs: random.between(50, 300) }),
      apply: () => ({ takesMs: random.between(5, 40) }),
    };
    const sending = scene.sender.play(scene.plan({ events: 1_600, orders: 60, perSecond: 120, hotShare: 0.4 }));
    await pause(random.between(2_000, 3_000));
    scene.consumer(1).freeze();
    await pause(9_000);
    scene.consumer(1).thaw();
    await sending;
    await scene.settle();
    return { frozenMs: 9_000 };
  },
};
