import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * When a process started, as a text that only identifies it: a process id alone may have been given to another process since.
 * Undefined when there is no such process.
 */
export function startOf(pid) {
  if (process.platform !== 'linux') {
    const { stdout } = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
    return stdout?.trim() || undefined;
  }
  try {
    // The command in parentheses may hold blanks; state is the first field after it, the start time (clock ticks since boot) the 20th.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

/** A line that names a process for good: `<pid> <start>`. */
export function signature(pid = process.pid) {
  return `${pid} ${startOf(pid) ?? 'gone'}`;
}

/** The process id of a signature whose process still lives. */
export function alive(line) {
  const [pid, ...start] = line.trim().split(' ');
  return startOf(Number(pid)) === start.join(' ') ? Number(pid) : undefined;
}
