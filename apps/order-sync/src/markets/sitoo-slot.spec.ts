import type { CallPass, CallResult } from '@connector/platform';
import { passOf, takeSitooSlot } from './sitoo-slot';

function scene() {
  const left: CallResult[] = [];
  const pass: CallPass = { key: 0, waitedMs: 0, leave: async (result) => void left.push(result) };
  return { pass, left, take: () => takeSitooSlot({ enter: async () => pass }, new AbortController().signal) };
}

test('the pass of a slot serves one call', async () => {
  const { pass, take } = scene();
  const next = passOf((await take()).value);
  expect([next?.(), next?.()]).toEqual([pass, undefined]);
});

test('a pass that was not used goes back, once', async () => {
  const { left, take } = scene();
  const { release } = await take();
  release();
  release();
  expect(left).toHaveLength(1);
});

test('a pass that was used is given back by its call, not by the slot', async () => {
  const { left, take } = scene();
  const { value, release } = await take();
  passOf(value)?.();
  release();
  expect(left).toEqual([]);
});

test('without a slot the first call waits for a pass of its own', () => {
  expect(passOf(undefined)).toBeUndefined();
});
