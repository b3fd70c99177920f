import type { ParkedNotice } from '@connector/contracts';
import { decodeNotice } from '@connector/event-bus';
import { UsageError } from '@connector/platform';
import { readCommand } from './arguments';
import { canReplay, dropRecords, publishPaced, replayRecord } from './replay';
import { byReason, select } from './select';

const parked = (overrides: Partial<ParkedNotice> = {}): ParkedNotice => ({
  group: 'order-sync.sitoo-order',
  key: 'DevShop/NOR/1',
  topic: 'sitoo.order.changed.v1',
  reason: { code: 'STORE_UNKNOWN', message: 'map the store' },
  attempts: 1,
  firstSeenAt: 1_000,
  parkedAt: 2_000,
  facts: [{ id: 'a', kind: 'order', at: 500 }],
  ...overrides,
});

const list = [
  parked({ parkedAt: 1_000 }),
  parked({ key: 'DevShop/SWE/2', parkedAt: 3_000 }),
  parked({ key: 'DevShop/NOR/3', reason: { code: 'ORDER_MALFORMED', message: 'm' } }),
];

test.each([
  [{}, ['DevShop/SWE/2', 'DevShop/NOR/3', 'DevShop/NOR/1']],
  [{ market: 'NOR' }, ['DevShop/NOR/3', 'DevShop/NOR/1']],
  [{ market: 'NOR', reason: 'STORE_UNKNOWN' }, ['DevShop/NOR/1']],
  [{ key: '2' }, ['DevShop/SWE/2']],
  [{ key: 'DevShop/NOR/3' }, ['DevShop/NOR/3']],
  [{ since: 2_500 }, ['DevShop/SWE/2']],
  [{ group: 'another.flow' }, []],
])('filter %j chooses %j, newest first', (filter, keys) => {
  expect(select(list, filter).map(({ key }) => key)).toEqual(keys);
});

test('reasons are counted, the largest first, with the oldest time', () => {
  expect(byReason(list)).toMatchObject([
    { code: 'STORE_UNKNOWN', count: 2, oldest: 1_000 },
    { code: 'ORDER_MALFORMED', count: 1 },
  ]);
});

test('a replay is the key with all its facts on the bulk twin, for its own group, from its first try', () => {
  const record = replayRecord(parked({ attempts: 6 }));
  expect(record.topic).toBe('sitoo.order.changed.bulk.v1');
  const decoded = decodeNotice({ key: Buffer.from(record.key), value: record.value, headers: record.headers ?? {}, timestamp: 9 });
  expect(decoded).toMatchObject({
    ok: true,
    notice: {
      text: 'DevShop/NOR/1',
      facts: [{ id: 'a' }],
      meta: { attempt: 0, source: 'replay', targetGroup: 'order-sync.sitoo-order', firstSeenAt: 1_000 },
    },
  });
  expect(replayRecord(parked({ topic: record.topic })).topic).toBe(record.topic);
});

test('what could never be decoded cannot be replayed', () => {
  expect(canReplay(parked({ key: 'undecodable/sitoo.order.changed.v1/0:17' }))).toBe(false);
  expect(canReplay(parked())).toBe(true);
});

test('dropping leaves a tombstone and the note as an outcome', () => {
  const [tombstone, outcome] = dropRecords(parked(), 'test order of the go-live', 5_000);
  expect(tombstone).toEqual({ topic: 'sync.notice.parked.v1', key: 'order-sync.sitoo-order|DevShop/NOR/1', value: null });
  expect(JSON.parse(String(outcome?.value))).toMatchObject({
    outcome: 'skipped',
    reason: { code: 'DROPPED_BY_HAND', message: 'test order of the go-live' },
  });
});

test('publishing keeps its pace and publishes everything once', async () => {
  const waits: number[] = [];
  const batches: number[] = [];
  const publisher = { publish: async (records: readonly unknown[]) => void batches.push(records.length) };
  const records = Array.from({ length: 45 }, () => replayRecord(parked()));
  await publishPaced(publisher, records, 100, async (ms) => void waits.push(ms));
  expect(batches).toEqual([10, 10, 10, 10, 5]);
  expect(waits).toEqual([100, 100, 100, 100]);
});

test.each([
  [['replay', '--reason', 'STORE_UNKNOWN'], { name: 'replay', yes: false, perSecond: 20, filter: { reason: 'STORE_UNKNOWN' } }],
  [['replay', '--yes', '--per-second', '5'], { name: 'replay', yes: true, perSecond: 5 }],
  [['list', '--since', '2026-11-24T08:00:00Z'], { name: 'list', filter: { since: Date.parse('2026-11-24T08:00:00Z') } }],
])('%j is read', (args, command) => {
  expect(readCommand(args)).toMatchObject(command);
});

test.each([
  [[]],
  [['explode']],
  [['show']],
  [['drop', '--key', '1']],
  [['drop', '--note', 'all of it']],
  [['list', '--since', 'yesterday']],
  [['replay', '--per-second', '0']],
  [['list', '--colour']],
])('%j is refused with a sentence', (args) => {
  expect(() => readCommand(args)).toThrow(UsageError);
});
