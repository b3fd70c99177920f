import { cpus, loadavg, totalmem } from 'node:os';
import { round } from './bench';
import { runTools } from './kafka/run-tools';
import { packageVersion } from './versions';

/** What took part. A broker that came from elsewhere is named by where it came from. */
export async function versionsWithKafka(way: string, packages: readonly string[]): Promise<Record<string, string>> {
  const { kafkaVersion } = await runTools();
  const named = Object.fromEntries(packages.map((name) => [name, packageVersion(name)]));
  return { node: process.version, kafka: way === 'environment' ? 'given by KAFKA_BROKERS' : kafkaVersion, ...named };
}

/** How busy the machine is beside the bench: figures of a loaded machine are worth less, their ratios a little more. */
export function machine(): { cores: number; model: string; memoryGb: number; loadBefore: number; loadAfter: () => number } {
  const [first] = cpus();
  return {
    cores: cpus().length,
    model: first?.model ?? 'unknown',
    memoryGb: round(totalmem() / 1024 ** 3, 1),
    loadBefore: load(),
    loadAfter: load,
  };
}

/** Processes that want a core, mean of the last minute. */
function load(): number {
  return round(loadavg()[0] ?? Number.NaN, 2);
}
