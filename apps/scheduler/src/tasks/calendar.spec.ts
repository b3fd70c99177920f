import { Schedule } from '@connector/connector-config';
import fc from 'fast-check';
import { aLine, aTask, catchUps, World } from './world.fixture';

const dayMs = 86_400_000;
const secondMs = 1_000;

/** Years with both clock changes, in zones that have them at different times and in one that has none. */
const zones = ['Europe/Oslo', 'America/New_York', 'Australia/Lord_Howe', 'UTC'];
const schedules = ['*/45 * * * *', '30 2 * * *', '0 3 * * 0', '15,45 2 * * *', '*/20 0-4 * * *', '59 23 31 12 *', '0 6 * * 1-5'];

interface Kill {
  /** Into a firing's minute, ms; negative: before it. */
  atMs: number;
  /** Until another leads: 15 s at most. */
  goneMs: number;
  afterRequest: boolean;
}

const kill: fc.Arbitrary<Kill> = fc.record({
  atMs: fc.integer({ min: -14_000, max: 2_000 }),
  goneMs: fc.integer({ min: 1, max: 15_000 }),
  afterRequest: fc.boolean(),
});

/**
 * Lives through the days with a leader that is killed around every firing, in the middle of it or before. Time moves from one interesting
 * moment to the next: nothing happens between them.
 */
async function live(world: World, schedule: Schedule, from: number, days: number, kills: readonly Kill[]): Promise<number[]> {
  const until = from + days * dayMs;
  world.now = from;
  await world.clockwork.tick();
  const calendar: number[] = [];
  for (let next = schedule.next(1, from)[0]!, n = 0; next < until; next = schedule.next(1, next)[0]!, n += 1) {
    calendar.push(next);
    const { atMs, goneMs, afterRequest } = kills[n % kills.length]!;
    const fired = world.requests.length;
    world.diesAfterRequest = afterRequest && atMs >= 0;
    if (atMs > 0 || world.diesAfterRequest) {
      world.now = next;
      await world.clockwork.tick();
    }
    world.diesAfterRequest = false;
    world.replaceLeader();
    world.now = next + atMs + goneMs;
    await world.clockwork.tick();
    world.now = Math.max(world.now, next) + secondMs;
    await world.clockwork.tick();
    world.finish(...world.requests.slice(fired));
  }
  return calendar;
}

/** What the services do: each firing once. */
function doneOf(world: World): number[] {
  return [...new Set(world.requests.map(({ firing = '' }) => firing))].map((firing) => Date.parse(firing.slice(firing.indexOf('@') + 1)));
}

test('1,000 days with a leader killed around every firing: done is what the calendar says, nothing twice, nothing lost', async () => {
  let firings = 0;
  for (const zone of zones)
    for (const at of schedules) {
      const catchUp = catchUps[firings % 2]!;
      const world = new World();
      const task = aTask({ at, zone, catchUp });
      world.lines = [aLine({ task })];
      const kills = fc.sample(kill, { numRuns: 97, seed: 17 });
      const calendar = await live(world, task.schedule, Date.UTC(2025, 0, 1, 0, 0, 30), at.startsWith('*/') ? 20 : 1_000, kills);
      expect(doneOf(world)).toEqual(calendar);
      firings += calendar.length;
    }
  expect(firings).toBeGreaterThan(10_000);
});

test('1,000 days in Oslo with the seed\'s "*/45 * * * *" and leaders killed at any moment', async () => {
  const world = new World();
  const task = aTask({ at: '*/45 * * * *', zone: 'Europe/Oslo' });
  world.lines = [aLine({ task })];
  const calendar = await live(world, task.schedule, Date.UTC(2025, 0, 1, 0, 0, 30), 1_000, fc.sample(kill, { numRuns: 97, seed: 3 }));
  expect(calendar).toHaveLength(48_000);
  expect(doneOf(world)).toEqual(calendar);
});

test('a repetition happens only where a leader died between the request and its memory', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(kill, { minLength: 1, maxLength: 40 }), fc.constantFrom(...zones), async (kills, zone) => {
      const world = new World();
      const task = aTask({ at: '30 2 * * *', zone });
      world.lines = [aLine({ task })];
      const calendar = await live(world, task.schedule, Date.UTC(2026, 2, 1), 40, kills);
      const deaths = calendar.filter((_, n) => kills[n % kills.length]!.afterRequest && kills[n % kills.length]!.atMs >= 0).length;
      expect(world.requests).toHaveLength(calendar.length + deaths);
      expect(doneOf(world)).toEqual(calendar);
    }),
    { numRuns: 50 },
  );
});

test('on the nights the clocks change a daily task is done once, and none is left out, in every zone', async () => {
  for (const zone of zones) {
    const schedule = Schedule.parse('30 2 * * *', zone);
    const days = schedule.next(1_000, Date.UTC(2025, 0, 1));
    const localDay = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' });
    expect(new Set(days.map((day) => localDay.format(day))).size).toBe(1_000);
    const gaps = days.slice(1).map((day, index) => day - days[index]!);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(dayMs + 3_600_000);
  }
});
