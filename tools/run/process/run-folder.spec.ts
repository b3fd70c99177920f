import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alive, signature } from './owner.mjs';
import { sweep } from './run-folder.mjs';
import { until } from './wait.mjs';

const script = join(__dirname, 'watchdog.sh');
let runs: string;
let orphan: ChildProcess;

beforeEach(() => {
  runs = mkdtempSync(join(tmpdir(), 'connector-runs-'));
  orphan = spawn('sleep', ['300'], { detached: true, stdio: 'ignore' });
});

afterEach(() => {
  orphan.kill('SIGKILL');
  rmSync(runs, { recursive: true });
});

/** A run's folder with one living process and some data. */
function leftBehind(owner: string): string {
  const path = join(runs, 'run');
  for (const folder of ['pids', 'data', 'logs']) mkdirSync(join(path, folder), { recursive: true });
  writeFileSync(join(path, 'owner'), owner);
  writeFileSync(join(path, 'pids', String(orphan.pid)), signature(orphan.pid));
  return path;
}

const gone = (line: string) => until(() => !alive(line), { what: 'the process to end', withinMs: 5000, everyMs: 10 });

describe('what a killed run left behind', () => {
  it('is ended by the next run: processes and data go, logs stay', async () => {
    const line = signature(orphan.pid);
    const path = leftBehind('1 no-such-start');
    sweep(runs);
    await gone(line);
    expect([existsSync(join(path, 'data')), existsSync(join(path, 'logs'))]).toEqual([false, true]);
  });

  it('is not touched while its owner lives', () => {
    const path = leftBehind(signature());
    sweep(runs);
    expect(alive(signature(orphan.pid))).toBe(orphan.pid);
    expect(existsSync(join(path, 'data'))).toBe(true);
  });

  it('is ended by the watchdog as soon as the owner is gone', async () => {
    const line = signature(orphan.pid);
    const path = leftBehind(signature());
    const watchdog = spawn('sh', [script, path], { stdio: ['pipe', 'ignore', 'ignore'] });
    watchdog.stdin.end();
    await gone(line);
    await until(() => !existsSync(join(path, 'data')), { what: 'the data to go', withinMs: 5000, everyMs: 10 });
  });
});
