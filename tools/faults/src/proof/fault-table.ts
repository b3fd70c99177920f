/** A run as it stands in a result line and in `docs/proof/faults.json`. */
export interface Run {
  cell: string;
  subject: string;
  seed: number;
  ok: boolean;
  figures: Record<string, number>;
  targets: Record<string, { min?: number; max?: number }>;
  /** How often each invariant was broken; empty when none was. */
  broken: Record<string, number>;
  /** The first violations, in words. */
  examples: string[];
}

/** A Markdown table: a row per cell, ours and naive in columns of their own, then the mutants that this cell had to notice. */
export function faultTable(runs: readonly Run[], titles: Readonly<Record<string, string>> = {}): string[] {
  const names = [...new Set(runs.map(({ cell }) => cell))].sort((a, b) => numberOf(a) - numberOf(b) || a.localeCompare(b));
  const rows = names.map((name) => {
    const own = runs.filter(({ cell }) => cell === name);
    const of = (subject: string) => verdict(own.filter((run) => run.subject === subject));
    const mutants = own.filter(({ subject }) => subject.startsWith('mutant:'));
    const caught = mutants.map((run) => `${run.subject.slice('mutant:'.length)}: ${verdict([run])}`).join('<br>');
    return `| ${name} | ${titles[name] ?? ''} | ${of('ours')} | ${of('naive')} | ${caught || '—'} |`;
  });
  return ['| cell | fault | ours | naive reference | mutants |', '| --- | --- | --- | --- | --- |', ...rows];
}

/** `0`, or which invariants were broken how often, or which figure was out of its bounds; `—` when it was not run. */
function verdict(runs: readonly Run[]): string {
  if (runs.length === 0) return '—';
  const counts: Record<string, number> = {};
  for (const { broken } of runs) for (const [name, count] of Object.entries(broken)) counts[name] = (counts[name] ?? 0) + count;
  const words = [...Object.entries(counts).map(([name, count]) => `${name} ×${count}`), ...new Set(runs.flatMap(outOfBounds))];
  return words.join(', ') || '0';
}

function outOfBounds({ figures, targets }: Run): string[] {
  return Object.entries(targets).flatMap(([name, { min, max }]) => {
    const value = figures[name];
    if (name === 'violations') return [];
    if (value === undefined) return [`${name} missing`];
    if (min !== undefined && value < min) return [`${name} ${value} < ${min}`];
    return max !== undefined && value > max ? [`${name} ${value} > ${max}`] : [];
  });
}

/** Cells without a number come last. */
function numberOf(cell: string): number {
  return /^F\d/.test(cell) ? Number.parseInt(cell.slice(1), 10) : Number.MAX_SAFE_INTEGER;
}
