import fc from 'fast-check';
import { equalJitter, fullJitter } from './backoff';
import { CallError, type CallErrorFacts, type CallFailure, type CallTarget } from './call-error';
import { decideRetry, standardRetry, type RetryQuestion } from './retry';
import { MAX_RETRY_AFTER_MS, retryAfterMs } from './retry-after';

function failed(failure: CallFailure, facts: Partial<CallErrorFacts> = {}, target: CallTarget = 'sitoo'): CallError {
  return new CallError(target, 'orders.list', failure, 'said so', { retryable: true, ...facts });
}

function ask(overrides: Partial<RetryQuestion>): ReturnType<typeof decideRetry> {
  return decideRetry({
    error: failed('SERVER_ERROR'),
    attempt: 1,
    policy: standardRetry,
    safeToRepeat: true,
    remainingMs: 45_000,
    canRenew: false,
    hasOtherKey: false,
    random: 0.5,
    ...overrides,
  });
}

describe('the retry decision', () => {
  it.each<CallFailure>(['SERVER_ERROR', 'UNREACHABLE', 'TIMEOUT', 'THROTTLED'])('repeats after %s', (failure) => {
    expect(ask({ error: failed(failure) })).toMatchObject({ again: true });
  });

  it.each<CallFailure>([
    'UNAUTHORISED',
    'FORBIDDEN',
    'NOT_FOUND',
    'REJECTED',
    'CONFLICT',
    'BAD_ANSWER',
    'CIRCUIT_OPEN',
    'NOT_ADMITTED',
    'CANCELLED',
  ])('does not repeat after %s', (failure) => {
    expect(ask({ error: failed(failure) })).toMatchObject({ again: false, reason: 'repeating cannot help' });
  });

  it('never repeats without a policy', () => {
    expect(ask({ policy: false })).toMatchObject({ again: false });
  });

  it('renews an authorisation even without a policy', () => {
    expect(ask({ policy: false, error: failed('UNAUTHORISED'), canRenew: true })).toMatchObject({
      again: true,
      afterMs: 0,
      change: 'authorisation',
    });
  });

  it('tries another key at once when one is refused', () => {
    expect(ask({ error: failed('FORBIDDEN'), hasOtherKey: true })).toMatchObject({ again: true, afterMs: 0, change: 'key' });
  });

  it('stops when the attempts are used up', () => {
    expect(ask({ attempt: standardRetry.maxAttempts })).toMatchObject({ again: false, reason: 'attempts used up' });
  });

  it('stops an unclear write that is not safe to repeat', () => {
    expect(ask({ error: failed('TIMEOUT', { outcomeUnknown: true }), safeToRepeat: false })).toMatchObject({ again: false });
  });

  it('repeats a write that was certainly not executed', () => {
    expect(ask({ error: failed('UNREACHABLE', { outcomeUnknown: false }), safeToRepeat: false })).toMatchObject({ again: true });
  });

  it('stops when the pause would outlast the deadline', () => {
    expect(ask({ error: failed('THROTTLED', { retryAfterMs: 5_000 }), remainingMs: 5_000 })).toMatchObject({ again: false });
  });

  it('waits exactly as long as the target asked', () => {
    expect(ask({ error: failed('THROTTLED', { retryAfterMs: 3_000 }) })).toMatchObject({ afterMs: 3_000 });
  });

  it('waits no shorter than a 503 asked', () => {
    expect(ask({ error: failed('SERVER_ERROR', { retryAfterMs: 3_000 }) })).toMatchObject({ afterMs: 3_000 });
  });

  it.each<[string, CallError, number]>([
    ['a second connection', failed('THROTTLED', { tooManyConnections: true }), 300],
    ['the quota of Sitoo', failed('THROTTLED'), 3_750],
    ['the quota of Omnium', failed('THROTTLED', {}, 'omnium'), 1_500],
  ])('pauses for %s as long as is known to work', (_, error, afterMs) => {
    expect(ask({ error })).toMatchObject({ again: true, afterMs });
  });
});

describe('backoff', () => {
  it.each([
    ['full', fullJitter],
    ['equal', equalJitter],
  ])('with %s jitter is finite, not negative and never above its maximum', (_, backoff) => {
    const inputs = [
      fc.integer({ min: 1, max: 1_000_000 }),
      fc.integer({ min: 0, max: 1e9 }),
      fc.integer({ min: 0, max: 1e9 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    ] as const;
    fc.assert(
      fc.property(...inputs, (attempt, baseMs, maxMs, random) => {
        const pauseMs = backoff(attempt, baseMs, maxMs, random);
        return Number.isFinite(pauseMs) && pauseMs >= 0 && pauseMs <= maxMs;
      }),
    );
  });

  it('doubles its ceiling per attempt', () => {
    expect([1, 2, 3, 4, 5].map((attempt) => fullJitter(attempt, 100, 1_000, 1))).toEqual([100, 200, 400, 800, 1_000]);
  });
});

describe('the pause a target asks for', () => {
  const now = Date.UTC(2026, 9, 7, 10, 0, 0);
  it.each<[string, Record<string, string>, number | undefined]>([
    ['seconds', { 'retry-after': '7' }, 7_000],
    ['a date', { 'retry-after': 'Wed, 07 Oct 2026 10:00:30 GMT' }, 30_000],
    ['a date that has passed', { 'retry-after': 'Wed, 07 Oct 2026 09:00:00 GMT' }, 0],
    ['a reset time', { 'x-rate-limit-reset': String(now / 1000 + 12) }, 12_000],
    ['both, of which the reset time wins', { 'x-rate-limit-reset': String(now / 1000 + 12), 'retry-after': '3' }, 12_000],
    ['a reset that is no Unix time, and seconds', { 'x-rate-limit-reset': '12', 'retry-after': '3' }, 3_000],
    ['far too long', { 'retry-after': '999999999999' }, MAX_RETRY_AFTER_MS],
    ['nonsense', { 'retry-after': 'soon', 'x-rate-limit-reset': '-1' }, undefined],
    ['nothing', {}, undefined],
  ])('as %s', (_, headers, pauseMs) => {
    expect(retryAfterMs(headers, now)).toBe(pauseMs);
  });

  it('is never negative, never above the cap and never NaN', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (reset, after) => {
        const pauseMs = retryAfterMs({ 'x-rate-limit-reset': reset, 'retry-after': after }, now);
        return pauseMs === undefined || (pauseMs >= 0 && pauseMs <= MAX_RETRY_AFTER_MS);
      }),
    );
  });
});
