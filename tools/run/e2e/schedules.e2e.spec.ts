import { generateTradingDay, saleMix } from '@connector/testing';
import { Scene, until } from './scene';

interface Task {
  id: string;
  fires: boolean;
  rest: string | null;
  schedule: { words: string; next: string[] };
  markets: { market: string; running: Run | null }[];
}

interface Run {
  by: string;
  state: string;
}

let scene: Scene;
beforeAll(async () => {
  // Its own clock asks once, at the start; the rest is up to the scheduler.
  scene = await Scene.start({ RECONCILE_EVERY_MS: '86400000', CONNECTOR_ENVIRONMENT: 'demo' });
});
afterAll(() => scene?.stop());

async function scheduler<T>(method: string, route: string): Promise<T> {
  const response = await fetch(`${scene.app('scheduler').url}/tasks${route}`, { method });
  return (await response.json()) as T;
}

const reconciliation = '/DevShop/order-reconciliation';

test("the seed's blocks are shown with their times in words, and as what nobody does; ours fire", async () => {
  const { tasks } = await scheduler<{ tasks: Task[] }>('GET', '');
  expect(tasks.map(({ id, fires, rest, schedule }) => [id, fires, rest, schedule.words])).toEqual([
    ['product-export', false, 'no-executor', 'At 0 and 45 minutes past the hour (UTC)'],
    ['product-export.full', false, 'no-executor', 'Every minute (UTC)'],
    ['order-reconciliation', true, null, 'Every 10 minutes (UTC)'],
    ['web-order-reconciliation', true, null, expect.stringContaining('(UTC)')],
    ['order-reconciliation.sweep', true, null, 'At 03:30 (Europe/Oslo)'],
  ]);
  for (const { schedule } of tasks) expect(schedule.next).toHaveLength(5);
});

test('reconciliation that is run now finds a receipt whose event was lost, and each run ends with its result; without Redis data too', async () => {
  // Ids rise with time across all specs of a broker: the market's cursor is kept there, and what is far below it is not looked at again.
  const firstOrderId = 20_000_000_001 + (Math.floor(Date.now() / 1000) % 1_000_000) * 100;
  const [lost] = generateTradingDay({ seed: 9, count: 1, firstOrderId, mix: saleMix });
  await scene.flushRedis();
  await scene.sell([lost!.order], { silently: true });
  const isThere = async () => (await scene.omnium<string[]>('GET', '/orders?ids=only')).includes(scene.omniumId(firstOrderId));
  // What has just become visible waits for its event first, so the first run may leave it to the next.
  await until('the receipt in Omnium', async () => {
    await scheduler('POST', `${reconciliation}/run`);
    await until('the run to end', async () => (await scheduler<Task>('GET', reconciliation)).markets[0]?.running === null);
    return isThere();
  });
  const { runs } = await scheduler<{ runs: Run[] }>('GET', `${reconciliation}/history`);
  const byHand = runs.filter(({ by }) => by === 'person');
  expect(byHand.length).toBeGreaterThan(0);
  for (const run of byHand) expect(run).toMatchObject({ state: 'finished', result: 'done', counts: { read: expect.any(Number) } });
});
