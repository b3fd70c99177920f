import type { StackCell } from './cells/stack-cell';
import { countByInvariant } from './checker/check';
import { holds, type CellResult } from './run-cell';
import type { RunFolder } from './run-tools';

const examplesShown = 5;

/** Runs a cell that brings the whole connector and its twins; the twins keep the history. */
export async function runStackCell(run: RunFolder, cell: StackCell, seed: number): Promise<CellResult> {
  const started = performance.now();
  const { figures: own, violations } = await cell.play({ run, seed });
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  const figures = { ...own, violations: violations.length, seconds };
  const targets = { ...cell.targets, violations: { max: 0 } };
  return {
    cell: cell.name,
    subject: 'ours',
    seed,
    ok: holds(figures, targets),
    figures,
    targets,
    broken: countByInvariant(violations),
    examples: violations.slice(0, examplesShown),
    history: run.logs,
  };
}
