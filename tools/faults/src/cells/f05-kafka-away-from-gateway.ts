import { only } from '../histories/entry';
import { pause } from '../proxy/fault-plan';
import type { Cell } from './cell';

const client = 'webhook-gateway';

/** Kafka cannot be reached from the gateway alone: in silence first, then refused. Each request finds a 503 in time, and later its 200. */
export const kafkaAwayFromGateway: Cell = {
  name: 'F5',
  title: 'Kafka unreachable from the gateway only, 8 s in silence and 4 s refused',
  brokers: 1,
  consumers: 1,
  // The queue's time-out and one send's, 5 s each, and a busy machine.
  expect: { answerWithinMs: 12_000, quiesceWithinMs: 20_000 },
  targets: { answered503: { min: 1 } },
  async run(scene) {
    const { cluster, sender, history } = scene;
    const sending = sender.play(scene.plan({ events: 1_800, orders: 300, perSecond: 110 }));
    await pause(2_000);
    cluster.plan.mode('blackhole', client);
    await pause(8_000);
    cluster.plan.mode('pass', client);
    cluster.plan.mode('refuse', client);
    cluster.resetConnections(client);
    await pause(4_000);
    cluster.plan.mode('pass', client);
    await sending;
    await scene.settle(20_000);
    return { answered503: only(history.entries, 'webhook.answered').filter(({ status }) => status === 503).length };
  },
};
