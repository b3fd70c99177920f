import { isInPeriod, localDate, tradingDayOf } from './day';

const zone = 'Europe/Oslo';
const unix = (iso: string) => Date.parse(iso) / 1000;
const report = (dates: { dateopened?: number | null; datecreated?: number }) => ({ zreportid: 1, registerid: '{R}', ...dates });

test.each([
  ['a sale at half past midnight', '2026-11-23T23:30:00Z', '2026-11-24'],
  ['the last second of the day', '2026-11-24T22:59:59Z', '2026-11-24'],
  ['the night the clocks go back, first time', '2026-10-25T00:30:00Z', '2026-10-25'],
  ['the same night, one hour later on the same clock', '2026-10-25T01:30:00Z', '2026-10-25'],
  ['the end of that day of 25 hours', '2026-10-25T22:59:59Z', '2026-10-25'],
  ['the end of the day of 23 hours', '2026-03-29T21:59:59Z', '2026-03-29'],
  ['one second later', '2026-03-29T22:00:00Z', '2026-03-30'],
])('the local date of %s', (_, iso, date) => {
  expect(localDate(unix(iso), zone)).toBe(date);
});

test('a report belongs to the day its register was opened, also when it was closed after midnight', () => {
  const night = report({ dateopened: unix('2026-11-24T09:00:00Z'), datecreated: unix('2026-11-25T00:20:00Z') });
  expect(tradingDayOf(night, zone)).toBe('2026-11-24');
});

test.each([[null], [undefined], [0]])('without an opening (%s) it belongs to the day of its closing', (dateopened) => {
  expect(tradingDayOf(report({ dateopened, datecreated: unix('2026-11-24T20:00:00Z') }), zone)).toBe('2026-11-24');
});

test('sales from the opening on count, the second of the closing does not', () => {
  const day = report({ dateopened: 1_000, datecreated: 2_000 });
  expect([999, 1_000, 1_999, 2_000].map((at) => isInPeriod(at, day, zone))).toEqual([false, true, true, false]);
});

test('without an opening the register was open since its last report, or for the whole local day', () => {
  const day = report({ dateopened: null, datecreated: unix('2026-11-24T20:00:00Z') });
  const times = ['2026-11-23T22:59:59Z', '2026-11-23T23:00:00Z', '2026-11-24T08:00:00Z'].map(unix);
  expect(times.map((at) => isInPeriod(at, day, zone))).toEqual([false, true, true]);
  expect(times.map((at) => isInPeriod(at, day, zone, unix('2026-11-24T00:00:00Z')))).toEqual([false, false, true]);
});
