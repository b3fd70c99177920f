import { parseArgs } from 'node:util';
import { cells, quickCells } from './cells';
import { mutants } from './subjects/subject';

export interface Arguments {
  /** What was asked for, for the result line. */
  name: string;
  names: string[];
  seed: number;
  /** How many seeds, from `seed` on, ours is run with. */
  seeds: number;
  subjects: string[];
  /** Cells that take minutes in their shorter version. */
  quick: boolean;
  /** Ours beside the naive reference and the mutants. */
  compare: boolean;
}

const everySubject = ['ours', 'naive', ...Object.keys(mutants).map((name) => `mutant:${name}`)];

const usage = `usage: faults <cell>… | all [--seed n] [--seeds count] [--quick] [--subject ours|naive|mutant:<name>] [--compare]
  --quick    the five sharpest cells only, or a long cell's shorter version; at most three minutes
  --compare  ours, the naive reference and the mutants (or the named subjects) side by side; kept in docs/proof/faults.json
  proof      writes docs/proof.md from the results in docs/proof/
cells: ${cells.map(({ name, title }) => `\n  ${name.padEnd(11)} ${title}`).join('')}`;

/** @throws Error with the usage */
export function readArguments(args: string[]): Arguments {
  const { values, positionals } = parse(args);
  const { quick = false, compare = false, subject } = values;
  const names = namesOf(positionals, quick, compare);
  const name = [positionals.join(' ') || (quick ? 'quick' : 'all'), compare ? 'compared' : ''].filter((part) => part).join(' ');
  const seed = natural('--seed', values.seed, 0);
  const seeds = natural('--seeds', values.seeds, 1);
  return { name, names, seed, seeds, subjects: subject ?? (compare ? everySubject : ['ours']), quick, compare };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        seed: { type: 'string' },
        seeds: { type: 'string' },
        quick: { type: 'boolean' },
        compare: { type: 'boolean' },
        subject: { type: 'string', multiple: true },
      },
    });
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : 'not understood'}\n${usage}`, { cause: error });
  }
}

function natural(option: string, text: string | undefined, least: number): number {
  const value = Number(text ?? 1);
  if (!Number.isSafeInteger(value) || value < least) throw new Error(`${option} is a whole number from ${least} on\n${usage}`);
  return value;
}

function namesOf(positionals: string[], quick: boolean, compare: boolean): string[] {
  const all = positionals.length === 0 ? quick || compare : positionals.includes('all');
  if (all) return cells.filter((cell) => (quick ? quickCells.includes(cell.name) : !('long' in cell))).map(({ name }) => name);
  const chosen = positionals.map((one) => ({ one, cell: cells.find(({ name }) => name.toLowerCase() === one.toLowerCase()) }));
  const unknown = chosen.flatMap(({ one, cell }) => (cell ? [] : [one]));
  if (chosen.length === 0 || unknown.length > 0)
    throw new Error(`${unknown.length > 0 ? `there is no cell ${unknown.join(', ')}\n` : ''}${usage}`);
  return chosen.flatMap(({ cell }) => (cell && (!quick || isQuick(cell)) ? [cell.name] : []));
}

/** Whether a cell is done within three minutes, or has a version that is. */
function isQuick(cell: (typeof cells)[number]): boolean {
  return quickCells.includes(cell.name) || ('stack' in cell && 'long' in cell);
}
