import { pause } from '../proxy/fault-plan';
import type { Scene } from '../scene';
import type { Cell } from './cell';

const client = 'webhook-gateway';

/** The gateway is killed four times: twice at a random moment, twice when the broker has appended and neither gateway nor sender has heard. */
export const gatewayKilled: Cell = {
  name: 'F1',
  title: 'Gateway SIGKILL under load, at random and between append and answer',
  brokers: 1,
  consumers: 1,
  async run(scene) {
    const { random, sender, gateways } = scene;
    const gateway = gateways[0]!.process;
    const sending = sender.play(scene.plan({ events: 1_800, orders: 300, perSecond: 120 }));
    for (const afterAppend of [false, true, false, true]) {
      await pause(random.between(1_000, 2_000));
      if (afterAppend) await appended(scene);
      await gateway.kill();
      await gateway.start();
    }
    await sending;
    await scene.settle();
    return { kills: 4 };
  },
};

/** Resolves when a send of the gateway is on the broker and its answer was swallowed; a busy machine may take a while to send. */
async function appended({ cluster: { plan } }: Scene): Promise<void> {
  const swallowed = plan.add({ api: 'produce', client, times: 1, action: { kind: 'drop' } });
  for (let waitedMs = 0; swallowed.hits === 0 && waitedMs < 3_000; waitedMs += 2) await pause(2);
}
