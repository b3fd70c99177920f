import { pause } from '../proxy/fault-plan';
import type { Cell } from './cell';

/** Two of two consumers are killed, one after the other: one at a random moment of a batch, one right after the target has applied a write. */
export const consumerKilled: Cell = {
  name: 'F7',
  title: 'Consumer SIGKILL in the middle of a batch, and between apply and commit',
  brokers: 1,
  consumers: 2,
  async run(scene) {
    const { random, sink, history } = scene;
    const sending = scene.sender.play(scene.plan({ events: 1_600, orders: 300, perSecond: 150 }));
    await pause(random.between(1_500, 2_500));
    await scene.consumer(1).kill();
    void scene.consumer(1).start();
    await pause(7_500);
    await new Promise<void>((resolve) => {
      sink.onApplied = ({ process }) => {
        if (process !== 'consumer-2') return;
        sink.onApplied = () => undefined;
        history.add({ type: 'fault', kind: 'kill between apply and commit', target: process });
        resolve(scene.consumer(2).kill());
      };
    });
    void scene.consumer(2).start();
    await sending;
    await scene.settle();
    return { kills: 2 };
  },
};
