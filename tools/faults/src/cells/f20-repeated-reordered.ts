import type { Cell } from './cell';

/** Every event comes three times under its id, and half of them in another order than they happened. */
export const repeatedReordered: Cell = {
  name: 'F20',
  title: 'Every webhook three times, half of them reordered',
  brokers: 1,
  consumers: 2,
  async run(scene) {
    await scene.sender.play(scene.plan({ events: 700, orders: 60, perSecond: 160, hotShare: 0.5, repeated: 1, reordered: 0.5 }));
    await scene.settle();
    return {};
  },
};
