import { keyOf } from '../sender';
import type { Cell } from './cell';

const [alwaysThrows, neverAnswers] = [901, 902];

/** A handler that throws a TypeError for one order always and for others once in a hundred calls, and never answers for another. */
export const handlerFails: Cell = {
  name: 'F12',
  title: 'Handler throws TypeError, throws once per 100, never resolves',
  brokers: 1,
  consumers: 1,
  flow: { deadlineMs: 1_500, attempts: 4 },
  expect: { mustPark: [keyOf(alwaysThrows), keyOf(neverAnswers)], quiesceWithinMs: 20_000 },
  async run(scene) {
    const { random, sink } = scene;
    let thrown = 0;
    sink.script = {
      begin: ({ key }) => {
        if (key === keyOf(neverAnswers)) return { thinkMs: 0, fault: 'hang' };
        const throws = key === keyOf(alwaysThrows) || random.chance(0.01);
        if (throws) thrown += 1;
        return { thinkMs: random.between(1, 20), ...(throws ? { fault: 'throw' as const } : {}) };
      },
      apply: () => ({ takesMs: random.between(2, 20) }),
    };
    const plan = scene.plan({ events: 800, orders: 200, perSecond: 120 });
    plan.splice(20, 0, { atMs: plan[20]?.atMs ?? 0, events: [{ id: 'throws', order: alwaysThrows }] });
    plan.splice(60, 0, { atMs: plan[60]?.atMs ?? 0, events: [{ id: 'hangs', order: neverAnswers }] });
    await scene.sender.play(plan);
    await scene.settle(20_000);
    return { thrown };
  },
};
