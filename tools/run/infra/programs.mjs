import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { searchPath } from '../process/paths.mjs';

/** Whether a program is on the PATH. */
export function found(program) {
  return searchPath().some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Whether a command ends with 0 within 10 s. */
export function succeeds(command, ...args) {
  return spawnSync(command, args, { stdio: 'ignore', timeout: 10_000 }).status === 0;
}

let version;

/** Full version of the Java on the PATH, such as `17.0.15`; undefined without Java. Asked once. */
export function javaVersion() {
  version ??= /version "([^"]+)"/.exec(spawnSync('java', ['-version'], { encoding: 'utf8', timeout: 10_000 }).stderr ?? '');
  return version?.[1];
}

/** Whether that Java can run Kafka 4: 17 or newer. */
export function javaSuffices() {
  return Number(javaVersion()?.split('.')[0] ?? 0) >= 17;
}
