import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { alive, signature } from './owner.mjs';
import { runsFolder } from './paths.mjs';

/** Folders of finished runs that are kept, for their logs. */
const kept = 5;

/**
 * A folder of this run alone: `logs/` stays after the run, `data/` (Kafka, Redis) goes with it, `pids/` names its living processes.
 * A watchdog ends those and removes the data when this process is killed without a chance to do so itself.
 */
export function createRunFolder(runs = runsFolder) {
  sweep(runs);
  const path = join(runs, `${new Date().toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-')}-${process.pid}`);
  for (const folder of ['logs', 'data', 'pids']) mkdirSync(join(path, folder), { recursive: true });
  writeFileSync(join(path, 'owner'), signature());
  watch(path);
  return { path, id: path.split('/').at(-1), logs: join(path, 'logs'), data: join(path, 'data'), pids: join(path, 'pids') };
}

function watch(path) {
  const watchdog = spawn('sh', [fileURLToPath(new URL('watchdog.sh', import.meta.url)), path], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watchdog.stdin.on('error', () => {});
  watchdog.stdin.unref?.();
  watchdog.unref();
}

/** Ends what killed runs left behind, removes their data, and keeps the logs of the newest few. */
export function sweep(runs = runsFolder) {
  if (!existsSync(runs)) return;
  const dead = readdirSync(runs, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(runs, entry.name))
    .filter((path) => existsSync(join(path, 'owner')) && !alive(readFileSync(join(path, 'owner'), 'utf8')))
    .sort();
  for (const path of dead) clear(path);
  for (const path of dead.slice(0, -kept)) rmSync(path, { recursive: true, force: true });
}

function clear(path) {
  for (const file of existsSync(join(path, 'pids')) ? readdirSync(join(path, 'pids')) : []) {
    const pid = alive(readFileSync(join(path, 'pids', file), 'utf8'));
    if (pid) killGroup(pid);
    rmSync(join(path, 'pids', file), { force: true });
  }
  const project = join(path, 'compose-project');
  if (existsSync(project)) {
    spawnSync('docker', ['compose', '-p', readFileSync(project, 'utf8'), 'down', '-v', '--remove-orphans'], {
      stdio: 'ignore',
      timeout: 60_000,
    });
    rmSync(project);
  }
  rmSync(join(path, 'data'), { recursive: true, force: true });
}

function killGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Gone in the meantime.
  }
}
