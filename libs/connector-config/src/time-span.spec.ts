import { parseTimeSpan } from './time-span';

describe('parseTimeSpan', () => {
  it.each([
    ['00:00:00', 0],
    ['00:00:30', 30_000],
    ['0:01:00', 60_000],
    ['23:59:59', 86_399_000],
    ['1.02:00:00', 93_600_000],
    ['00:00:01.5', 1_500],
    ['00:00:00.0000001', 1],
    [' 00:00:10 ', 10_000],
  ])('reads %s as %d ms', (text, milliseconds) => {
    expect(parseTimeSpan(text)).toBe(milliseconds);
  });

  it.each(['', '30', '30000', '00:30', '24:00:00', '00:60:00', '00:00:60', '-00:00:30', 'PT30S', 'soon', '00:00:00.12345678'])(
    'refuses "%s"',
    (text) => {
      expect(parseTimeSpan(text)).toBeUndefined();
    },
  );
});
