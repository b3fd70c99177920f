import { parseKey } from '@connector/contracts';
import type { OutgoingRecord } from '@connector/event-bus';
import { ReconciliationClock } from './ask';

const markets = [
  { tenant: 'DevShop', market: 'NOR' },
  { tenant: 'DevShop', market: 'SWE' },
];
let records: OutgoingRecord[];
beforeEach(() => {
  jest.useFakeTimers();
  records = [];
});
afterEach(() => void jest.useRealTimers());

test('every market is asked for at the start and at each interval, until it is stopped', () => {
  const clock = new ReconciliationClock({ publish: async (some) => void records.push(...some) }, markets, 60_000);
  clock.start();
  jest.advanceTimersByTime(120_000);
  clock.stop();
  jest.advanceTimersByTime(600_000);
  const asked = ['NOR', 'SWE'].flatMap((market) => ['order', 'web-order'].map((what) => `${market} ${what}-reconciliation`));
  expect(records.map(({ key }) => `${parseKey(key)?.market} ${parseKey(key)?.id}`)).toEqual([...asked, ...asked, ...asked]);
  expect(JSON.parse(String(records[0]?.value))).toMatchObject({ task: 'order-reconciliation', tenant: 'DevShop', by: 'schedule' });
});

test('with Kafka away nothing is thrown', async () => {
  const clock = new ReconciliationClock({ publish: () => Promise.reject(new Error('no broker')) }, markets, 60_000);
  await expect(clock.ask()).resolves.toBeUndefined();
});
