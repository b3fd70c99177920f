import type { StackCell } from './cells/stack-cell';
import { countByInvariant } from './checker/check';
import { holds, type CellResult } from './run-cell';
import type { RunFolder } from './run-tools';
import type { Subject } from './subjects/subject';

const examplesShown = 5;

/** Runs a cell that brings what it needs; its twins or its server keep the history. */
export async function runStackCell(
  run: RunFolder,
  cell: StackCell,
  { name: subject, preload }: Subject,
  { seed, quick }: { seed: number; quick: boolean },
): Promise<CellResult> {
  const started = performance.now();
  const { figures: own, violations } = await cell.play({ run, seed, preload, quick });
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  const figures = { ...own, violations: violations.length, seconds };
  const targets = { ...cell.targets, violations: { max: 0 } };
  return {
    cell: cell.name,
    subject,
    seed,
    ok: holds(figures, targets),
    figures,
    targets,
    broken: countByInvariant(violations),
    examples: violations.slice(0, examplesShown),
    history: run.logs,
  };
}
