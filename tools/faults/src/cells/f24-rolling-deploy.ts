import { pause } from '../proxy/fault-plan';
import type { Cell } from './cell';

const graceMs = 10_000;

/** A new gateway takes over from the old one, which is asked to end with requests under way; then each consumer in turn. */
export const rollingDeploy: Cell = {
  name: 'F24',
  title: 'Rolling SIGTERM of gateway and consumers under load',
  brokers: 1,
  consumers: 2,
  expect: { graceMs },
  async run(scene) {
    const { random, sender, cluster, gateways } = scene;
    // Slow enough that requests are always under way.
    cluster.plan.slow(30, 'webhook-gateway');
    const sending = sender.play(scene.plan({ events: 1_800, orders: 300, perSecond: 110 }));
    await pause(random.between(1_500, 2_500));
    const old = gateways[0]!.process;
    await scene.addGateway();
    await old.end(graceMs);
    for (const number of [1, 2]) {
      await pause(random.between(500, 1_500));
      await scene.consumer(number).end(graceMs);
      await scene.consumer(number).start();
    }
    await sending;
    await scene.settle();
    return { ended: 3 };
  },
};
