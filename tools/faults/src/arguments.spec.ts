import { readArguments } from './arguments';
import { cells, quickCells } from './cells';

test('one cell, with seed and subject', () => {
  expect(readArguments(['f3', '--seed', '7', '--subject', 'naive'])).toEqual({
    name: 'f3',
    names: ['F3'],
    seed: 7,
    seeds: 1,
    subjects: ['naive'],
    quick: false,
    compare: false,
  });
});

/** Those that take minutes are run by their names only. */
const everyday = cells.filter((cell) => !('long' in cell)).map(({ name }) => name);

test('all cells but those that take minutes', () => {
  expect(readArguments(['all']).names).toEqual(everyday);
  expect(readArguments(['F100K']).names).toEqual(['F100K']);
});

test('the quick ones, with or without "all"', () => {
  expect(readArguments(['--quick']).names).toEqual(quickCells);
  expect(readArguments(['all', '--quick']).names).toEqual(quickCells);
});

test('a long cell by its name, in its shorter version when asked for', () => {
  expect(readArguments(['trading-day'])).toMatchObject({ names: ['trading-day'], quick: false });
  expect(readArguments(['Trading-Day', '--quick'])).toMatchObject({ names: ['trading-day'], quick: true });
  expect(readArguments(['F100K', '--quick']).names).toEqual([]);
});

test('a comparison, of all cells unless some are named', () => {
  expect(readArguments(['--compare'])).toMatchObject({ name: 'all compared', compare: true, names: everyday });
  expect(readArguments(['F3', '--compare'])).toMatchObject({ name: 'F3 compared', names: ['F3'] });
  expect(readArguments(['--quick', '--compare'])).toMatchObject({ name: 'quick compared', names: quickCells });
});

test.each([[[]], [['F99']], [['F3', '--seed', 'x']], [['F3', '--seeds', '0']], [['F3', '--sed', '1']]])(
  'refuses %j and says what there is',
  (args) => {
    expect(() => readArguments(args)).toThrow('usage: faults');
  },
);
