import { omniumRules, localRules, sitooRules } from './rules-of';
import { plan } from './planner';
import { omniumLimits, sitooLimits } from './settings';
import { GateSnapshot } from './snapshot';

describe('Sitoo rules', () => {
  it('start from the safe assumption: one call in flight, at most two per second', () => {
    const rules = sitooRules(['a', 'b'], sitooLimits);
    expect(rules).toMatchObject({ scope: 'auto', inFlight: 1, burst: 1, reserve: 0, longFrom: 4 });
    expect(rules.intervalUs).toBeGreaterThanOrEqual(500_000);
  });

  it.each([
    [1, 53_000, 1, 0],
    [2, 50_000, 1, 0],
    [5, 50_000, 4, 2],
    [20, 50_000, 19, 4],
  ])('leave slack to a server burst of %i', (burst, intervalUs, used, reserve) => {
    expect(sitooRules(['a'], { ...sitooLimits, ratePerSecond: 20, burst })).toMatchObject({ intervalUs, burst: used, reserve });
  });

  it('name keys by fingerprint only', () => {
    const secret = 'my-api-key-and-its-password';
    expect(JSON.stringify(sitooRules([secret], sitooLimits))).not.toContain('my-api');
    expect(sitooRules([secret], sitooLimits).keys[0]).toMatch(/^[0-9a-f]{12}$/);
  });
});

describe('Omnium rules', () => {
  it('carry the published limits', () => {
    const rules = omniumRules(omniumLimits);
    expect(rules).toMatchObject({ intervalUs: 10_000, burst: 12_000, kinds: [[0, 1], [0, 1, 2], [3], [0, 1, 4]] });
    expect(rules.pools.map(({ limit }) => limit)).toEqual([20, 40, 1, 150, 1]);
  });
});

describe('the local share', () => {
  it('is 80 % of the rate over all processes together, without burst, one call at a time', () => {
    const rules = sitooRules(['a', 'b', 'c'], { ...sitooLimits, ratePerSecond: 20, burst: 5, scope: 'key' });
    const own = localRules(rules, 4, 7);
    expect(own).toMatchObject({
      intervalUs: 250_000,
      burst: 1,
      reserve: 0,
      inFlight: 1,
      scope: 'account',
      settleUs: 0,
      cutOnCrowding: true,
    });
  });

  it('starts at a key of its own', () => {
    const rules = sitooRules(['a', 'b', 'c'], sitooLimits);
    expect([0, 1, 2, 3].map((place) => localRules(rules, 4, place).keys[0])).toEqual([...rules.keys, rules.keys[0]]);
  });

  it('shares the pools, at least one place each', () => {
    expect(localRules(omniumRules(omniumLimits), 8, 0).pools.map(({ limit }) => limit)).toEqual([2, 4, 1, 15, 1]);
  });
});

describe('the plan for a job', () => {
  const key = { ratePerSecond: 10, fullRatePerSecond: 10, blockedMs: 0, benchedMs: 0, inFlight: 0 };
  const none = { till: 0, sale: 0, stock: 0, price: 0, catalogue: 0, image: 0 };
  const calm: Pick<GateSnapshot, 'keys' | 'lanes' | 'waiting' | 'grantedPerMinute' | 'waitingProcesses'> = {
    keys: [key, key, key],
    lanes: 2,
    waiting: none,
    grantedPerMinute: none,
    waitingProcesses: 1,
  };
  const job = { calls: 1000, class: 'catalogue' as const };

  it('uses the open lanes', () => {
    expect(plan(calm, job)).toEqual({ perSecond: 20, forMs: 50_000 });
  });

  it('leaves to more urgent classes what they used in the last minute', () => {
    expect(plan({ ...calm, grantedPerMinute: { ...none, sale: 300, image: 900 } }, job)).toEqual({ perSecond: 15, forMs: 1000 / 0.015 });
  });

  it('shares with the other processes that wait', () => {
    expect(plan({ ...calm, waitingProcesses: 4 }, job).perSecond).toBe(5);
  });

  it('adds the block, and ends never without keys', () => {
    expect(plan({ ...calm, keys: [{ ...key, blockedMs: 3000 }] }, job).forMs).toBe(103_000);
    expect(plan({ ...calm, keys: [{ ...key, benchedMs: 5 }] }, job).forMs).toBe(Infinity);
  });
});
