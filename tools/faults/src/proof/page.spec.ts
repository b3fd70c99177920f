import { caught } from './caught';
import { faultTable, type Run } from './fault-table';
import { proofPage } from './page';

const run = (change: Partial<Run>): Run => ({
  cell: 'F3',
  subject: 'ours',
  seed: 1,
  ok: true,
  figures: { violations: 0 },
  targets: { violations: { max: 0 } },
  broken: {},
  examples: [],
  ...change,
});

test('a row per cell, in the order of the matrix, with what every subject broke', () => {
  const rows = faultTable(
    [
      run({ cell: 'F14', figures: { share: 0.95 }, targets: { share: { min: 0.9 } } }),
      run({ cell: 'F14', subject: 'naive', figures: { share: 0.1 }, targets: { share: { min: 0.9 } }, ok: false }),
      run({}),
      run({ seed: 2, broken: { I9: 1 } }),
      run({ subject: 'naive', broken: { I1: 4, I8: 1 }, ok: false }),
      run({ subject: 'mutant:concurrent-sends', broken: { I1: 2 }, ok: false }),
    ],
    { F3: 'answer lost' },
  );
  expect(rows.slice(2)).toEqual([
    '| F3 | answer lost | I9 ×1 | I1 ×4, I8 ×1 | concurrent-sends: I1 ×2 |',
    '| F14 |  | 0 | share 0.1 < 0.9 | — |',
  ]);
});

test('a comparison holds when ours broke nothing and each of the others was caught by a cell', () => {
  const ours = { subject: 'ours', ok: true };
  expect(caught([ours, { subject: 'naive', ok: true }, { subject: 'naive', ok: false }])).toBe(true);
  expect(caught([ours, { subject: 'naive', ok: true }])).toBe(false);
  expect(caught([ours, { subject: 'ours', ok: false }, { subject: 'naive', ok: false }])).toBe(false);
});

const proof = { name: 'x', ok: true, figures: {}, targets: {}, seed: 4, versions: { node: 'v24', machine: '2 × cpu', date: '2026-11-24' } };

test('the page tells machine, versions, seed and date of every table', () => {
  const page = proofPage({
    faults: { ...proof, figures: { results: [run({})] } },
    benches: [{ ...proof, name: 'gateway', targets: { 'p99, ms': { wanted: '<= 5', got: 4.5, ok: true } } }],
    titles: { F3: 'answer lost' },
  });
  expect(page).toContain('| F3 | answer lost | 0 | — | — |');
  expect(page).toContain('| p99, ms | <= 5 | 4.5 | yes |');
  expect(page.match(/Seed 4; node v24; machine 2 × cpu; date 2026-11-24\./g)).toHaveLength(2);
});

test('without results the page says how to get them', () => {
  expect(proofPage({ benches: [], titles: {} })).toContain('npm run faults -- all --compare');
});
