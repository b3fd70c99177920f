import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { History } from './history';

test('notes entries with the time, in memory and line by line in a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'history-'));
  let now = 1;
  const history = new History(join(folder, 'run.jsonl'), () => now);
  history.add({ type: 'kept', hash: 'a' });
  now = 2.0004;
  history.add({ type: 'kept', hash: 'b' });
  history.close();
  const lines = readFileSync(join(folder, 'run.jsonl'), 'utf8').trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual(history.entries);
  expect(history.entries.map(({ at }) => at)).toEqual([1, 2]);
  rmSync(folder, { recursive: true });
});
