import fc from 'fast-check';
import { callClasses } from '@connector/platform';
import { someRules } from '../testing/asks';
import { Call, World } from '../testing/world';
import { Rules } from './rules';

const second = 1_000_000;
const [till, sale, stock, price, catalogue, image] = callClasses.map((_, index) => index) as [
  number,
  number,
  number,
  number,
  number,
  number,
];

function quick(takesUs: number): () => { ending: 'answered'; takesUs: number } {
  return () => ({ ending: 'answered', takesUs });
}

/** Keeps `depth` callers of a class waiting at a process. */
function greedy(world: World, proc: string, w: number, depth = 3): () => void {
  return () => {
    while (world.waiting(proc, w) < depth) world.arrive(proc, w);
  };
}

function grouped(calls: readonly Call[], name: (call: Call) => string): Call[][] {
  const groups = new Map<string, Call[]>();
  for (const call of calls) groups.set(name(call), [...(groups.get(name(call)) ?? []), call]);
  return [...groups.values()];
}

function byKey(calls: readonly Call[]): Call[][] {
  return grouped(calls, ({ key }) => key).map((list) => list.sort((a, b) => a.from - b.from));
}

/** Most calls started on one key within any window, beyond what its bucket allows. */
function overdrawn(calls: readonly Call[], rules: Rules): number {
  let worst = -Infinity;
  for (const list of byKey(calls)) {
    let tat = 0;
    for (const { from } of list) {
      tat = Math.max(tat, from) + rules.intervalUs;
      worst = Math.max(worst, (tat - from) / rules.intervalUs - rules.burst);
    }
  }
  return worst;
}

function mostInFlight(calls: readonly Call[]): number {
  const most = (list: readonly Call[]): number =>
    Math.max(0, ...list.map((call) => list.filter((other) => other.from <= call.from && other.until > call.from).length));
  return Math.max(0, ...byKey(calls).map(most));
}

const arrivals = fc.array(
  fc.record({ after: fc.nat(600_000), proc: fc.constantFrom('a', 'b', 'c'), w: fc.nat(5), takes: fc.nat(900_000) }),
  { maxLength: 120 },
);
const variations = fc.record({
  scope: fc.constantFrom('key', 'account', 'auto'),
  burst: fc.integer({ min: 1, max: 6 }),
  reserve: fc.constant(0),
  inFlight: fc.integer({ min: 1, max: 5 }),
  widenAfter: fc.integer({ min: 1, max: 5 }),
  settleUs: fc.constantFrom(0, 2 * second),
});

