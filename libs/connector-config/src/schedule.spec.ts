import { Schedule } from './schedule';

const at = (text: string) => Date.parse(`${text}Z`);
const shown = (times: readonly number[]) => times.map((time) => new Date(time).toISOString().slice(0, 16));

test('*/45 is minute 0 and 45 of each hour, in firings and in words', () => {
  const schedule = Schedule.parse('*/45 * * * *', 'UTC');
  expect(schedule.words).toBe('At 0 and 45 minutes past the hour (UTC)');
  expect(shown(schedule.next(5, at('2026-11-24T10:10:00')))).toEqual([
    '2026-11-24T10:45',
    '2026-11-24T11:00',
    '2026-11-24T11:45',
    '2026-11-24T12:00',
    '2026-11-24T12:45',
  ]);
});

test.each([
  ['* * * * *', 'Every minute (UTC)'],
  ['*/10 * * * *', 'Every 10 minutes (UTC)'],
  ['30 3 * * *', 'At 03:30 (UTC)'],
  ['15 2 * * 1-5', 'At 02:15, Monday through Friday (UTC)'],
  ['0 */6 * * *', 'On the hour, every 6 hours (UTC)'],
])('%s in words: %s', (expression, words) => expect(Schedule.parse(expression, 'UTC').words).toBe(words));

test('no step that starts anew before it is over is called "every"', () => {
  for (const expression of ['*/45 * * * *', '*/7 * * * *', '0 */5 * * *', '0 0 */2 * *', '0 0 1 */5 *', '0 0 * * */2'])
    expect(Schedule.parse(expression, 'UTC').words).not.toMatch(/every \d/i);
});

test('the newest time that has come is the one that a walk through all of them ends with', () => {
  const schedule = Schedule.parse('*/45 * * * *', 'Europe/Oslo');
  expect(schedule.latest(at('2026-11-24T10:00:00'), at('2026-11-24T10:45:00'))).toBe(at('2026-11-24T10:45:00'));
  expect(schedule.latest(at('2026-11-24T10:00:00'), at('2026-11-24T12:59:59') + 999)).toBe(at('2026-11-24T12:45:00'));
  expect(schedule.latest(at('2026-11-24T10:45:00'), at('2026-11-24T10:59:59') + 999)).toBeUndefined();
});

describe('on the nights the clocks change in Oslo', () => {
  const between = (expression: string, from: string, to: string) =>
    shown(
      Schedule.parse(expression, 'Europe/Oslo')
        .next(20, at(from))
        .filter((time) => time < at(to)),
    );

  test('a time inside the missing hour fires at its end, and the night after as written', () => {
    expect(between('30 2 * * *', '2026-03-28T22:00:00', '2026-03-30T22:00:00')).toEqual(['2026-03-29T01:00', '2026-03-30T00:30']);
  });

  test('a time inside the doubled hour fires once, and what repeats within the hour fires in both', () => {
    expect(between('30 2 * * *', '2026-10-24T22:00:00', '2026-10-25T22:00:00')).toEqual(['2026-10-25T00:30']);
    expect(between('*/30 * * * *', '2026-10-24T23:59:00', '2026-10-25T02:00:00')).toEqual([
      '2026-10-25T00:00',
      '2026-10-25T00:30',
      '2026-10-25T01:00',
      '2026-10-25T01:30',
    ]);
  });
});

test.each([
  ['* * * *', /five fields/],
  ['* * * * * *', /five fields/],
  ['@daily', /five fields/],
  ['61 * * * *', /minute: 61/],
  ['soon * * * *', /not a cron expression/],
  ['? * * * *', /minute that is not made of/],
  ['0 0 31 2 *', /never comes due/],
])('%s is refused with a reason', (expression, reason) => expect(() => Schedule.parse(expression, 'UTC')).toThrow(reason));
