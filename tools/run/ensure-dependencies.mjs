import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './process/children.mjs';
import { withLock } from './process/lock.mjs';
import { bin, root, runsFolder, searchPath } from './process/paths.mjs';

/** What these scripts themselves need of the machine's Node, and what the project runs on. */
const bootstrapMajor = 20;
const projectMajor = 24;

/**
 * Installs what package-lock.json says, when that is not what is there. Afterwards `node` in node_modules/.bin is the Node that the
 * project runs on, whatever the machine has.
 */
export async function ensureDependencies(run, log = () => {}) {
  refuseOldNode();
  if (installed()) return checkNode();
  await withLock(
    join(runsFolder, 'dependencies.lock'),
    async () => {
      if (installed()) return;
      log('npm ci (about half a minute)');
      // npm replaces node_modules: it must not run on the Node in there.
      const env = { PATH: searchPath().join(':') };
      const { ok, child } = await runCommand({
        run,
        name: 'npm-ci',
        command: 'npm',
        args: ['ci', '--no-audit', '--no-fund', '--loglevel=error'],
        env,
      });
      if (!ok) throw new Error(`npm ci failed:\n${reason(child.logFile)}\nAll of it: ${child.logFile}`);
    },
    () => log('waiting for another run to install dependencies'),
  );
  checkNode();
}

/** Whether node_modules holds what package-lock.json asks for. npm notes at the end of every installation what it put there. */
function installed() {
  const there = join(root, 'node_modules', '.package-lock.json');
  return existsSync(there) && missingPackages(packagesOf(join(root, 'package-lock.json')), packagesOf(there)).length === 0;
}

function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
}

/** Paths of the lock's packages that are absent or of another version. Optional ones are left out on other platforms. */
export function missingPackages(wanted, there) {
  return Object.entries(wanted)
    .filter(
      ([path, entry]) =>
        path.includes('node_modules/') && !entry.link && entry.version !== there[path]?.version && !(entry.optional && !there[path]),
    )
    .map(([path]) => path);
}

/** npm says what is wrong first and then how it is used. */
function reason(logFile) {
  const lines = readFileSync(logFile, 'utf8')
    .split('\n')
    .filter((line) => /^npm error ./.test(line));
  return lines.slice(0, 10).join('\n').replace(/^/gm, '    ');
}

function refuseOldNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < bootstrapMajor)
    throw new Error(
      `Node ${bootstrapMajor} or newer is needed to start; this is ${process.version}. The project brings its own Node ${projectMajor} for everything else.`,
    );
}

function checkNode() {
  const version = spawnSync(join(bin, 'node'), ['--version'], { encoding: 'utf8' }).stdout?.trim() ?? '';
  if (Number(version.slice(1).split('.')[0]) >= projectMajor) return;
  throw new Error(
    `node_modules/.bin/node is ${version || 'missing'}, not Node ${projectMajor}. Remove node_modules and run the command again.`,
  );
}
