import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resultLine } from '../report';
import type { Run } from './fault-table';
import { writeFaults } from './write-faults';

const folder = mkdtempSync(join(tmpdir(), 'proof-'));
afterAll(() => rmSync(folder, { recursive: true }));

const run = (cell: string, subject: string, ok: boolean): Run => ({
  cell,
  subject,
  seed: 1,
  ok,
  figures: { violations: ok ? 0 : 1, events: 10 },
  targets: {},
  broken: ok ? {} : { I1: 1 },
  examples: [],
});

test('runs of some cells take the place of the same runs; everything is judged together', () => {
  writeFaults(resultLine('F3 compared', 1, [run('F3', 'ours', false), run('F3', 'naive', false)]), folder);
  const merged = writeFaults(resultLine('F3 F7 compared', 1, [run('F3', 'ours', true), run('F7', 'ours', true)]), folder);
  expect(merged.figures).toMatchObject({ runs: 3, violations: 0, violationsOfOthers: 1, events: 30 });
  expect(merged.ok).toBe(true);
});

test('runs of another machine are kept beside, and both machines are named once', () => {
  writeFaults(resultLine('F3 compared', 1, [run('F3', 'ours', true)]), folder);
  const line = resultLine('F7 compared', 1, [run('F7', 'ours', true)]);
  const other = { ...line, versions: { ...line.versions, machine: 'another one' } };
  writeFaults(other, folder);
  const merged = writeFaults(other, folder);
  expect(merged.figures.results.map(({ cell }) => cell)).toEqual(expect.arrayContaining(['F3', 'F7']));
  expect(merged.versions['machine']).toBe(`${line.versions['machine']} and another one`);
});

test('other versions begin the file anew', () => {
  const line = resultLine('F7 compared', 1, [run('F7', 'ours', true)]);
  const other = { ...line, versions: { ...line.versions, kafkajs: '0' } };
  expect(writeFaults(other, folder).figures.runs).toBe(1);
});
