import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { startChild } from './process/children.mjs';
import { withLock } from './process/lock.mjs';
import { root, runsFolder } from './process/paths.mjs';
import { seconds } from './report/phases.mjs';

/**
 * Runs nx targets of all projects (or of `projects`) and tells how each task went: `{ name: 'mapping:lint', project, target, status }`,
 * status `success`, `failure`, `skipped` or one of nx's words for a cache hit. Two commands of one clone take turns: both write the same
 * `dist` folders.
 */
export async function runTargets(run, targets, { projects = [], log = () => {} } = {}) {
  const profile = join(run.path, `nx-${targets.join('-')}.json`);
  const args = [
    'run-many',
    '-t',
    ...targets,
    '--parallel=2',
    '--outputStyle=static',
    ...(projects.length > 0 ? ['-p', projects.join(',')] : []),
  ];
  const env = { NX_PROFILE: relative(root, profile) };
  const name = `nx-${targets.join('-')}`;
  const child = await withLock(
    join(runsFolder, 'nx.lock'),
    () => withProgress(startChild({ run, name, command: 'nx', args, env }), log),
    () => log('waiting for another run to build'),
  );
  return { ok: child.ended.code === 0, child, tasks: readTasks(profile) };
}

/** Waits for nx's end, and tells every half minute how far it is. */
async function withProgress(child, log) {
  const startedAt = performance.now();
  const timer = setInterval(() => {
    const finished = readFileSync(child.logFile, 'utf8').match(/^> nx run /gm)?.length ?? 0;
    log(`${finished} tasks finished after ${seconds(performance.now() - startedAt)}`);
  }, 30_000);
  await child.exited;
  clearInterval(timer);
  return child;
}

/** Builds everything; what did not change comes from the cache. Fails with the output of the first task that failed. */
export async function build(run, log) {
  const { ok, child, tasks } = await runTargets(run, ['build'], { log });
  if (ok) return;
  const failed = tasks.find((task) => task.status === 'failure');
  throw new Error(failed ? `${failed.name} failed:\n${outputOf(failed.name, readFileSync(child.logFile, 'utf8'))}` : child.obituary());
}

function readTasks(profile) {
  try {
    return tasksOf(JSON.parse(readFileSync(profile, 'utf8')));
  } catch {
    return [];
  }
}

/** Tasks of nx's profile, a trace whose complete events (`X`) are tasks. */
export function tasksOf(profile) {
  return profile
    .filter((event) => event.ph === 'X')
    .map(({ name, dur, args }) => ({
      name,
      project: args.target.project,
      target: args.target.target,
      status: args.status,
      ms: dur / 1000,
    }));
}

/** What one task printed, from nx's static output. */
export function outputOf(task, output) {
  const block = stripVTControlCharacters(output)
    .replaceAll('\r', '')
    .split(/^> nx run /m)
    .find((part) => part.startsWith(`${task}\n`) || part.startsWith(`${task} `));
  return block?.split('\n').slice(1).join('\n').split(/^ NX /m)[0].trim() ?? '';
}
