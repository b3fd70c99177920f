import type { Refusal } from '../limiter/judge';
import { LimiterScene, type PodPlan } from '../limiter/scene';
import { pause } from '../proxy/fault-plan';
import { Random } from '../random';
import type { StackCell } from './stack-cell';

const ratePerSecond = 10;
const keys = [0, 1, 2, 3, 4];
/** The pause after a 429 that names no time, and the longest wait that is believed, ms. */
const [blockMs, blockMaxMs] = [2_000, 4_000];
const askedS = 3;
/** The server refuses for less than any of the waits: who comes back in time is served. */
const refusesMs = 1_500;
/** From 70 % of the rate back to all of it at 2 % a second, and a second more. */
const growsBackMs = 16_000;
const measuredMs = 4_000;
const greedy: PodPlan = { callers: [{ class: 'price', count: 4, takesMs: 5 }] };

/** What a 429 says, and what the limiter has to make of it. */
const kinds: { name: string; answer: () => { headers: Record<string, string>; wait: Refusal['wait'] } }[] = [
  { name: 'seconds', answer: () => ({ headers: { 'retry-after': String(askedS) }, wait: { forMs: askedS * 1_000 } }) },
  { name: 'HTTP date', answer: inDate },
  { name: 'absent', answer: () => ({ headers: {}, wait: { forMs: blockMs } }) },
  { name: 'absurd', answer: () => ({ headers: { 'retry-after': '3600' }, wait: { forMs: blockMaxMs } }) },
];

/** HTTP dates have whole seconds. */
export function inDate(): { headers: Record<string, string>; wait: { untilAt: number } } {
  const untilMs = Math.ceil(Date.now() / 1_000 + askedS) * 1_000;
  return { headers: { 'retry-after': new Date(untilMs).toUTCString() }, wait: { untilAt: performance.now() + untilMs - Date.now() } };
}

/** One key after the other is refused, in one of the four ways each; a fifth never is. */
export const throttled: StackCell = {
  name: 'F17',
  title: '429 with Retry-After as seconds, as HTTP date, absent, and absurd (1 h), while three processes call five keys',
  stack: true,
  part: 'limiter',
  targets: { planned429s: { min: 4 }, useOfOtherKeys: { min: 0.95 }, useInTheEnd: { min: 0.95 } },
  async play({ run, seed, preload }) {
    const random = new Random(seed);
    const scene = await LimiterScene.start({
      ...{ run, cell: 'F17', seed, preload, keys: keys.length, ratePerSecond, burst: 5, inFlight: 4 },
      settings: { blockMs, blockMaxMs },
      pods: [greedy, greedy, greedy],
    });
    try {
      await scene.inUse();
      const from = performance.now();
      const left = [...keys];
      const take = () => left.splice(random.between(0, left.length - 1), 1)[0] ?? 0;
      const refusals: Refusal[] = [];
      for (const { name, answer } of kinds) {
        await pause(random.between(300, 900));
        const key = take();
        const { headers, wait } = answer();
        refusals.push({ name, key, setAt: performance.now(), wait });
        scene.server.refuse(key, headers);
        setTimeout(() => scene.server.accept(key), refusesMs);
      }
      await pause(blockMaxMs + growsBackMs);
      const [end, to] = [performance.now(), performance.now() + measuredMs];
      await pause(measuredMs);
      const others = { what: 'keys that were not refused', from, to, keys: left, least: 0.95, invariant: 'I7' as const };
      const grown = { what: 'all keys, grown back', from: end, to, keys, least: 0.95, invariant: 'I8' as const };
      const { figures, violations } = await scene.finish({ refusals, backlogs: [others, grown] });
      return {
        figures: { ...figures, faults: kinds.length, useOfOtherKeys: scene.use(others, left), useInTheEnd: scene.use(grown, keys) },
        violations,
      };
    } finally {
      await scene.close();
    }
  },
};
