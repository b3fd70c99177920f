import fc from 'fast-check';
import { quotaHeaders, remainingCalls } from './quota-headers';
import { throttleWait } from './throttle-wait';

const now = Date.parse('2026-03-01T12:00:00Z');
const date = 'Sun, 01 Mar 2026 12:00:00 GMT';
const epoch = now / 1000;

describe('the wait a 429 asks for', () => {
  it.each([
    ['Retry-After in seconds', { 'retry-after': '7' }, { forMs: 7000 }],
    ['Retry-After as a date, by the server clock', { date, 'retry-after': 'Sun, 01 Mar 2026 12:00:09 GMT' }, { forMs: 9000 }],
    ['Retry-After as a date without Date', { 'retry-after': 'Sun, 01 Mar 2026 12:00:09 GMT' }, { untilMs: now + 9000 }],
    ['X-Rate-Limit-Reset in Unix seconds', { 'x-rate-limit-reset': String(epoch + 30) }, { untilMs: now + 30_000 }],
    ['X-Rate-Limit-Reset with Date', { date, 'x-rate-limit-reset': String(epoch + 30) }, { forMs: 30_000 }],
    ['X-Rate-Limit-Reset in seconds from now', { 'x-rate-limit-reset': '12' }, { forMs: 12_000 }],
    ['X-RateLimit-Reset in Unix milliseconds', { date, 'x-ratelimit-reset': String(now + 1500) }, { forMs: 1500 }],
    ['the reset before Retry-After', { 'x-rate-limit-reset': '12', 'retry-after': '3' }, { forMs: 12_000 }],
    ['Retry-After when the reset is past', { date, 'x-rate-limit-reset': String(epoch - 5), 'retry-after': '3' }, { forMs: 3000 }],
    ['Retry-After when the reset is absurd', { date, 'x-rate-limit-reset': String(epoch + 90_000), 'retry-after': '3' }, { forMs: 3000 }],
    ['an absurd wait when there is nothing else', { 'retry-after': '86400' }, { forMs: 86_400_000 }],
    ['nothing without headers', {}, undefined],
    ['nothing for zero', { 'retry-after': '0' }, undefined],
    ['nothing for words', { 'retry-after': 'soon', 'x-rate-limit-reset': 'later' }, undefined],
  ])('is %s', (_, headers, expected) => {
    expect(throttleWait(headers, undefined, now)).toEqual(expected);
  });

  it('is what the caller worked out, by its own clock, when no header helps', () => {
    expect(throttleWait({}, now + 4000, now)).toEqual({ forMs: 4000 });
    expect(throttleWait({}, now - 4000, now)).toBeUndefined();
  });

  it('does not depend on the clock of the process when the answer carries a date', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_200_000, max: 1_200_000 }), fc.integer({ min: 1, max: 3500 }), (skewMs, seconds) => {
        const headers = { date, 'x-rate-limit-reset': String(epoch + seconds) };
        expect(throttleWait(headers, undefined, now + skewMs)).toEqual({ forMs: seconds * 1000 });
      }),
    );
  });

  it('is ahead or absent, whatever the headers say', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (reset, after, dateText) => {
        const wait = throttleWait({ 'x-rate-limit-reset': reset, 'retry-after': after, date: dateText }, undefined, now);
        if (wait && 'forMs' in wait) expect(wait.forMs).toBeGreaterThan(0);
        if (wait && 'untilMs' in wait) expect(wait.untilMs).toBeGreaterThan(now);
      }),
    );
  });
});

describe('quota headers', () => {
  it('are found whatever they are called, and others are left out', () => {
    const headers = {
      'x-rate-limit-reset': '1',
      'ratelimit-policy': 'a',
      'x-quota-left': '3',
      'retry-after': '2',
      'set-cookie': 'secret',
      'x-request-id': 'r',
    };
    expect(Object.keys(quotaHeaders(headers))).toEqual(['x-rate-limit-reset', 'ratelimit-policy', 'x-quota-left', 'retry-after']);
  });

  it.each([
    ['x-ratelimit-remaining', '17', 17],
    ['x-rate-limit-remaining', ' 0 ', 0],
    ['ratelimit-remaining', 'many', -1],
    ['x-remaining', '5', -1],
  ])('tell the calls left (%s: %s)', (name, value, expected) => {
    expect(remainingCalls({ [name]: value })).toBe(expected);
  });
});
