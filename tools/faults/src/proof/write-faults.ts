import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resultLine, type ResultLine } from '../report';
import { root } from '../run-tools';
import { caught } from './caught';
import type { Run } from './fault-table';

/** Where the commands leave their results for `docs/proof.md`. */
export const proofFolder = join(root, 'docs/proof');

/**
 * Keeps the runs of a comparison. One of some cells only takes the place of the same runs in the file, as long as nothing but the day and the
 * machine has changed since; else the file begins anew. What is right is so on every machine: all that took part are named.
 */
export function writeFaults(line: ResultLine, folder = proofFolder): ResultLine {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'faults.json');
  const before = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as ResultLine) : undefined;
  const merged = before && sameSetting(before, line) ? merge(before, line) : line;
  writeFileSync(file, `${JSON.stringify(merged, null, 1)}\n`);
  return merged;
}

export function merge(before: ResultLine, line: ResultLine): ResultLine {
  const name = ({ cell, subject, seed }: Run) => `${cell} ${subject} ${seed}`;
  const runs = new Map([...before.figures.results, ...line.figures.results].map((run) => [name(run), run]));
  const merged = resultLine('all compared', line.seed, [...runs.values()]);
  const machines = [before, line].flatMap(({ versions }) => versions['machine']?.split(between) ?? []);
  const machine = [...new Set(machines)].join(between);
  return { ...merged, ok: caught(merged.figures.results), versions: { ...line.versions, machine } };
}

const between = ' and ';

function sameSetting(before: ResultLine, line: ResultLine): boolean {
  const bare = ({ versions }: ResultLine) => JSON.stringify({ ...versions, date: '', machine: '' });
  return bare(before) === bare(line);
}
