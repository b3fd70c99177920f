import { StuckWatch } from './stuck-watch';

test.each([
  ['a lively member is not stuck', 10, true, false],
  ['a silent member whose broker answers is stuck', 70_000, true, true],
  ['a silent member whose broker is away is not', 70_000, false, false],
])('%s', async (_name, silentMs, answers, stuck) => {
  const watch = new StuckWatch(() => silentMs, async () => answers, 60_000);
  await watch.look();
  expect(watch.stuck).toBe(stuck);
});

test('a member that came back while the broker was asked is not stuck, and recovers from having been', async () => {
  let silentMs = 70_000;
  const watch = new StuckWatch(() => silentMs, async () => true, 60_000);
  await watch.look();
  expect(watch.stuck).toBe(true);
  silentMs = 5;
  await watch.look();
  expect(watch.stuck).toBe(false);
});

test('the broker is not asked while the member is lively', async () => {
  let asked = 0;
  const watch = new StuckWatch(() => 0, async () => ++asked > 0, 60_000);
  await watch.look();
  expect(asked).toBe(0);
});
