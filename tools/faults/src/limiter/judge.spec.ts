import type { Arrival } from '@connector/testing';
import { judge, quantile, useOf, type LimiterPlan, type Wait } from './judge';

/** Ten calls a second on one key, evenly, with changes. */
const steady = (from: number, to: number, change: Partial<Arrival> = {}): Arrival[] =>
  Array.from({ length: Math.ceil((to - from) / 100) }, (_, index) => ({
    at: from + index * 100,
    worker: 0,
    key: 0,
    status: 'ok',
    ...change,
  }));

const refused = (at: number, change: Partial<Arrival> = {}): Arrival => ({ at, worker: 0, key: 0, status: 'throttled', ...change });

const broken = (arrivals: readonly Arrival[], plan: Partial<LimiterPlan>, waits: readonly Wait[] = []) =>
  judge({ arrivals: [...arrivals].sort((a, b) => a.at - b.at), waits }, { ratePerSecond: 10, inFlight: 3, ...plan }).map(
    ({ invariant, message }) => `${invariant} ${message}`,
  );

describe('429s of the server', () => {
  it('are a violation each in steady state, of the rate and of calls at once alike', () => {
    expect(broken([...steady(0, 1000), refused(500), refused(700, { worker: 2, status: 'crowded' })], {})).toEqual([
      'I7 the server refused pod 0 on key 0 (throttled) in steady state',
      'I7 the server refused pod 2 on key 0 (crowded) in steady state',
    ]);
  });

  it('are forgiven once per pod and fail-over, not twice, and not after it', () => {
    const failovers = [
      { from: 1000, to: 2000 },
      { from: 3000, to: 4000 },
    ];
    const forgiven = [refused(1100), refused(1200, { worker: 1 }), refused(3100)];
    expect(broken(forgiven, { failovers })).toEqual([]);
    expect(broken([...forgiven, refused(1300)], { failovers })).toEqual([
      'I7 the server refused pod 0 on key 0 (throttled) a second time in one fail-over',
    ]);
    expect(broken([...forgiven, refused(2000)], { failovers })).toEqual([
      'I7 the server refused pod 0 on key 0 (throttled) in steady state',
    ]);
  });
});

describe('a 429 that asks for a wait', () => {
  const plan = { refusals: [{ name: 'seconds', key: 0, setAt: 1000, wait: { forMs: 3000 } }] };
  const met = [...steady(0, 1000), refused(1000, { planned: true })];

  it('is obeyed by all pods for its time, and then the key is called again', () => {
    expect(broken([...met, ...steady(4000, 5000), ...steady(0, 5000, { key: 1 })], plan)).toEqual([]);
  });

  it('forgives as many calls on their way as a key may have at once', () => {
    const onTheirWay = [refused(1020, { worker: 1, planned: true }), refused(1040, { worker: 2, planned: true })];
    expect(broken([...met, ...onTheirWay, ...steady(4000, 5000)], plan)).toEqual([]);
    expect(broken([...met, ...onTheirWay, refused(1060, { worker: 1, planned: true }), ...steady(4000, 5000)], plan)).toEqual([
      'I7 pod 1 called key 0 60 ms into a wait of 3000 ms (seconds)',
    ]);
  });

  it('is broken by whoever calls during the wait, answered or not', () => {
    expect(broken([...met, ...steady(3800, 5000, { worker: 2 })], plan)).toEqual([
      'I7 pod 2 called key 0 2800 ms into a wait of 3000 ms (seconds)',
      'I7 pod 2 called key 0 2900 ms into a wait of 3000 ms (seconds)',
    ]);
  });

  it('that names a moment lasts until then', () => {
    const moment = { refusals: [{ name: 'date', key: 0, setAt: 1000, wait: { untilAt: 2500 } }] };
    expect(broken([...met, ...steady(2500, 3000)], moment)).toEqual([]);
    expect(broken([...met, ...steady(2400, 3000)], moment)).toEqual(['I7 pod 0 called key 0 1400 ms into a wait of 1500 ms (date)']);
  });

  it('must not end the use of the key; a call during the wait is none after it', () => {
    const never = 'I8 key 0 was not called again within 1500 ms of its wait (seconds)';
    expect(broken([...met, ...steady(6000, 7000)], plan)).toEqual([never]);
    expect(broken([...met, ...steady(3500, 3600)], plan)).toEqual([
      'I7 pod 0 called key 0 2500 ms into a wait of 3000 ms (seconds)',
      never,
    ]);
  });

  it('has to be met, or the cell has shown nothing', () => {
    expect(broken(steady(0, 5000, { key: 1 }), plan)).toEqual(['I8 nobody met the 429 of key 0 (seconds)']);
  });
});

describe('the budget', () => {
  const backlog = { what: 'steady', from: 1000, to: 3000, keys: [0], least: 0.95, invariant: 'I7' as const };

  it('is used while there is backlog', () => {
    expect(broken(steady(0, 4000), { backlogs: [backlog] })).toEqual([]);
    expect(broken(steady(0, 2700), { backlogs: [backlog] })).toEqual(['I7 steady: 85.0 % of the budget was used and 95.0 % was promised']);
    expect(broken(steady(0, 2700), { backlogs: [{ ...backlog, invariant: 'I8' }] })[0]).toMatch(/^I8 /);
  });

  it('counts accepted calls of the named keys only', () => {
    const others = [...steady(0, 4000, { key: 1 }), ...steady(1000, 2000), ...steady(2000, 4000, { status: 'throttled', planned: true })];
    expect(useOf(others, backlog, [0], 10)).toBe(0.5);
    expect(useOf(others, backlog, [0, 1], 10)).toBe(0.75);
  });
});

test('a standstill is told with its length, at the begin and at the end as well', () => {
  const progress = { from: 0, to: 10_000, everyMs: 2000 };
  expect(broken(steady(0, 10_000), { progress })).toEqual([]);
  expect(broken([...steady(2500, 4000), ...steady(7000, 7100)], { progress })).toEqual([
    'I8 no call got through for 2500 ms',
    'I8 no call got through for 3100 ms',
    'I8 no call got through for 3000 ms',
  ]);
});

describe('waits of a class', () => {
  const sale = (waitedMs: number): Wait => ({ class: 'sale', waitedMs });
  const many = [...Array.from({ length: 99 }, () => sale(50)), { class: 'image' as const, waitedMs: 9000 }];

  it('are bounded for the promised share of them', () => {
    const waits = { class: 'sale' as const, share: 0.99, withinMs: 100 };
    expect(broken([], { waits }, [...many, sale(500)])).toEqual([]);
    expect(broken([], { waits }, [...many, sale(500), sale(500)])).toEqual([
      'I7 99.0 % of the waits of class sale are up to 500 ms, more than 100 ms',
    ]);
    expect(broken([], { waits: { ...waits, share: 1 } }, [...many, sale(500)])).toHaveLength(1);
  });

  it('have to exist', () => {
    expect(broken([], { waits: { class: 'sale', share: 1, withinMs: 100 } }, [{ class: 'image', waitedMs: 1 }])).toEqual([
      'I8 no sale got through',
    ]);
  });

  it('are ranked exactly', () => {
    expect(quantile([3, 1, 2], 1)).toBe(3);
    expect(quantile([3, 1, 2], 0.5)).toBe(2);
  });
});
