import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Target } from './cells/cell';
import type { CellResult } from './run-cell';
import { root } from './run-tools';

/** The last line of a command. */
export interface ResultLine {
  name: string;
  ok: boolean;
  figures: Record<string, unknown>;
  targets: Record<string, Target>;
  seed: number;
  versions: Record<string, string>;
}

/** For people, while the run goes on. */
export function printResult({ cell, subject, ok, broken, examples, figures, history }: CellResult): void {
  const counts = Object.entries(broken).map(([invariant, count]) => `${invariant} ×${count}`);
  process.stderr.write(`${ok ? '✔' : '✖'} ${cell} ${subject}: ${counts.join(', ') || 'no violation'}  ${JSON.stringify(figures)}\n`);
  for (const { invariant, message } of examples) process.stderr.write(`    ${invariant} ${message}\n`);
  if (!ok) process.stderr.write(`    history: ${history}\n`);
}

export function summary(name: string, seed: number, results: readonly CellResult[]): ResultLine {
  const violations = results.reduce((sum, { figures }) => sum + (figures['violations'] ?? 0), 0);
  const [only] = results;
  const one = results.length === 1 && only;
  const figures = one
    ? { ...one.figures, subject: one.subject, broken: one.broken }
    : { cells: results.length, violations, results: results.map(brief) };
  return {
    name,
    ok: results.every(({ ok }) => ok),
    figures,
    targets: one ? one.targets : { violations: { max: 0 } },
    seed,
    versions: versions(),
  };
}

function brief({ cell, subject, ok, figures, broken }: CellResult): object {
  return { cell, subject, ok, broken, ...figures };
}

function versions(): Record<string, string> {
  const of = (name: string) =>
    (JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')) as { version: string }).version;
  return { node: process.version, kafkajs: of('kafkajs'), nest: of('@nestjs/microservices'), kafka: '4.1.1' };
}
