import { readArguments } from './arguments';
import { cells } from './cells';
import { brokersOf, jobsOf } from './jobs';
import { mutants } from './subjects/subject';

const asked = (...args: string[]) => jobsOf(readArguments(args)).map(({ cell, subject, seed }) => `${cell.name} ${subject} ${seed}`);

test('one cell for ours, with as many seeds as were asked for', () => {
  expect(asked('F7', '--seed', '5', '--seeds', '3')).toEqual(['F7 ours 5', 'F7 ours 6', 'F7 ours 7']);
});

test('a comparison plays every cell to ours, and every mutant to a cell that has to notice it', () => {
  const runs = [...asked('all', '--compare'), ...asked('trading-day', '--compare')];
  for (const { name } of cells.filter((cell) => !('long' in cell))) expect(runs).toContain(`${name} ours 1`);
  for (const [mutant, own] of Object.entries(mutants)) for (const name of own) expect(runs).toContain(`${name} mutant:${mutant} 1`);
  expect(runs.filter((run) => run.includes('mutant:no-epochs'))).toEqual(['F8 mutant:no-epochs 1']);
});

test('a comparison of one subject only', () => {
  expect(asked('F3', '--compare', '--subject', 'ours')).toEqual(['F3 ours 1']);
});

test('the naive reference is left out where it has nothing of the kind', () => {
  const naive = asked('all', '--compare').filter((run) => run.includes('naive'));
  expect(naive).toContain('F3 naive 1');
  for (const name of ['F16', 'F17', 'F18', 'F19', 'F22', 'F27', 'F28']) expect(naive).not.toContain(`${name} naive 1`);
});

test('a mutant of the limiter is played to by the cells of the limiter, one of the bus by those of the bus', () => {
  expect(asked('all', '--subject', 'mutant:local-clock').map((run) => run.split(' ')[0])).toEqual(['F17', 'F18', 'F19', 'F22']);
  const bus = asked('all', '--subject', 'mutant:no-epochs').map((run) => run.split(' ')[0]);
  expect(bus).toContain('F8');
  for (const name of ['F16', 'F17', 'F18', 'F19', 'F22']) expect(bus).not.toContain(name);
});

test('a long cell is played whole to ours, and in its shorter version to the mutants that it has to notice', () => {
  const jobs = jobsOf(readArguments(['trading-day', '--compare']));
  expect(jobs.map(({ subject, quick }) => [subject, quick])).toEqual([
    ['ours', false],
    ['mutant:refunds-not-redirected', true],
    ['mutant:a-cent-off', true],
  ]);
});

test('each kind of cluster is needed once', () => {
  const kinds = jobsOf(readArguments(['all', '--compare'])).map(brokersOf);
  expect(kinds.filter((kind, index) => kind !== kinds[index - 1])).toEqual([1, 3, 0]);
});
