import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { alive, signature } from './owner.mjs';
import { pause } from './wait.mjs';

/** Runs `work` while no other process of this machine runs one under the same file name. A dead owner's lock is taken over. */
export async function withLock(file, work, onWait = () => {}) {
  mkdirSync(dirname(file), { recursive: true });
  for (let asked = 0; !take(file); asked += 1) {
    if (asked === 0) onWait();
    await pause(200);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** Whether the lock is ours now. */
export function take(file) {
  try {
    writeFileSync(file, signature(), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    removeIfAbandoned(file);
    return false;
  }
}

function removeIfAbandoned(file) {
  const owner = read(file);
  if (!owner || alive(owner)) return;
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    // Another waiter may have taken the lock over between reading and renaming: put its file back.
    if (read(aside) !== owner) linkSync(aside, file);
  } catch {
    // Somebody else was faster; ask again.
  }
  rmSync(aside, { force: true });
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
