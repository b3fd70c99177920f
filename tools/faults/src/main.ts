import { readArguments, type Arguments } from './arguments';
import { Cluster } from './cluster';
import { brokersOf, jobsOf, type Job } from './jobs';
import { caught } from './proof/caught';
import { faultTable } from './proof/fault-table';
import { writeFaults } from './proof/write-faults';
import { brief, printResult, resultLine } from './report';
import { runCell, type CellResult } from './run-cell';
import { runStackCell } from './run-stack-cell';
import { runTools, type RunFolder } from './run-tools';
import { subjectNamed } from './subjects/subject';
import { titles, writeProof } from './write-proof';

/** Runs the cells that were asked for: those on one broker first, then those on three, each kind on one cluster, then those that bring what they need. */
async function main(): Promise<number> {
  const given = process.argv.slice(2);
  if (given[0] === 'proof') {
    writeProof();
    return 0;
  }
  const asked = readArguments(given);
  const { createRunFolder } = await runTools();
  const run = createRunFolder();
  const jobs = jobsOf(asked);
  const results: CellResult[] = [];
  for (const brokers of [1, 3, 0] as const) {
    const own = jobs.filter((job) => brokersOf(job) === brokers);
    if (own.length > 0) results.push(...(await runAll(run, brokers, own, asked)));
  }
  const line = resultLine(asked.name, asked.seed, results.map(brief));
  if (asked.compare) {
    line.ok = caught(results);
    process.stdout.write(`${faultTable(line.figures.results, titles).join('\n')}\n`);
  }
  process.stdout.write(`${JSON.stringify(line)}\n`);
  return line.ok ? 0 : 1;
}

async function runAll(
  run: RunFolder,
  brokers: 0 | 1 | 3,
  jobs: readonly Job[],
  { compare, seed: first }: Arguments,
): Promise<CellResult[]> {
  const cluster = brokers === 0 ? undefined : await Cluster.start(run, brokers);
  const results: CellResult[] = [];
  for (const { cell, subject, seed, quick } of jobs) {
    if ('stack' in cell) results.push(await runStackCell(run, cell, subjectNamed(subject), { seed, quick }));
    else if (cluster) results.push(await runCell(cluster, cell, subjectNamed(subject), seed));
    const result = results.at(-1)!;
    printResult(result);
    // A comparison takes a while: what is done is kept when it is interrupted.
    if (compare) writeFaults(resultLine('compared', first, [brief(result)]));
  }
  await cluster?.stop();
  return results;
}

void runTools().then(({ runMain }) => runMain(main));
