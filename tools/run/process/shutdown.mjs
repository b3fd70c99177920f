import { killAll } from './children.mjs';
import { releasePorts } from './ports.mjs';

const steps = [];
let ending;
let askedAt = 0;

/** Registers what must be undone when this process ends; last registered, first undone. */
export function onShutdown(step) {
  steps.unshift(step);
}

/** Undoes everything once; later calls wait for the first. */
export function shutdown() {
  ending ??= (async () => {
    for (const step of steps) await Promise.resolve(step()).catch((error) => say(`while stopping: ${error.message}`));
    killAll();
  })();
  return ending;
}

/** Whether somebody asked this process to end; what stops from then on is expected. */
export function isEnding() {
  return ending !== undefined;
}

/**
 * Runs a whole command: its result is the exit code; errors are told in one line (with the stack when `DEBUG` is set); Ctrl-C, SIGTERM
 * and SIGHUP stop in order, a second Ctrl-C at once. Nothing that was started stays.
 */
export async function runMain(main) {
  process.on('exit', () => {
    killAll();
    releasePorts();
  });
  process.stdout.on('error', () => end(1));
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ]) {
    process.on(signal, () => {
      // One Ctrl-C may arrive twice, from the terminal and through npm.
      if (isEnding() && performance.now() - askedAt < 500) return;
      if (isEnding()) process.exit(code);
      askedAt = performance.now();
      say(`\nstopping (${signal})`);
      end(code);
    });
  }
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
  await Promise.resolve()
    .then(main)
    .then(
      (code) => isEnding() || end(code ?? 0),
      (error) => isEnding() || fail(error),
    );
}

async function end(code) {
  await shutdown();
  process.exit(code);
}

function fail(error) {
  say(`\n${process.env.DEBUG ? (error?.stack ?? error) : (error?.message ?? error)}`);
  return end(1);
}

function say(text) {
  try {
    process.stderr.write(`${text}\n`);
  } catch {
    // The terminal is gone.
  }
}
