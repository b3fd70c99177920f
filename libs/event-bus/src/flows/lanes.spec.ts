import type { Fact } from '@connector/contracts';
import type { Notice } from '../notices/envelope';
import { Lanes, type Work } from './lanes';

const limits = { batchSize: 3, concurrency: 1, maxWaitingPerLane: 4 };
let offset = 0;

function notice(id: string, market = 'NOR', facts: Fact[] = [], attempt = 0): Notice {
  const key = { tenant: 'DevShop', market, id };
  return { key, text: `DevShop/${market}/${id}`, facts, meta: { attempt, deferrals: 0, firstSeenAt: 1, source: 'webhook' } };
}
function bulk(id: string, overrides: Partial<Notice['meta']> = {}): Notice {
  const plain = notice(id);
  return { ...plain, meta: { ...plain.meta, bulk: true, ...overrides } };
}
const ref = () => ({ topic: 't', partition: 0, offset: offset++, epoch: 1 });
const fact = (id: string): Fact => ({ id, kind: 'order', at: 1 });
/** The next batch, as the runner takes it. */
function take(lanes: Lanes): { lane: string; work: Work[] } | undefined {
  const lane = lanes.reserve();
  return lane === undefined ? undefined : { lane, work: lanes.fill(lane) };
}
const ids = (work: { key: { id: string } }[] | undefined) => work?.map(({ key }) => key.id);

test('notices that wait for one key become one piece of work with the union of their facts', () => {
  const lanes = new Lanes(limits);
  lanes.offer(notice('1', 'NOR', [fact('a')], 0), ref());
  lanes.offer(notice('1', 'NOR', [fact('b')], 2), ref());
  lanes.offer(notice('1', 'NOR', [fact('a')], 1), ref());
  const [work] = take(lanes)!.work;
  expect(work).toMatchObject({ attempt: 2, facts: [{ id: 'a' }, { id: 'b' }] });
  expect(work!.refs).toHaveLength(3);
});

test('a key is never in two batches at a time', () => {
  const lanes = new Lanes({ ...limits, concurrency: 2 });
  lanes.offer(notice('1'), ref());
  const first = take(lanes)!;
  lanes.offer(notice('1'), ref());
  expect(take(lanes)).toBeUndefined();
  lanes.release(first.lane, first.work);
  expect(ids(take(lanes)?.work)).toEqual(['1']);
});

test('batches are filled in order of arrival, up to their size', () => {
  const lanes = new Lanes(limits);
  for (const id of ['4', '2', '9', '1']) lanes.offer(notice(id), ref());
  expect(ids(take(lanes)?.work)).toEqual(['4', '2', '9']);
});

test('a market that is busy does not hold up another', () => {
  const lanes = new Lanes(limits);
  lanes.offer(notice('1', 'NOR'), ref());
  take(lanes);
  lanes.offer(notice('2', 'NOR'), ref());
  lanes.offer(notice('3', 'SWE'), ref());
  expect(take(lanes)?.lane).toBe('DevShop/SWE');
});

test('markets take turns', () => {
  const lanes = new Lanes({ ...limits, batchSize: 1, concurrency: 5, maxWaitingPerLane: 10 });
  for (const id of ['1', '2', '3']) for (const market of ['NOR', 'SWE']) lanes.offer(notice(id, market), ref());
  expect([1, 2, 3, 4].map(() => take(lanes)?.lane)).toEqual(['DevShop/NOR', 'DevShop/SWE', 'DevShop/NOR', 'DevShop/SWE']);
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
  const batch = take(lanes)!;
  lanes.clearWaiting();
  expect(lanes.held).toBe(3);
  lanes.release(batch.lane, batch.work);
  expect(lanes.held).toBe(0);
  expect(lanes.running).toBe(0);
});

test('live keys come before bulk ones, and bulk fills up the batch', () => {
  const lanes = new Lanes(limits);
  for (const id of ['7', '8', '9']) lanes.offer(bulk(id), ref());
  for (const id of ['1', '2']) if (lanes.waiting.bulk + lanes.waiting.live < 4) lanes.offer(notice(id), ref());
  expect(ids(take(lanes)?.work)).toEqual(['1', '7', '8']);
});

test('a live notice makes a key urgent that waited with the bulk, with everything that was known of it', () => {
  const lanes = new Lanes({ ...limits, batchSize: 1 });
  lanes.offer(bulk('7'), ref());
  lanes.offer({ ...bulk('8'), facts: [fact('a')] }, ref());
  lanes.offer(notice('8', 'NOR', [fact('b')]), ref());
  const batch = take(lanes)!;
  expect(batch.work[0]).toMatchObject({ text: 'DevShop/NOR/8', bulk: false, facts: [{ id: 'a' }, { id: 'b' }] });
  expect(lanes.waiting).toEqual({ live: 0, bulk: 1 });
});

test('one lock per key spans live and bulk', () => {
  const lanes = new Lanes({ ...limits, concurrency: 2 });
  lanes.offer(notice('1'), ref());
  take(lanes);
  lanes.offer(bulk('1'), ref());
  expect(take(lanes)).toBeUndefined();
});

test('a second look is one only while nothing newer joined it', () => {
  const lanes = new Lanes({ ...limits, batchSize: 1 });
  lanes.offer(bulk('1', { verify: true }), ref());
  lanes.offer(bulk('1', { verify: true }), ref());
  expect(take(lanes)?.work[0]?.verifying).toBe(true);
  const other = new Lanes(limits);
  other.offer(bulk('1', { verify: true }), ref());
  other.offer(notice('1'), ref());
  expect(take(other)?.work[0]?.verifying).toBe(false);
});

test('work that may have been done by the member before stays marked when newer notices join it', () => {
  const lanes = new Lanes(limits);
  lanes.offer(notice('1'), ref(), true);
  lanes.offer(notice('1'), ref());
  expect(take(lanes)?.work[0]?.takenOver).toBe(true);
});

test('a batch is formed from what waits when its slot is there, not from what waited when it asked', () => {
  const lanes = new Lanes(limits);
  lanes.offer(notice('1'), ref());
  const lane = lanes.reserve()!;
  lanes.offer(notice('2'), ref());
  expect(ids(lanes.fill(lane))).toEqual(['1', '2']);
});

test('a lane whose only keys are being worked on is not reserved', () => {
  const lanes = new Lanes({ ...limits, concurrency: 2 });
  lanes.offer(notice('1'), ref());
  take(lanes);
  lanes.offer(notice('1'), ref());
  expect(lanes.reserve()).toBeUndefined();
});

test('keys of a batch that failed as a whole come back in batches of half the size', () => {
  const lanes = new Lanes({ ...limits, batchSize: 10, maxWaitingPerLane: 20 });
  for (const id of ['1', '2', '3', '4']) lanes.offer(bulk(id, { batchLimit: 2 }), ref());
  lanes.offer(bulk('5'), ref());
  const first = take(lanes)!;
  expect(ids(first.work)).toEqual(['1', '2']);
  lanes.release(first.lane, first.work);
  expect(ids(take(lanes)?.work)).toEqual(['3', '4']);
});

test('a suspect key joins a batch only while that is small enough for it', () => {
  const lanes = new Lanes({ ...limits, batchSize: 10, maxWaitingPerLane: 20 });
  for (const id of ['1', '2', '3']) lanes.offer(bulk(id), ref());
  lanes.offer(bulk('4', { batchLimit: 1 }), ref());
  const first = take(lanes)!;
  expect(ids(first.work)).toEqual(['1', '2', '3']);
  lanes.release(first.lane, first.work);
  expect(ids(take(lanes)?.work)).toEqual(['4']);
});
