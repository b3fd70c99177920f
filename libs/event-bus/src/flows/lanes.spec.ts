import type { Fact } from '@connector/contracts';
import type { Notice } from '../notices/envelope';
import { Lanes } from './lanes';

const limits = { batchSize: 3, concurrency: 1, maxWaitingPerLane: 4 };
let offset = 0;

function notice(id: string, market = 'NOR', facts: Fact[] = [], attempt = 0): Notice {
  const key = { tenant: 'DevShop', market, id };
  return { key, text: `DevShop/${market}/${id}`, facts, meta: { attempt, deferrals: 0, firstSeenAt: 1, source: 'webhook' } };
}
const ref = () => ({ topic: 't', partition: 0, offset: offset++, epoch: 1 });
const fact = (id: string): Fact => ({ id, kind: 'order', at: 1 });
const ids = (work: { key: { id: string } }[] | undefined) => work?.map(({ key }) => key.id);

test('notices that wait for one key become one piece of work with the union of their facts', () => {
  const lanes = new Lanes(limits);
  lanes.offer(notice('1', 'NOR', [fact('a')], 0), ref());
  lanes.offer(notice('1', 'NOR', [fact('b')], 2), ref());
  lanes.offer(notice('1', 'NOR', [fact('a')], 1), ref());
  const [work] = lanes.take()!.work;
  expect(work).toMatchObject({ attempt: 2, facts: [{ id: 'a' }, { id: 'b' }] });
  expect(work!.refs).toHaveLength(3);
});

test('a key is never in two batches at a time', () => {
  const lanes = new Lanes({ ...limits, concurrency: 2 });
  lanes.offer(notice('1'), ref());
  const first = lanes.take()!;
  lanes.offer(notice('1'), ref());
  expect(lanes.take()).toBeUndefined();
  lanes.release(first.lane, first.work);
  expect(ids(lanes.take()?.work)).toEqual(['1']);
});

test('batches are filled in order of arrival, up to their size', () => {
  const lanes = new Lanes(limits);
  for (const id of ['4', '2', '9', '1']) lanes.offer(notice(id), ref());
  expect(ids(lanes.take()?.work)).toEqual(['4', '2', '9']);
});

test('a market that is busy does not hold up another', () => {
  const lanes = new Lanes(limits);
  lanes.offer(notice('1', 'NOR'), ref());
  lanes.take();
  lanes.offer(notice('2', 'NOR'), ref());
  lanes.offer(notice('3', 'SWE'), ref());
  expect(lanes.take()?.lane).toBe('DevShop/SWE');
});

test('markets take turns', () => {
  const lanes = new Lanes({ ...limits, batchSize: 1, concurrency: 5, maxWaitingPerLane: 10 });
  for (const id of ['1', '2', '3']) for (const market of ['NOR', 'SWE']) lanes.offer(notice(id, market), ref());
  expect([1, 2, 3, 4].map(() => lanes.take()?.lane)).toEqual(['DevShop/NOR', 'DevShop/SWE', 'DevShop/NOR', 'DevShop/SWE']);
});

test('a full market refuses new keys, still takes notices for the keys it has, and leaves the others alone', () => {
  const lanes = new Lanes(limits);
  for (const id of ['1', '2', '3', '4']) expect(lanes.offer(notice(id), ref())).toBe(true);
  expect(lanes.offer(notice('5'), ref())).toBe(false);
  expect(lanes.offer(notice('4'), ref())).toBe(true);
  expect(lanes.offer(notice('5', 'SWE'), ref())).toBe(true);
});

test('held records are counted until they are released, and what waits can be dropped', () => {
  const lanes = new Lanes(limits);
  for (const id of ['1', '2', '3', '4']) lanes.offer(notice(id), ref());
  const batch = lanes.take()!;
  lanes.clearWaiting();
  expect(lanes.held).toBe(3);
  lanes.release(batch.lane, batch.work);
  expect(lanes.held).toBe(0);
  expect(lanes.running).toBe(0);
});
