import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root folder. */
export const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Tools installed by npm; `node` in it is the Node the project runs on, whatever the machine has. */
export const bin = join(root, 'node_modules', '.bin');

/** Folders of all runs of this clone, not tracked. */
export const runsFolder = join(root, '.run');

/** What is downloaded once per machine and shared by all clones. */
export const cacheFolder =
  process.env.CONNECTOR_CACHE_DIR ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'sitoo-omnium-connector');

/** Environment of every child: the project's own tools first, nothing of nx left running in the background. */
export function toolEnvironment(extra = {}) {
  return {
    ...process.env,
    PATH: [bin, ...searchPath()].join(':'),
    NX_DAEMON: 'false',
    NX_TUI: 'false',
    NX_NO_CLOUD: 'true',
    ...extra,
  };
}

/** PATH without the project's own tools: what npm itself must run on while it replaces them. */
export function searchPath() {
  return (process.env.PATH ?? '').split(':').filter((folder) => folder !== bin && folder !== '');
}
