import { defaultSettings } from '../settings';
import { StillClock } from '../testing/clock';
import { Limits } from './limits';

const start = (change = {}) => {
  const clock = new StillClock();
  const settings = { ...defaultSettings, ...change };
  return { clock, settings, limits: new Limits(clock, settings) };
};
const times = (count: number, work: (index: number) => void) => Array.from({ length: count }, (_, index) => work(index));

it('lets 20 requests of one user run at a time', () => {
  const { limits } = start();
  times(19, () => limits.enter('a', false));
  const leave = limits.enter('a', false);
  expect(() => limits.enter('a', false)).toThrow(expect.objectContaining({ status: 429, limit: 'requests-per-user' }));
  leave();
  expect(limits.enter('a', false)).toBeInstanceOf(Function);
});

it('lets 40 requests of all users of a tenant run at a time', () => {
  const { limits } = start();
  times(40, (index) => limits.enter(`user-${index % 4}`, false));
  expect(() => limits.enter('another', false)).toThrow(expect.objectContaining({ limit: 'requests-per-tenant' }));
});

it('lets four batch writes run at a time, and other calls beside them', () => {
  const { limits } = start();
  times(4, () => limits.enter('a', true));
  expect(() => limits.enter('b', true)).toThrow(expect.objectContaining({ limit: 'batch-writes', headers: { 'retry-after': '1' } }));
  expect(limits.enter('b', false)).toBeInstanceOf(Function);
  expect(limits.peaks).toEqual({ requests: 5, batchWrites: 4 });
});

it('refuses the 12,001st call of a burst and tells when the next thousand tokens come', () => {
  const { limits, clock } = start();
  times(12_000, () => limits.enter('a', false)());
  clock.advance(2_500);
  expect(() => limits.enter('a', false)).toThrow(expect.objectContaining({ limit: 'bucket', headers: { 'retry-after': '8' } }));
  clock.advance(7_500);
  times(1_000, () => limits.enter('a', false)());
  expect(() => limits.enter('a', false)).toThrow(expect.objectContaining({ limit: 'bucket' }));
});

it('keeps a bucket for each user and never fills it beyond its size', () => {
  const { limits, clock } = start({ bucketTokens: 2 });
  times(2, () => limits.enter('a', false)());
  expect(limits.enter('b', false)).toBeInstanceOf(Function);
  clock.advance(60_000);
  times(2, () => limits.enter('a', false)());
  expect(() => limits.enter('a', false)).toThrow(expect.objectContaining({ limit: 'bucket' }));
});

it('refills in steps of ten seconds from the first call on, however late it is asked', () => {
  const { limits, clock } = start({ bucketTokens: 1, bucketRefillTokens: 1 });
  limits.enter('a', false)();
  clock.advance(12_500);
  limits.enter('a', false)();
  expect(() => limits.enter('a', false)).toThrow(expect.objectContaining({ headers: { 'retry-after': '8' } }));
});

it('follows a limit that is changed while calls run', () => {
  const { limits, settings } = start();
  limits.enter('a', false);
  settings.requestsPerUser = 1;
  expect(() => limits.enter('a', false)).toThrow(expect.objectContaining({ limit: 'requests-per-user' }));
  settings.bucketTokens = 1;
  settings.requestsPerUser = 9;
  limits.enter('a', false);
  expect(() => limits.enter('a', false)).toThrow(expect.objectContaining({ limit: 'bucket' }));
});
