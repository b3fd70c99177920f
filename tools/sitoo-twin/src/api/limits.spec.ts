import { DEFAULT_SETTINGS, type TwinSettings } from '../settings';
import { CallLimits } from './limits';

function limits(settings: Partial<TwinSettings>) {
  const time = { now: 5_400 };
  const clock = { now: () => time.now, sleep: async () => undefined };
  return { limits: new CallLimits(() => ({ ...DEFAULT_SETTINGS, ...settings }), clock), time };
}

describe('the call limits', () => {
  it('refuse a second call of the same key while the first runs', () => {
    const { limits: calls } = limits({});
    const first = calls.enter(1500, '1500-1');
    expect(calls.enter(1500, '1500-1')).toEqual({ ok: false, kind: 'concurrency' });
    if (first.ok) first.leave();
    expect(calls.enter(1500, '1500-1')).toMatchObject({ ok: true });
  });

  it('let in as many as the settings allow', () => {
    const { limits: calls } = limits({ maxInFlight: 2 });
    expect([1, 2, 3].map(() => calls.enter(1500, '1500-1').ok)).toEqual([true, true, false]);
  });

  it.each([
    ['key', true],
    ['account', false],
  ] as const)('with scope %s let another key of the account in: %s', (concurrencyScope, allowed) => {
    const { limits: calls } = limits({ concurrencyScope });
    calls.enter(1500, '1500-1');
    expect(calls.enter(1500, '1500-2').ok).toBe(allowed);
    expect(calls.enter(1600, '1600-1').ok).toBe(true);
  });

  it('count calls per second and say when the next slot begins', () => {
    const { limits: calls, time } = limits({ ratePerSecond: 2, maxInFlight: 10 });
    expect([calls.enter(1500, 'a').ok, calls.enter(1500, 'a').ok]).toEqual([true, true]);
    expect(calls.enter(1500, 'a')).toEqual({ ok: false, kind: 'rate', resetsAt: 6 });
    time.now = 6_000;
    expect(calls.enter(1500, 'a').ok).toBe(true);
  });
});
