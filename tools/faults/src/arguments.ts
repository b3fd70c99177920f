import { parseArgs } from 'node:util';
import { cells, quickCells } from './cells';

export interface Arguments {
  /** What was asked for, for the result line. */
  name: string;
  names: string[];
  seed: number;
  subjects: string[];
}

const usage = `usage: faults <cell>… | all [--seed n] [--quick] [--subject ours|naive|mutant:<name>]
cells: ${cells.map(({ name, title }) => `\n  ${name.padEnd(4)} ${title}`).join('')}`;

/** @throws Error with the usage */
export function readArguments(args: string[]): Arguments {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { seed: { type: 'string' }, quick: { type: 'boolean' }, subject: { type: 'string', multiple: true } },
  });
  const seed = Number(values.seed ?? 1);
  if (!Number.isSafeInteger(seed) || seed < 0) throw new Error(`--seed is a whole number\n${usage}`);
  const names = namesOf(positionals, values.quick ?? false);
  return { name: positionals.join(' ') || 'quick', names, seed, subjects: values.subject ?? ['ours'] };
}

function namesOf(positionals: string[], quick: boolean): string[] {
  const known = cells.map(({ name }) => name);
  const all = positionals.length === 0 ? quick : positionals.includes('all');
  const names = all ? known : positionals.map((one) => one.toUpperCase());
  const unknown = names.filter((one) => !known.includes(one));
  if (names.length === 0 || unknown.length > 0)
    throw new Error(`${unknown.length > 0 ? `there is no cell ${unknown.join(', ')}\n` : ''}${usage}`);
  return quick ? names.filter((one) => quickCells.includes(one)) : names;
}