describe('the budget', () => {
  it('never overdraws a bucket, never exceeds the calls in flight, and serves everybody', () => {
    fc.assert(
      fc.property(variations, arrivals, (change, plan) => {
        const rules = someRules(change);
        const takes = plan.map((each) => each.takes);
        const world = new World(rules, () => ({ ending: 'answered', takesUs: takes.pop() ?? 1000 }));
        for (const { after, proc, w } of plan) {
          world.run(after);
          world.arrive(proc, w);
        }
        world.run(300 * second);
        expect(world.calls).toHaveLength(plan.length);
        expect(overdrawn(world.calls, rules)).toBeLessThanOrEqual(1e-6);
        expect(mostInFlight(world.calls)).toBeLessThanOrEqual(rules.inFlight);
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    ['key', 30],
    ['account', 10],
  ] as const)('uses the whole rate while calls wait (scope %s)', (scope, rate) => {
    const rules = someRules({ scope });
    const world = new World(rules, quick(5000));
    const fill = ['a', 'b', 'c', 'd'].map((proc) => greedy(world, proc, price));
    world.run(60 * second, () => fill.forEach((each) => each()));
    expect(world.calls.length / 60).toBeGreaterThan(rate * 0.99);
    expect(world.asks / world.calls.length).toBeLessThan(2.1);
  });

  it.each([1, 0.7, 0.35])('uses the whole learned rate of a bucket without slack (%d of the full rate)', (factor) => {
    const rules = someRules({ scope: 'account', burst: 1, reserve: 0, horizonUs: 1_000_000, grow: 0 });
    const world = new World(rules, quick(5000));
    const fill = ['a', 'b', 'c', 'd'].map((proc) => greedy(world, proc, price));
    world.run(second, () => fill.forEach((each) => each()));
    const key = world.state?.keys['k1'];
    if (key) key.factor = factor;
    const before = world.calls.length;
    world.run(60 * second, () => fill.forEach((each) => each()));
    expect((world.calls.length - before) / 600).toBeGreaterThan(factor * 0.99);
  });

  it('keeps the rate when slots are further away than they are given out ahead and calls differ', () => {
    const rules = someRules({ scope: 'account', burst: 1, reserve: 0, horizonUs: 20_000 });
    let calls = 0;
    const world = new World(rules, () => ({ ending: 'answered', takesUs: 1000 * (5 + ((calls++ * 37) % 60)) }));
    const fill = ['a', 'b', 'c', 'd'].map((proc) => greedy(world, proc, price));
    world.run(60 * second, () => fill.forEach((each) => each()));
    expect(world.calls.length / 600).toBeGreaterThan(0.8); // 20 ms of a call may have been spent on its way
  });

  it('gives equal shares to equal processes', () => {
    const world = new World(someRules(), quick(5000));
    const fill = ['a', 'b', 'c', 'd'].map((proc, index) => greedy(world, proc, price, 1 + index * 5));
    world.run(60 * second, () => fill.forEach((each) => each()));
    const shares = grouped(world.calls, ({ proc }) => proc).map((list) => list.length);
    const jain = shares.reduce((a, b) => a + b) ** 2 / (shares.length * shares.reduce((a, b) => a + b * b, 0));
    expect(jain).toBeGreaterThan(0.999);
  });

  it('lets a sale wait two slots and the call in flight at most, while an export takes everything', () => {
    const rules = someRules({ scope: 'account', burst: 1, reserve: 0 });
    const world = new World(rules, quick(30_000));
    const fill = ['a', 'b', 'c'].map((proc) => greedy(world, proc, catalogue));
    const all = (): void => fill.forEach((each) => each());
    for (let i = 0; i < 60; i++) {
      world.run(1_037_000, all);
      world.arrive('d', sale);
    }
    world.run(second, all);
    expect(world.of(sale)).toHaveLength(60);
    expect(Math.max(...world.of(sale).map(({ waited }) => waited))).toBeLessThanOrEqual(2 * rules.intervalUs + 30_000);
  });

  it('spends the lane on the export right after a sale, although the process that sold waits for nothing more', () => {
    const rules = someRules({ keys: ['k1'], scope: 'key', burst: 4, reserve: 2, inFlight: 1 });
    const world = new World(rules, () => ({ ending: 'answered', takesUs: 5_000 }));
    let sold = 0;
    world.run(60_000_000, () => {
      while (world.waiting('export', 4) < 4) world.arrive('export', 4);
      if (world.now > 1_000_000_000 + sold * 700_000) {
        sold += 1;
        world.arrive('shop', 1);
      }
    });
    // Ten calls a second for a minute.
    expect(world.calls.length).toBeGreaterThanOrEqual(600 * 0.97);
  });

  it('keeps burst slots for the urgent classes that bulk calls cannot take', () => {
    const world = new World(someRules({ scope: 'account', inFlight: 10 }), quick(1000));
    const fill = greedy(world, 'a', catalogue);
    world.run(20 * second, fill);
    world.arrive('b', till);
    world.run(second, fill);
    expect(world.of(till)[0]?.waited).toBe(0);
    expect(world.calls.length / 21).toBeGreaterThan(9.8); // and the whole rate is used all the same
  });

  it('lets no class starve, and leaves most of the budget to the urgent', () => {
    const world = new World(someRules({ scope: 'account', burst: 1, reserve: 0 }), quick(1000));
    const fill = [sale, stock, price, catalogue, image].map((w) => greedy(world, `p${w}`, w));
    world.run(300 * second, () => fill.forEach((each) => each()));
    for (const w of [stock, price, catalogue, image]) expect(world.of(w).length).toBeGreaterThan(300 * 10 * 0.02);
    expect(Math.max(...world.calls.map(({ waited }) => waited))).toBeLessThan(20 * second);
    expect(world.of(sale).length).toBeGreaterThan(world.calls.length * 0.7);
  });

  it('keeps long calls off the first of several keys', () => {
    const world = new World(someRules(), quick(2 * second));
    const fill = [greedy(world, 'a', image), greedy(world, 'b', catalogue)];
    world.run(30 * second, () => fill.forEach((each) => each()));
    expect(new Set(world.calls.map(({ key }) => key))).toEqual(new Set(['k2', 'k3']));
    world.arrive('c', sale);
    world.run(second, () => fill.forEach((each) => each()));
    expect(world.of(sale)[0]).toMatchObject({ key: 'k1', waited: 0 });
  });

  it('starts with one call at a time and opens key by key while nobody minds', () => {
    const world = new World(someRules({ scope: 'auto' }), quick(80_000));
    const fill = greedy(world, 'a', price, 6);
    world.run(1.5 * second, fill);
    expect(new Set(world.calls.map(({ key }) => key))).toEqual(new Set(['k1', 'k2']));
    world.run(28 * second, fill);
    expect(world.state?.width).toBe(3);
  });

  it('goes back to one call at a time at the first "Too many connections", and looks again after the pause', () => {
    const world = new World(someRules({ scope: 'auto' }), (_call, running) => ({
      ending: running.length > 0 ? 'crowded' : 'answered',
      takesUs: 80_000,
    }));
    const fill = greedy(world, 'a', price, 6);
    const crowded = (): number =>
      world.calls.filter((call) => world.calls.some((other) => other !== call && other.from <= call.from && other.until > call.from))
        .length;
    world.run(60 * second, fill);
    expect(world.state?.width).toBe(1);
    expect(crowded()).toBeLessThanOrEqual(2);
    world.run(240 * second, fill);
    expect(crowded()).toBeLessThanOrEqual(8); // one attempt per 90 s
    expect(crowded()).toBeGreaterThanOrEqual(3);
    expect(world.calls.length).toBeGreaterThan(300 * 10 * 0.9);
  });
});
