import type { Arguments } from './arguments';
import { cells } from './cells';
import type { Cell } from './cells/cell';
import type { StackCell } from './cells/stack-cell';
import { mutants, partOf } from './subjects/subject';

/** One run: a cell, whom it is played to, and the seed. */
export interface Job {
  cell: Cell | StackCell;
  subject: string;
  seed: number;
  /** The cell's shorter version, if it has one. */
  quick: boolean;
}

/** Whether one cluster serves both: bus cells by the number of their brokers; others bring what they need. */
export const brokersOf = ({ cell }: Job): number => ('stack' in cell ? 0 : cell.brokers);

/** All runs that were asked for, in the order in which clusters are started only once each. */
export function jobsOf({ names, seed, seeds, subjects, quick, compare }: Arguments): Job[] {
  const chosen = cells.filter(({ name }) => names.includes(name));
  const jobs = subjects.flatMap((subject) =>
    chosen
      .filter((cell) => suits(cell, subject, compare))
      .flatMap((cell) => {
        const runs = subject === 'ours' ? seeds : 1;
        // A mutant has to be noticed in little time too.
        return Array.from({ length: runs }, (_, index) => ({ cell, subject, seed: seed + index, quick: quick || subject !== 'ours' }));
      }),
  );
  return [1, 3, 0].flatMap((brokers) => jobs.filter((job) => brokersOf(job) === brokers));
}

/** A mutant is played to by the cells of its part, in a comparison to those only that have to notice it. */
function suits(cell: Cell | StackCell, subject: string, compare: boolean): boolean {
  if (subject === 'ours') return true;
  const part = 'stack' in cell ? cell.part : 'bus';
  if (subject === 'naive') return !('stack' in cell) && cell.onlyOurs === undefined;
  if (part !== partOf(subject)) return false;
  if (!compare) return true;
  const [, own = []] = Object.entries(mutants).find(([name]) => `mutant:${name}` === subject) ?? [];
  return own.some((name) => name === cell.name);
}
