import type { DeliveryEvent } from '@connector/event-bus';
import { Registry } from 'prom-client';
import { RepairWatch } from './repairs';

const delivery = (overrides: Partial<DeliveryEvent>): DeliveryEvent => ({
  type: 'delivery',
  group: 'order-sync.sitoo-order',
  key: 'DevShop/NOR/7',
  outcome: 'done',
  effect: 'created',
  attempt: 0,
  notices: 1,
  batch: 1,
  kinds: ['missing'],
  sinceReceivedMs: 1,
  handledMs: 1,
  ...overrides,
});

let lines: object[];
let registry: Registry;
let watch: RepairWatch;
beforeEach(() => {
  jest.useFakeTimers();
  lines = [];
  registry = new Registry();
  watch = new RepairWatch({ warn: (fields: object) => void lines.push(fields) }, registry);
});
afterEach(() => void jest.useRealTimers());

test('orders that only reconciliation announced are counted, and told in one line', async () => {
  watch.see(delivery({}));
  watch.see(delivery({ key: 'DevShop/NOR/8', effect: 'patched', kinds: ['missing', 'refund'] }));
  jest.advanceTimersByTime(1_000);
  expect(lines).toEqual([{ tenant: 'DevShop', market: 'NOR', count: 2, orderIds: ['7', '8'] }]);
  expect(await registry.metrics()).toContain('reconciliation_repaired_total{tenant="DevShop",market="NOR"} 2');
});

test.each<[string, Partial<DeliveryEvent>]>([
  ['an event had announced it as well', { kinds: ['missing', 'order'] }],
  ['it was there already', { effect: 'equal' }],
  ['it was only looked at again', { effect: 'patched', kinds: ['seen'] }],
  ['it is not through', { outcome: 'parked', effect: undefined }],
  ['it is the work of another flow', { group: 'order-sync.reconciliation' }],
])('no repair: %s', (_, overrides) => {
  watch.see(delivery(overrides));
  jest.advanceTimersByTime(1_000);
  expect(lines).toEqual([]);
});
