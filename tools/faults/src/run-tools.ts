import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The repository's root folder, from `dist/` and from `src/` alike. */
export const root = join(__dirname, '../../..');

/** A run's own folder; see tools/run/process/run-folder.mjs. */
export interface RunFolder {
  path: string;
  logs: string;
  data: string;
}

/** A process of a run, in a process group of its own. */
export interface Child {
  pid: number | undefined;
  logFile: string;
  /** Set once it has ended. */
  ended?: { code: number | null; signal: string | null };
  exited: Promise<{ code: number | null; signal: string | null }>;
  signal(name: NodeJS.Signals): void;
  kill(): Promise<void>;
  stop(graceMs?: number): Promise<void>;
  tail(lines?: number): string;
}

export interface Broker {
  address: string;
  child: Child;
  kill(): Promise<void>;
  pause(): void;
  resume(): void;
  start(): void;
  ready(count?: number): Promise<void>;
  restart(): Promise<void>;
}

export interface Infrastructure {
  cluster: Broker[];
  redisUrl: string;
  stop(): Promise<void>;
}

/** A Redis of a run, in memory only. */
export interface Redis {
  url: string;
  kill(): Promise<void>;
  pause(): void;
  resume(): void;
  /** Empty, on the same port; resolves when it answers. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface ChildOptions {
  run: RunFolder;
  name: string;
  command: string;
  args: string[];
  env: Record<string, string>;
}

/** What tools/run/stack.mjs answers, as far as fault runs use it. */
export interface Stack {
  infra: { kafkaBrokers: string };
  twins: Record<'sitoo' | 'omnium', { url: string }>;
  /** Environment of the apps. */
  variables: Record<string, string>;
  stop(): Promise<void>;
}

/** The parts of tools/run that fault runs use: plain modules without types of their own. */
export interface RunTools {
  createRunFolder(): RunFolder;
  startInfrastructure(options: {
    run: RunFolder;
    brokers: number;
    advertised: string[];
    heapMb?: number;
    faults: true;
    log?: (line: string) => void;
  }): Promise<Infrastructure>;
  startStack(options: {
    run: RunFolder;
    phases: object;
    prepared: true;
    appEnv: Record<string, string>;
    infraOptions: { faults: true };
  }): Promise<Stack>;
  /** A copy of the example configuration, changed; its folder. */
  configurationOf(run: RunFolder, changes: { properties?: Record<string, string | number>; timeOut?: string }): string;
  /** Progress of a stack's start goes where `write` says. */
  Phases: new (write: (text: string) => unknown) => object;
  /** Whether `redis-server` can be run; tries to install it. */
  ensureRedisServer(run: RunFolder, log: (line: string) => void): Promise<boolean>;
  startRedis(run: RunFolder): Promise<Redis>;
  runCommand(options: ChildOptions): Promise<{ ok: boolean; child: Child }>;
  startChild(options: ChildOptions): Child;
  freePort(): Promise<number>;
  runMain(main: () => Promise<number>): Promise<void>;
  onShutdown(step: () => Promise<unknown> | void): void;
  until<T>(
    ask: () => T | Promise<T>,
    options: { what: string; withinMs: number; everyMs?: number; gaveUp?: () => string | false | undefined },
  ): Promise<T>;
}

let loaded: Promise<RunTools> | undefined;

export function runTools(): Promise<RunTools> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<RunTools> {
  const files = [
    'process/run-folder.mjs',
    'infra/index.mjs',
    'infra/redis.mjs',
    'process/children.mjs',
    'process/ports.mjs',
    'process/shutdown.mjs',
    'process/wait.mjs',
    'report/phases.mjs',
    'configuration.mjs',
    'stack.mjs',
  ];
  const modules = await Promise.all(files.map((file) => import(pathToFileURL(join(root, 'tools/run', file)).href) as Promise<object>));
  return Object.assign({}, ...modules) as RunTools;
}
