import { readArguments } from './arguments';
import { cells, quickCells } from './cells';

test('one cell, with seed and subject', () => {
  expect(readArguments(['f3', '--seed', '7', '--subject', 'naive'])).toEqual({ name: 'f3', names: ['F3'], seed: 7, subjects: ['naive'] });
});

test('all cells', () => {
  expect(readArguments(['all']).names).toEqual(cells.map(({ name }) => name));
});

test('the quick ones, with or without "all"', () => {
  expect(readArguments(['--quick']).names).toEqual(quickCells);
  expect(readArguments(['all', '--quick']).names).toEqual(quickCells);
});

test.each([[[]], [['F99']], [['F3', '--seed', 'x']]])('refuses %j and says what there is', (args) => {
  expect(() => readArguments(args)).toThrow('usage: faults');
});
