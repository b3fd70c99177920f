import { readArguments } from './arguments';
import { cells } from './cells';
import { Cluster } from './cluster';
import { printResult, summary } from './report';
import { runCell, type CellResult } from './run-cell';
import { runTools } from './run-tools';
import { subjectNamed } from './subjects/subject';

/** Runs the cells that were asked for, those on one broker first, then those on three, each kind on one cluster. */
async function main(): Promise<number> {
  const { name, names, seed, subjects } = readArguments(process.argv.slice(2));
  const chosen = cells.filter((cell) => names.includes(cell.name));
  const results: CellResult[] = [];
  const { createRunFolder } = await runTools();
  const run = createRunFolder();
  for (const brokers of [1, 3] as const) {
    const onThese = chosen.filter((cell) => cell.brokers === brokers);
    if (onThese.length === 0) continue;
    const cluster = await Cluster.start(run, brokers);
    for (const subject of subjects.map(subjectNamed)) {
      for (const cell of onThese) {
        const result = await runCell(cluster, cell, subject, seed);
        results.push(result);
        printResult(result);
      }
    }
    await cluster.stop();
  }
  const line = summary(name, seed, results);
  process.stdout.write(`${JSON.stringify(line)}\n`);
  return line.ok ? 0 : 1;
}

void runTools().then(({ runMain }) => runMain(main));
