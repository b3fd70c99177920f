/** Resolves after `ms` milliseconds; only for the pause between two questions, never instead of one. */
export function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/**
 * Asks until the answer is truthy and returns it. Rejects with `what` after `withinMs`, or at once when `gaveUp` says why there is no
 * point in asking on (a string).
 * @param {() => unknown} ask
 * @param {{ what: string, withinMs: number, everyMs?: number, gaveUp?: () => string | false | undefined }} options
 */
export async function until(ask, { what, withinMs, everyMs = 50, gaveUp = () => undefined }) {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    const reason = gaveUp();
    if (reason) throw new Error(reason);
    if (performance.now() > deadline) throw new Error(`${what}: not within ${Math.round(withinMs / 1000)} s`);
    await pause(everyMs);
  }
}
