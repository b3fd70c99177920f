import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The repository's root folder, from `dist/` and from `src/` alike. */
export const root = join(__dirname, '../../../..');

/** A run's own folder: `logs` stay, `data` goes with the run, `pids` names its living processes for the watchdog. */
export interface RunFolder {
  path: string;
  logs: string;
  data: string;
  pids: string;
}

export interface Infrastructure {
  /** `environment`, `docker`, `local` or `testcontainers`. */
  way: string;
  kafkaBrokers: string;
  redisUrl: string;
  stop(): Promise<void>;
}

export interface Twin {
  name: string;
  url: string;
  child: { stop(graceMs?: number): Promise<void> };
}

/** The parts of tools/run that benches use: plain modules without types of their own. */
export interface RunTools {
  kafkaVersion: string;
  createRunFolder(): RunFolder;
  startInfrastructure(options: { run: RunFolder; log?: (line: string) => void }): Promise<Infrastructure>;
  startTwins(run: RunFolder, seeds: Record<string, string>): Promise<Twin[]>;
  writeSeeds(run: RunFolder): Promise<Record<string, string>>;
  demoVariables(urls: { sitooUrl: string; omniumUrl: string; publicUrl: string }): Record<string, string>;
  freePort(): Promise<number>;
  /** What tells a process apart from a later one with the same id. */
  signature(pid: number): string;
  runMain(main: () => Promise<number>): Promise<void>;
  onShutdown(step: () => Promise<unknown> | void): void;
}

const files = [
  'process/run-folder.mjs',
  'process/owner.mjs',
  'process/ports.mjs',
  'process/shutdown.mjs',
  'infra/index.mjs',
  'infra/kafka-jars.mjs',
  'services.mjs',
  'demo.mjs',
];

let loaded: Promise<RunTools> | undefined;

export function runTools(): Promise<RunTools> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<RunTools> {
  const modules = await Promise.all(files.map((file) => import(pathToFileURL(join(root, 'tools/run', file)).href) as Promise<object>));
  return Object.assign({}, ...modules) as RunTools;
}
