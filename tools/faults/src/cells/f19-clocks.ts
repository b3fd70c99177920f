import type { Refusal } from '../limiter/judge';
import { LimiterScene } from '../limiter/scene';
import { pause } from '../proxy/fault-plan';
import { Random } from '../random';
import { inDate } from './f17-throttled';
import type { StackCell } from './stack-cell';

const ratePerSecond = 10;
const keys = [0, 1, 2];
const refusedKey = 0;
const refusesMs = 1_500;
const measuredMs = 15_000;
const tenMinutesMs = 600_000;
const callers = [{ class: 'price' as const, count: 4, takesMs: 5 }];

/** One process is ten minutes ahead and one behind; a 429 with a date comes as well. */
export const wrongClocks: StackCell = {
  name: 'F19',
  title: 'The wall clock of one process is ten minutes ahead, of another ten minutes behind, while three share the limiter',
  stack: true,
  part: 'limiter',
  targets: { clockSpreadS: { min: 1_199 }, planned429s: { min: 1 }, use: { min: 0.95 } },
  async play({ run, seed, preload }) {
    const random = new Random(seed);
    const scene = await LimiterScene.start({
      ...{ run, cell: 'F19', seed, preload, keys: keys.length, ratePerSecond, burst: 5, inFlight: 4 },
      pods: [{ callers }, { callers, clockShiftMs: tenMinutesMs }, { callers, clockShiftMs: -tenMinutesMs }],
    });
    try {
      await scene.inUse();
      const from = performance.now();
      await pause(random.between(4_000, 6_000));
      const { headers, wait } = inDate();
      const refusal: Refusal = { name: 'HTTP date', key: refusedKey, setAt: performance.now(), wait };
      scene.server.refuse(refusedKey, headers);
      await pause(refusesMs);
      scene.server.accept(refusedKey);
      await pause(from + measuredMs - performance.now());
      const others = keys.filter((key) => key !== refusedKey);
      const span = { from, to: performance.now() };
      const backlogs = [
        { ...span, what: 'keys that were not refused', keys: others, least: 0.95, invariant: 'I7' as const },
        { from, to: refusal.setAt, what: 'the key before it was refused', keys: [refusedKey], least: 0.95, invariant: 'I7' as const },
      ];
      const { figures, violations } = await scene.finish({ refusals: [refusal], backlogs });
      return { figures: { ...figures, faults: 3, use: scene.use(span, others) }, violations };
    } finally {
      await scene.close();
    }
  },
};
