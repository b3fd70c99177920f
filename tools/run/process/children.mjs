import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { signature } from './owner.mjs';
import { root, toolEnvironment } from './paths.mjs';
import { pause } from './wait.mjs';

const living = new Set();

/**
 * Starts a process of a run: in a process group of its own (a Ctrl-C reaches only the owner, which then stops things in order), its
 * output in `logs/<name>.log` (or on this terminal with `onTerminal`), its id in `pids/` for the watchdog.
 */
export function startChild({ run, name, command, args = [], env = {}, cwd = root, log = name, onTerminal = false }) {
  const logFile = join(run.logs, `${log}.log`);
  const output = openSync(logFile, 'a');
  const child = spawn(command, args, {
    cwd,
    env: toolEnvironment(env),
    detached: true,
    stdio: onTerminal ? ['ignore', 'inherit', 'inherit'] : ['ignore', output, output],
  });
  closeSync(output);
  const handle = new Child(name, child, logFile);
  if (child.pid) {
    const pidFile = join(run.pids, String(child.pid));
    writeFileSync(pidFile, signature(child.pid));
    living.add(handle);
    handle.exited.then(() => {
      // What it started itself must not outlive it.
      handle.signal('SIGKILL');
      living.delete(handle);
      rmSync(pidFile, { force: true });
    });
  }
  return handle;
}

/** Runs a command to its end. Resolves with its exit code; the output is in the log. */
export async function runCommand(options) {
  const child = startChild(options);
  const { code, signal, error } = await child.exited;
  return { ok: code === 0, code: code ?? (signal ? 128 : 127), error, child };
}

/** Last resort when this process ends: nothing that it started may outlive it. */
export function killAll() {
  for (const child of living) child.signal('SIGKILL');
}

class Child {
  /** Set by `stop`: an exit after it is expected. */
  stopping = false;
  /** How it ended, once it did: `{ code, signal, error }`. */
  ended;

  constructor(name, child, logFile) {
    this.name = name;
    this.pid = child.pid;
    this.logFile = logFile;
    this.exited = new Promise((resolve) => {
      const end = (result) => resolve((this.ended ??= result));
      child.once('error', (error) => end({ code: 127, signal: null, error }));
      child.once('exit', (code, signal) => end({ code, signal }));
    });
  }

  /** Sends a signal to the process and all that it started. */
  signal(name) {
    try {
      process.kill(-this.pid, name);
    } catch {
      // Already gone.
    }
  }

  /** Asks it to end, and ends it when it has not within `graceMs`. */
  async stop(graceMs = 10_000) {
    if (this.ended || !this.pid) return;
    this.stopping = true;
    this.signal('SIGTERM');
    this.signal('SIGCONT');
    await Promise.race([this.exited, pause(graceMs)]);
    if (!this.ended) this.signal('SIGKILL');
    await this.exited;
  }

  /** SIGKILL as a fault: not an accident to report. */
  async kill() {
    if (this.ended || !this.pid) return;
    this.stopping = true;
    this.signal('SIGKILL');
    await this.exited;
  }

  /** The last lines of its log. */
  tail(lines = 20) {
    try {
      return readFileSync(this.logFile, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
    } catch {
      return '';
    }
  }

  /** One readable text about an end that nobody asked for. */
  obituary() {
    const { code, signal, error } = this.ended ?? {};
    const how = error ? `could not be started (${error.message})` : signal ? `was ended by ${signal}` : `ended with code ${code}`;
    return `${this.name} ${how}. The end of ${this.logFile}:\n${this.tail().replace(/^/gm, '    ')}`;
  }
}
