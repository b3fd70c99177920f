// `npm test`: lint, types, build and unit tests through nx; then integration and end-to-end tests against a real Kafka and Redis.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDependencies } from './ensure-dependencies.mjs';
import { startInfrastructure } from './infra/index.mjs';
import { outputOf, runTargets } from './nx.mjs';
import { startChild } from './process/children.mjs';
import { root } from './process/paths.mjs';
import { createRunFolder } from './process/run-folder.mjs';
import { onShutdown, runMain } from './process/shutdown.mjs';
import { pause } from './process/wait.mjs';
import { testArguments } from './report/arguments.mjs';
import { closingLine, excerpt, readJestResult, resultFile, total } from './report/jest-results.mjs';
import { Phases, seconds } from './report/phases.mjs';
import { table } from './report/table.mjs';

const phases = new Phases();
/** Jest ends at once after its results; this long later something was left open. */
const openHandlesMs = 20_000;
const jestWithinMs = 25 * 60_000;
const targets = ['lint', 'typecheck', 'build', 'test'];

runMain(async () => {
  const { unit } = testArguments(process.argv.slice(2));
  const run = createRunFolder();
  const results = [];
  await phases.run('dependencies', (log) => ensureDependencies(run, log));
  mkdirSync(join(root, '.test-results'), { recursive: true });
  for (const file of readdirSync(join(root, '.test-results'))) rmSync(join(root, '.test-results', file));
  results.push(...(await phases.run(targets.join(', '), (log) => workspacePhases(run, log))));
  if (!unit) results.push(...(await withInfrastructure(run)));
  return report(results);
});

/** One result per target, from nx's own list of tasks and jest's result files, which nx restores when a task comes from the cache. */
async function workspacePhases(run, log) {
  const { ok, child, tasks } = await runTargets(run, targets, { log });
  const output = existsSync(child.logFile) ? readFileSync(child.logFile, 'utf8') : '';
  const results = targets.map((target) => targetResult(target, tasks, output));
  if (ok || results.some((result) => result.failed > 0)) return results;
  return [...results, crashed('nx', child.obituary())];
}

function targetResult(target, tasks, output) {
  const ofTarget = tasks.filter((task) => task.target === target);
  const each = ofTarget.map((task) => (target === 'test' ? testTask(task, output) : plainTask(task, output)));
  return {
    name: target,
    ms: ofTarget.reduce((sum, task) => sum + task.ms, 0),
    tasks: ofTarget.length,
    ...total(each),
    failures: each.flatMap((one) => one.failures),
  };
}

/** A lint, typecheck or build that went well is no test case; one that did not is a failure. */
function plainTask(task, output) {
  const failed = task.status === 'failure' || task.status === 'skipped';
  const text = task.status === 'skipped' ? 'not run: something it depends on failed' : outputOf(task.name, output);
  return { passed: 0, failed: failed ? 1 : 0, skipped: 0, failures: failed ? [{ name: task.name, text }] : [] };
}

function testTask(task, output) {
  const result = readJestResult(resultFile(task.project));
  if (result && (task.status !== 'failure' || result.failed > 0)) return result;
  const failure = { name: task.name, text: outputOf(task.name, output) || 'left no result' };
  return { passed: result?.passed ?? 0, failed: 1, skipped: result?.skipped ?? 0, failures: [failure] };
}

async function withInfrastructure(run) {
  const infra = await phases.run('infrastructure', (log) => startInfrastructure({ run, log }));
  onShutdown(() => infra.stop());
  const env = { KAFKA_BROKERS: infra.kafkaBrokers, REDIS_URL: infra.redisUrl };
  const results = [await jestPhase(run, 'integration', env), await jestPhase(run, 'e2e', env)];
  await phases.run('stopping', () => infra.stop());
  return results;
}

/** One jest process over the whole repository; jest.config.js picks the specs by CONNECTOR_TESTS. */
function jestPhase(run, name, infraEnv) {
  return phases.run(name, async () => {
    const startedAt = performance.now();
    const file = resultFile(name);
    const args = ['--config', 'jest.config.js', '--rootDir', '.', '--runInBand', '--json', `--outputFile=${file}`];
    const child = startChild({ run, name, command: 'jest', args, env: { ...infraEnv, ...jestEnvironment(), CONNECTOR_TESTS: name } });
    const problem = await endOf(child, file);
    const result = readJestResult(file);
    const ms = performance.now() - startedAt;
    if (problem || !result || (child.ended.code !== 0 && result.failed === 0)) {
      const failure = { name, text: problem ?? child.obituary() };
      return {
        name,
        ms,
        passed: result?.passed ?? 0,
        failed: (result?.failed ?? 0) + 1,
        skipped: result?.skipped ?? 0,
        failures: [...(result?.failures ?? []), failure],
      };
    }
    return { name, ms, ...result };
  });
}

/** Waits for jest's end. A process that has its results and does not end has left something open; one that has none hangs. */
async function endOf(child, file) {
  const startedAt = Date.now();
  let resultsAt;
  while (!child.ended) {
    await Promise.race([child.exited, pause(1000)]);
    if (!resultsAt && existsSync(file)) resultsAt = Date.now();
    const open = resultsAt && Date.now() - resultsAt > openHandlesMs;
    if (!open && Date.now() - startedAt < jestWithinMs) continue;
    await child.stop(1000);
    return open
      ? 'jest did not end after the last test: a test leaves a connection, timer or process open'
      : `jest did not end within ${seconds(jestWithinMs)}:\n${child.tail()}`;
  }
}

/** The Node options of nx.json's test target: both ways of running jest load Nest alike. */
function jestEnvironment() {
  const { NODE_OPTIONS } = JSON.parse(readFileSync(join(root, 'nx.json'), 'utf8')).targetDefaults.test.options.env;
  return { NODE_OPTIONS };
}

function crashed(name, text) {
  return { name, ms: 0, passed: 0, failed: 1, skipped: 0, failures: [{ name, text }] };
}

/** Failures in full, a row per phase, and the closing line; the exit code. */
function report(results) {
  for (const { name, text } of results.flatMap((result) => result.failures)) {
    phases.line(`\n✖ ${name}\n${excerpt(text)}`);
  }
  phases.line('');
  const rows = results.map((result) => [
    result.name,
    result.tasks ?? undefined,
    result.passed,
    result.failed,
    result.skipped,
    seconds(result.ms),
  ]);
  for (const line of table(['phase', 'tasks', 'passed', 'failed', 'skipped', 'time'], rows)) phases.line(line);
  phases.line(`\n${phases.summary()}\n`);
  const sum = total(results);
  phases.line(closingLine(sum));
  return sum.failed === 0 && sum.passed > 0 ? 0 : 1;
}
