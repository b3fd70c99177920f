import { noticeParked } from '@connector/contracts';
import { callsOf } from '../checker/calls';
import { pause } from '../proxy/fault-plan';
import { keyOf } from '../sender';
import type { Cell } from './cell';

const poison = 903;
const closedMs = 6_000;

/**
 * The parked topic takes nothing (its largest record is set to 1 byte) when an order turns out to be poison: its offset must wait until
 * it could be parked, and the other orders must go on meanwhile.
 */
export const parkedUnwritable: Cell = {
  name: 'F27',
  title: 'Parked topic unwritable while an order has to be parked',
  brokers: 1,
  consumers: 1,
  onlyOurs: 'the reference has no parked topic',
  expect: { mustPark: [keyOf(poison)], quiesceWithinMs: 20_000 },
  targets: { lagWhileClosed: { min: 1 }, handledWhileClosed: { min: 100 }, parked: { min: 1 } },
  async run(scene) {
    const { sink, random, cluster, sender, history } = scene;
    sink.script = {
      begin: ({ key }) => ({ thinkMs: random.between(5, 30), ...(key === keyOf(poison) ? { fault: 'park' as const } : {}) }),
      apply: () => ({ takesMs: random.between(5, 20) }),
    };
    const close = (closed: boolean) => cluster.configureTopic(noticeParked.topic, { 'max.message.bytes': closed ? '1' : '1048588' });
    const plan = scene.plan({ events: 1_200, orders: 200, perSecond: 120 });
    plan.splice(20, 0, { atMs: plan[20]?.atMs ?? 0, events: [{ id: 'to-be-parked', order: poison }] });
    await close(true);
    try {
      const sending = sender.play(plan);
      await pause(closedMs);
      const handledWhileClosed = callsOf(history.entries).filter(({ applied }) => applied).length;
      const lagWhileClosed = await scene.observer.lag();
      await close(false);
      await sending;
      await scene.settle(20_000);
      return { handledWhileClosed, lagWhileClosed };
    } finally {
      await close(false);
    }
  },
};
