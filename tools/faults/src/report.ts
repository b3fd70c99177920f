import { readFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import type { Target } from './cells/cell';
import type { Run } from './proof/fault-table';
import type { CellResult } from './run-cell';
import { root } from './run-tools';

/** The last line of a command. */
export interface ResultLine {
  name: string;
  ok: boolean;
  figures: {
    cells: number;
    runs: number;
    events: number;
    /** Of ours. */
    violations: number;
    violationsOfOthers: number;
    results: Run[];
  };
  targets: Record<string, Target>;
  seed: number;
  /** What took part, the machine included, and the day. */
  versions: Record<string, string>;
}

/** For people, while the run goes on. */
export function printResult({ cell, subject, seed, ok, broken, examples, figures, history }: CellResult): void {
  const counts = Object.entries(broken).map(([invariant, count]) => `${invariant} ×${count}`);
  process.stderr.write(
    `${ok ? '✔' : '✖'} ${cell} ${subject} seed ${seed}: ${counts.join(', ') || 'no violation'}  ${JSON.stringify(figures)}\n`,
  );
  for (const { invariant, message } of examples) process.stderr.write(`    ${invariant} ${message}\n`);
  if (!ok) process.stderr.write(`    history: ${history}\n`);
}

export function resultLine(name: string, seed: number, results: readonly Run[]): ResultLine {
  const sum = (runs: readonly Run[], figure: string) => runs.reduce((total, { figures }) => total + (figures[figure] ?? 0), 0);
  const [ours, others] = [results.filter(({ subject }) => subject === 'ours'), results.filter(({ subject }) => subject !== 'ours')];
  return {
    name,
    ok: results.every(({ ok }) => ok),
    figures: {
      cells: new Set(results.map(({ cell }) => cell)).size,
      runs: results.length,
      events: sum(results, 'events'),
      violations: sum(ours, 'violations'),
      violationsOfOthers: sum(others, 'violations'),
      results: [...results],
    },
    targets: { violations: { max: 0 } },
    seed,
    versions: versions(),
  };
}

/** A run without what only helps to look into it on this machine. */
export function brief({ cell, subject, seed, ok, broken, examples, figures, targets }: CellResult): Run {
  return {
    cell,
    subject,
    seed,
    ok,
    broken,
    examples: examples.map(({ invariant, message }) => `${invariant} ${message}`),
    figures,
    targets,
  };
}

function versions(): Record<string, string> {
  const of = (name: string) =>
    (JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')) as { version: string }).version;
  const [cpu] = cpus();
  return {
    node: process.version,
    kafkajs: of('kafkajs'),
    nest: of('@nestjs/microservices'),
    kafka: kafkaVersion(),
    machine: `${cpus().length} × ${cpu?.model.trim() || 'unknown'}, ${Math.round(totalmem() / 1024 ** 3)} GB, ${type()} ${release()}`,
    date: new Date().toISOString().slice(0, 10),
  };
}

/** The one place where it is set is the module that resolves it. */
function kafkaVersion(): string {
  const source = readFileSync(join(root, 'tools/run/infra/kafka-jars.mjs'), 'utf8');
  return /kafkaVersion = '([^']+)'/.exec(source)?.[1] ?? 'unknown';
}
