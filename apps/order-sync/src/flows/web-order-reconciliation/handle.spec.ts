import { formatFiring, parseKey, taskProgressed, type Checkpoint, type Fact } from '@connector/contracts';
import type { Outcome, OutgoingRecord, WorkItem } from '@connector/event-bus';
import { createStoreMap } from '@connector/market';
import type { IdentifiedOrder, OmniumClient } from '@connector/omnium-client';
import { aMarket } from '../../markets/market.fixture';
import { webOrderReconciliationTask } from './flow';
import { ReconcileWebOrders } from './handle';

type Filter = Parameters<OmniumClient['orders']['scroll']>[0];
const minute = 60_000;
const day = 24 * 60 * minute;
const checkpoint = 'web-order-reconciliation/DevShop/NOR';

let now: number;
let config: ReturnType<typeof aMarket>;
let problem: { code: string; message: string } | undefined;
let asked: Filter[];
let published: OutgoingRecord[];
let saved: Map<string, Checkpoint>;
let announced: number[];
let isOwned: boolean;
let readingMs: number;
/** Orders that changed, by time. */
let changed: [at: number, order: IdentifiedOrder][];
beforeEach(() => {
  now = 1_772_461_000_000;
  config = aMarket({ webOrders: { ...aMarket().webOrders, flows: { 'Online-Delivery': 'ship-from-store' } } });
  problem = undefined;
  [asked, published, saved, announced, changed] = [[], [], new Map(), [], []];
  [isOwned, readingMs] = [true, 0];
});

async function* scroll(filter: Filter): AsyncGenerator<IdentifiedOrder[]> {
  asked.push(filter);
  const [from, to] = [Date.parse(filter.modifiedFrom ?? ''), filter.modifiedTo ? Date.parse(filter.modifiedTo) : Infinity];
  yield changed.filter(([at]) => at >= from && at < to).map(([, order]) => order);
  now += readingMs;
}

async function ask({ task = webOrderReconciliationTask, by = 'person', firing = '' } = {}): Promise<Outcome> {
  const reference = {
    stores: createStoreMap({ market: 'NOR', omniumStores: [], sitooStores: [], sitooWarehouses: [] }),
    market: { marketId: 'NOR' },
    shipmentOptions: [],
    statuses: {},
    orderTypes: [],
    problem,
  };
  const connection = { config, omnium: { orders: { scroll } }, reference: { get: async () => reference } };
  const bus = {
    publisher: { publish: async (records: readonly OutgoingRecord[]) => void published.push(...records) },
    checkpoints: async () => ({
      get: (name: string) => saved.get(name),
      save: async (name: string, value: Checkpoint) => void saved.set(name, value),
    }),
  };
  const flow = new ReconcileWebOrders(
    { find: () => ({ ok: true, connection }) },
    bus,
    { timeScale: 1, everyMs: 10 * minute },
    (_, count) => announced.push(count),
    () => now,
  );
  const text = `DevShop/NOR/${task}`;
  const facts: Fact[] = [{ id: firing || 'f', kind: by, at: now }];
  const item: WorkItem = { key: parseKey(text)!, text, facts, attempt: 0, firstSeenAt: now, verifying: false };
  const { signal } = new AbortController();
  const outcomes = await flow.handle([item], { tenant: 'DevShop', market: 'NOR', signal, owned: () => isOwned });
  return outcomes.get(text)!;
}

const notices = () => published.filter(({ topic }) => topic.startsWith('omnium.')).map(({ topic, key }) => `${topic} ${key}`);

test('what changed since the last time is announced on the bulk topic, with an overlap', async () => {
  saved.set(checkpoint, { position: String(now - 60 * minute), at: now - 60 * minute });
  changed = [
    [now - 65 * minute, { id: 'A' }],
    [now - minute, { id: 'B/1' }],
    [now - 80 * minute, { id: 'OLD' }],
  ];
  expect(await ask()).toMatchObject({ kind: 'done', effect: 'complete' });
  expect(notices()).toEqual(['omnium.order.changed.bulk.v1 DevShop/NOR/A', 'omnium.order.changed.bulk.v1 DevShop/NOR/B/1']);
  expect(saved.get(checkpoint)).toEqual({ position: String(now), at: now });
  expect(announced).toEqual([2]);
});

