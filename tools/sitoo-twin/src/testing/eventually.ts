import { setTimeout as wait } from 'node:timers/promises';

/** Waits until the condition holds; fails after five seconds. */
export async function eventually(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 5000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`not within 5 s: ${holds.toString()}`);
    await wait(2);
  }
}
