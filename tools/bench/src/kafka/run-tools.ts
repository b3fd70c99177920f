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

/** What tools/run/stack.mjs answers, as far as benches use it. */
export interface Stack {
  infra: { way: string; kafkaBrokers: string };
  twins: Record<'sitoo' | 'omnium', { url: string }>;
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
  /** The whole connector with its twins, already built; `appEnv` is added to what the apps get. */
  startStack(options: { run: RunFolder; phases: object; prepared: true; appEnv: Record<string, string> }): Promise<Stack>;
  /** Progress of a stack's start goes where `write` says. */
  Phases: new (write: (text: string) => unknown) => object;
  /** A copy of the example configuration, changed; its folder. */
  configurationOf(run: RunFolder, changes: { properties?: Record<string, string | number> }): string;
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
  'report/phases.mjs',
  'configuration.mjs',
  'stack.mjs',
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