test('a market in shadow mode is not read: what was only looked at is announced once it writes', async () => {
  config = { ...config, shadowMode: true };
  expect(await ask()).toMatchObject({ kind: 'skipped', reason: { code: 'SHADOW_MODE' } });
  expect([asked, notices(), saved.size]).toEqual([[], [], 0]);
});

test('a market that was never read begins three days back, day by day, with nothing left out in between', async () => {
  changed = [2.9, 2, 1.5, 1, 0].map((days, index) => [now - days * day, { id: `O${index}` }]);
  expect(await ask()).toMatchObject({ effect: 'complete' });
  expect(new Set(notices()).size).toBe(5);
  expect(asked.map(({ modifiedTo }) => modifiedTo !== undefined)).toEqual([true, true, false]);
});

test('a long way is read in slices that ask for the next one, and none is read twice', async () => {
  saved.set(checkpoint, { position: String(now - 9 * day), at: now - 9 * day });
  readingMs = 8_000;
  expect(await ask()).toMatchObject({ kind: 'done', effect: 'continued' });
  expect(asked).toHaveLength(3);
  expect(JSON.parse(String(published[0]?.value))).toMatchObject({ task: webOrderReconciliationTask, market: 'NOR', by: 'continuation' });
  while ((await ask({ by: 'continuation' })).kind === 'done' && Number(saved.get(checkpoint)?.position) < now - day);
  expect(asked.length).toBeLessThan(13);
});

test('the watermark stays where it is when the notices did not get to Kafka', async () => {
  const before = { position: String(now - 60 * minute), at: now - 60 * minute };
  saved.set(checkpoint, before);
  changed = [[now - minute, { id: 'A' }]];
  published.push = () => {
    throw new Error('no broker');
  };
  await expect(ask()).rejects.toThrow('no broker');
  expect(saved.get(checkpoint)).toEqual(before);
});

test('a routine request soon after another is skipped; anybody else is heard', async () => {
  await ask({ by: 'schedule' });
  now += minute;
  expect(await ask({ by: 'schedule' })).toMatchObject({ kind: 'skipped', reason: { code: 'JUST_DONE' } });
  expect(await ask({ by: 'gateway' })).toMatchObject({ kind: 'done' });
});

test('a watermark that cannot be read begins anew', async () => {
  saved.set(checkpoint, { position: 'garbage', at: 1 });
  await ask();
  expect(asked[0]?.modifiedFrom).toBe(new Date(now - 3 * day - 10 * minute).toISOString());
});

test('another task, a market that exports no orders, or one with a wrong setting is skipped without a call', async () => {
  expect(await ask({ task: 'order-reconciliation' })).toMatchObject({ kind: 'skipped', reason: { code: 'OTHER_TASK' } });
  config = aMarket({ capabilities: { orderExport: false, cartExport: false, implementations: [] } });
  expect(await ask()).toMatchObject({ kind: 'skipped', reason: { code: 'ORDER_EXPORT_OFF' } });
  config = aMarket();
  problem = { code: 'MARKET_UNKNOWN', message: 'no such market' };
  expect(await ask()).toMatchObject({ kind: 'skipped', reason: { code: 'MARKET_UNKNOWN' } });
  expect(asked).toEqual([]);
});

test('one that lost its key in between is tried again', async () => {
  isOwned = false;
  expect(await ask()).toMatchObject({ kind: 'retry', reason: { code: 'TAKEN_OVER' } });
});

test('a firing of the schedule is told from start to end, or why not, and done once', async () => {
  const states = () => published.filter(({ topic }) => topic === taskProgressed.topic).map(({ value }) => JSON.parse(String(value)));
  const firing = formatFiring('web-order-reconciliation', now);
  await ask({ by: 'schedule', firing });
  expect(states()).toMatchObject([
    { firing, state: 'started' },
    { firing, state: 'finished', result: 'done' },
  ]);
  asked = [];
  expect(await ask({ by: 'schedule', firing })).toMatchObject({ kind: 'skipped', reason: { code: 'FIRING_SEEN' } });
  expect(asked).toEqual([]);
  problem = { code: 'MARKET_MISSING', message: 'gone' };
  await ask({ by: 'person', firing: 'web-order-reconciliation@hand:1' });
  expect(states().at(-1)).toMatchObject({ state: 'finished', result: 'skipped', reason: { code: 'MARKET_MISSING' } });
});
