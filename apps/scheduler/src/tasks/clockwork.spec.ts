import { parseFiring } from '@connector/contracts';
import { aLine, aTask, catchUps, World } from './world.fixture';

let world: World;
beforeEach(() => (world = new World()));

/** A task that has been known since 10:05. */
async function known(...lines: World['lines']): Promise<void> {
  if (lines.length > 0) world.lines = lines;
  await world.at('10:05:00');
}

test('a task is asked for once in its minute, under the id of the minute', async () => {
  await known();
  for (const time of ['10:09:59', '10:10:00', '10:10:01', '10:10:59']) await world.at(time);
  expect(world.requests).toMatchObject([
    { task: 'order-reconciliation', tenant: 'DevShop', market: 'NOR', by: 'schedule', firing: 'order-reconciliation@2026-11-24T10:10Z' },
  ]);
});

test('the scope of a task travels with it, and every market is asked for', async () => {
  const task = aTask({ id: 'order-reconciliation.sweep', scope: 'sweep' });
  await known(aLine({ task }), aLine({ task, market: 'SWE' }));
  await world.at('10:10:00');
  expect(world.requests.map(({ market, scope }) => `${market} ${scope}`)).toEqual(['NOR sweep', 'SWE sweep']);
});

test('a task that is new, or has a new schedule, does not fire what came due before', async () => {
  await world.at('10:15:00');
  await world.at('10:16:00');
  expect(world.firings).toEqual([]);
  world.lines = [aLine({ task: aTask({ at: '5 10 * * *' }) })];
  await world.at('10:17:00');
  await world.at('10:18:00');
  expect(world.firings).toEqual([]);
});

test.each(['disabled', 'no-executor', 'other-environment'] as const)(
  'a task at rest (%s) never fires, nor what came due meanwhile',
  async (rest) => {
    await known(aLine({ rest }));
    for (const time of ['10:10:00', '10:20:00', '10:29:00']) await world.at(time);
    world.lines = [aLine()];
    await world.at('10:29:30');
    expect(world.firings).toEqual([]);
    await world.at('10:30:00');
    expect(world.firings).toEqual(['10:30Z']);
  },
);

test('who does not lead fires nothing', async () => {
  await known();
  world.leads = false;
  await world.at('10:10:00');
  expect(world.firings).toEqual([]);
});

test('while a run is going nothing overlaps it: what comes due collapses into one firing when it ends', async () => {
  await known(aLine({ task: aTask({ at: '* * * * *', catchUp: 'skip' }) }));
  await world.at('10:06:00');
  for (let minute = 7; minute < 20; minute += 1) await world.at(`10:${String(minute).padStart(2, '0')}:00`);
  expect(world.firings).toEqual(['10:06Z']);
  world.finish();
  await world.at('10:19:20');
  expect(world.firings).toEqual(['10:06Z', '10:19Z']);
});

test('a run that says nothing for an hour, and one that was interrupted, hold back nothing', async () => {
  await known();
  await world.at('10:10:00');
  await world.at('11:00:00');
  expect(world.firings).toEqual(['10:10Z']);
  await world.at('11:10:00');
  expect(world.firings).toEqual(['10:10Z', '11:10Z']);
  const { firing = '', task, tenant, market } = world.requests[1]!;
  world.runs.apply({ firing, task, tenant, market, state: 'interrupted', at: world.now, by: 'x', reason: { code: 'A', message: '' } });
  await world.at('11:20:00');
  expect(world.firings).toEqual(['10:10Z', '11:10Z', '11:20Z']);
});

test('a leader that dies between the request and its memory is followed by the same firing, never by none', async () => {
  await known();
  world.diesAfterRequest = true;
  await world.at('10:10:00');
  world.replaceLeader();
  await world.at('10:10:12');
  await world.at('10:11:00');
  expect(world.firings).toEqual(['10:10Z', '10:10Z']);
});

test('two leaders at once ask for the same firing, which is done once', async () => {
  await known();
  const other = world.scheduler();
  world.now = Date.parse('2026-11-24T10:10:00Z');
  await Promise.all([world.clockwork.tick(), other.tick()]);
  expect(new Set(world.firings)).toEqual(new Set(['10:10Z']));
  await Promise.all([world.clockwork.tick(), other.tick()]);
  expect(world.requests.length).toBeLessThanOrEqual(2);
});

test('with Kafka away the firing waits for it', async () => {
  await known();
  world.publishFails = true;
  await world.at('10:10:00');
  expect(world.events).toMatchObject([{ type: 'schedule.failed' }]);
  world.publishFails = false;
  await world.at('10:10:30');
  expect(world.firings).toEqual(['10:10Z']);
});

describe('what came due while nobody led', () => {
  test.each(catchUps)('fires all the same when the next leader is there within a minute (%s)', async (catchUp) => {
    await known(aLine({ task: aTask({ catchUp }) }));
    world.replaceLeader();
    await world.at('10:10:59');
    expect(world.firings).toEqual(['10:10Z']);
  });

  test('later than that, "once" fires the newest one and "skip" none', async () => {
    await known(aLine({ task: aTask({ id: 'a', catchUp: 'once' }) }), aLine({ task: aTask({ id: 'b', catchUp: 'skip' }) }));
    world.replaceLeader();
    await world.at('12:04:00');
    await world.at('12:05:00');
    expect(world.requests.map(({ firing }) => firing)).toEqual(['a@2026-11-24T12:00Z']);
    expect(world.events).toMatchObject([
      { type: 'schedule.fired', lateMs: 240_000 },
      { type: 'schedule.passed-over', lateMs: 240_000 },
    ]);
    world.finish();
    await world.at('12:10:00');
    expect(world.requests.map(({ firing = '' }) => parseFiring(firing)?.task)).toEqual(['a', 'a', 'b']);
  });
});
