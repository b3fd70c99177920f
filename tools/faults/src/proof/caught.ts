import type { CellResult } from '../run-cell';

/** Whether a comparison shows what it has to: nothing wrong with ours, and every other subject caught by a cell at least. */
export function caught(results: readonly Pick<CellResult, 'subject' | 'ok'>[]): boolean {
  const subjects = new Set(results.map(({ subject }) => subject));
  return [...subjects].every((subject) => {
    const own = results.filter((result) => result.subject === subject);
    return subject === 'ours' ? own.every(({ ok }) => ok) : own.some(({ ok }) => !ok);
  });
}
