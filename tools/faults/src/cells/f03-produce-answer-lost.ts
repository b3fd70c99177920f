import type { Cell } from './cell';

/** 1.6 s each. */
const mostRounds = 12;

/**
 * The broker has appended, the answer is lost: by a reset connection a dozen times, and once in silence, which the gateway has to give up
 * on. Webhooks come concurrently, so a second send under way would get the sequence number of the first.
 */
export const produceAnswerLost: Cell = {
  name: 'F3',
  title: 'Produce answer dropped after the append, with concurrent webhooks',
  brokers: 1,
  consumers: 1,
  flow: { batchSize: 100 },
  async run(scene) {
    const { plan } = scene.cluster;
    const client = 'webhook-gateway';
    // Slow enough that several requests always wait for the send that is under way.
    plan.slow(10, client);
    const resets = plan.add({ api: 'produce', client, skip: 4, every: 3, times: 12, action: { kind: 'drop-and-reset' } });
    const silent = plan.add({ api: 'produce', client, skip: 20, times: 1, action: { kind: 'drop' } });
    // On a busy machine sends are fewer and larger, so it goes on until enough of them were hit.
    for (let round = 0; round < mostRounds && (round < 3 || resets.hits < 10); round += 1) {
      await scene.sender.play(scene.plan({ events: 400, orders: 100, perSecond: 250, perRequest: 1 }));
    }
    await scene.settle();
    return { answersLost: resets.hits + silent.hits };
  },
  targets: { answersLost: { min: 6 } },
};
