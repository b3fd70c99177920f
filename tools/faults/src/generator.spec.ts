import { generate, generatorDefaults } from './generator';

const settings = { seed: 7, events: 2_000, orders: 100, repeated: 0.1, reordered: 0.2, garbage: 0.05 };
const eventsOf = (requests: ReturnType<typeof generate>) => requests.flatMap(({ events }) => events);

test('the same seed gives the same run, another seed another', () => {
  expect(generate(settings)).toEqual(generate(settings));
  expect(generate({ ...settings, seed: 8 })).not.toEqual(generate(settings));
});

test('every event is sent, some of them three times under the same id', () => {
  const times = new Map<string, number>();
  for (const { id } of eventsOf(generate(settings))) times.set(id, (times.get(id) ?? 0) + 1);
  expect(times.size).toBe(2_000);
  const thrice = [...times.values()].filter((count) => count === 3).length;
  expect(thrice).toBeGreaterThan(100);
  expect([...times.values()].every((count) => count === 1 || count === 3)).toBe(true);
});

test('some events come later than they happened', () => {
  const first = [...new Set(eventsOf(generate({ ...settings, repeated: 0 })).map(({ id }) => Number(id.split('-').at(-1))))];
  const late = first.filter((index, place) => place > 0 && index < Math.max(...first.slice(Math.max(0, place - 30), place)));
  expect(late.length).toBeGreaterThan(100);
});

test('hot orders get their share', () => {
  const events = eventsOf(generate({ ...settings, hotShare: 0.5, hotOrders: 2 }));
  const hot = events.filter(({ order }) => order <= 2).length / events.length;
  expect(hot).toBeGreaterThan(0.4);
  expect(hot).toBeLessThan(0.6);
});

test('keeps the pace over the whole, with bursts in it', () => {
  const requests = generate({ ...settings, perSecond: 100 });
  const lastAtMs = requests.at(-1)!.atMs;
  expect(lastAtMs).toBeGreaterThan(15_000);
  expect(lastAtMs).toBeLessThan(30_000);
  const perMoment = new Map<number, number>();
  for (const { atMs } of requests) perMoment.set(atMs, (perMoment.get(atMs) ?? 0) + 1);
  expect(Math.max(...perMoment.values())).toBeGreaterThanOrEqual(10);
});

test('some requests are no events', () => {
  const garbage = generate(settings).filter((request) => request.garbage !== undefined);
  expect(garbage.length).toBeGreaterThan(10);
  expect(new Set(garbage.map((request) => request.garbage)).size).toBe(garbage.length);
});

test('the defaults alone are a run', () => {
  expect(eventsOf(generate({})).length).toBeGreaterThanOrEqual(generatorDefaults.events);
});
