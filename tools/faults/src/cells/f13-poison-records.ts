import { sitooOrderChanged } from '@connector/contracts';
import { pause } from '../proxy/fault-plan';
import type { Scene } from '../scene';
import { keyOf } from '../sender';
import type { Cell } from './cell';

const json = (value: object) => Buffer.from(JSON.stringify(value));
const fact = { id: 'poison', kind: 'order', at: 1 };

/** Every way in which a record can be wrong. */
const wrong: { what: string; key: string | null; value: Buffer | null }[] = [
  { what: 'no value', key: keyOf(801), value: null },
  { what: 'no JSON', key: keyOf(802), value: Buffer.from('{"facts": [') },
  { what: 'bytes that are no text', key: keyOf(803), value: Buffer.from([0, 255, 254, 128, 0, 1]) },
  { what: 'JSON null', key: keyOf(804), value: Buffer.from('null') },
  { what: 'an older form', key: keyOf(805), value: json({ orderId: 805 }) },
  { what: 'a newer form', key: keyOf(806), value: json({ facts: [{ ...fact, shape: 2 }] }) },
  { what: '900 KB', key: keyOf(807), value: json({ facts: [fact], body: 'x'.repeat(900_000) }) },
  { what: 'no key', key: null, value: json({ facts: [fact] }) },
  { what: 'a key of another form', key: '808', value: json({ facts: [fact] }) },
];

/** Records that nobody can read come between the others, each kind twice; and one that only lacks its headers, which is work like any other. */
export const poisonRecords: Cell = {
  name: 'F13',
  title: 'Poison records: null, garbage, other versions, no headers, 900 KB, no key',
  brokers: 1,
  consumers: 1,
  async run(scene) {
    const sending = scene.sender.play(scene.plan({ events: 1_000, orders: 200, perSecond: 120 }));
    await pause(1_500);
    for (let round = 0; round < 2; round += 1) {
      for (const { what, key, value } of wrong) {
        const position = await scene.write(key, value);
        scene.history.add({ type: 'planted', topic: sitooOrderChanged.topic, ...position, what });
      }
      await withoutHeaders(scene, 810 + round);
    }
    await sending;
    await scene.settle();
    return { planted: 2 * wrong.length };
  },
  targets: { planted: { min: 2 * wrong.length } },
};

/** Counts as an event that was answered 200. */
async function withoutHeaders({ sink, history, write }: Scene, order: number): Promise<void> {
  const [key, id, request, gateway] = [keyOf(order), `headless-${order}`, `headless-${order}`, 'past the gateway'];
  history.add({ type: 'event', key, fact: id, version: sink.orders.change(key) });
  history.add({ type: 'webhook.sent', request, gateway, facts: [id] });
  await write(key, json({ facts: [{ ...fact, id }] }));
  history.add({ type: 'webhook.answered', request, gateway, status: 200, ms: 0 });
}
