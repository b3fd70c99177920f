import { fork, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runTools, type RunFolder } from '../kafka/run-tools';
import type { Usage } from './usage';

export interface SubjectSettings {
  run: RunFolder;
  name: string;
  /** Its compiled entry point. */
  main: string;
  env?: Record<string, string>;
  nodeFlags?: string[];
}

type Message = { is: string } & Record<string, unknown>;

const probe = join(__dirname, 'probe.js');
const living = new Set<Subject>();
let swept = false;

/** A process of a bench with its IPC channel, in a process group of its own, its output in the run's logs. */
export class Subject {
  private readonly exited: Promise<void>;

  private constructor(
    readonly name: string,
    private readonly child: ChildProcess,
    readonly logFile: string,
    private readonly pidFile: string,
  ) {
    living.add(this);
    this.exited = new Promise((resolve) =>
      child.once('exit', () => {
        living.delete(this);
        rmSync(this.pidFile, { force: true });
        resolve();
      }),
    );
  }

  /** Starts it; `ready` says when it can work. */
  static async start({ run, name, main, env = {}, nodeFlags = [] }: SubjectSettings): Promise<Subject> {
    const { signature, onShutdown } = await runTools();
    if (!swept) onShutdown(() => Promise.all([...living].map((subject) => subject.kill())));
    swept = true;
    const logFile = join(run.logs, `${name}.log`);
    const output = openSync(logFile, 'a');
    const child = fork(main, [], {
      detached: true,
      execArgv: ['--require', probe, ...nodeFlags],
      env: { ...process.env, NODE_ENV: 'production', KAFKAJS_NO_PARTITIONER_WARNING: '1', ...env },
      stdio: ['ignore', output, output, 'ipc'],
      serialization: 'advanced',
    });
    closeSync(output);
    if (child.pid === undefined) throw new Error(`${name} could not be started`);
    const pidFile = join(run.pids, String(child.pid));
    writeFileSync(pidFile, signature(child.pid));
    return new Subject(name, child, logFile, pidFile);
  }

  /** Resolves when the process says that it is ready. */
  ready(): Promise<Message> {
    return this.hear('ready');
  }

  /** What it has used since it started. */
  async usage(): Promise<Usage> {
    const { usage } = await this.ask({ ask: 'usage' }, 'usage');
    return usage as Usage;
  }

  /** Sends a command and waits for the report of that name. */
  ask(command: object, report: string, withinMs = 60_000): Promise<Message> {
    const answer = this.hear(report, withinMs);
    this.child.send(command);
    return answer;
  }

  /** The next report of that name. Rejects when the process ends before. */
  hear(report: string, withinMs = 60_000): Promise<Message> {
    return new Promise((resolve, reject) => {
      const done = (): void => {
        this.child.off('message', onMessage);
        this.child.off('exit', onExit);
        clearTimeout(timer);
      };
      const onMessage = (message: unknown): void => {
        if (!isReport(message, report)) return;
        done();
        resolve(message);
      };
      const fail = (why: string): void => {
        done();
        reject(new Error(`${this.name} ${why} its report "${report}". The end of ${this.logFile}:\n${this.tail()}`));
      };
      const onExit = (): void => fail('ended before');
      const timer = setTimeout(() => fail(`did not give within ${withinMs} ms`), withinMs);
      this.child.on('message', onMessage);
      this.child.once('exit', onExit);
    });
  }

  get ended(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** SIGSTOP: it costs nothing while another one is measured, and its connections stay. */
  freeze(): void {
    this.signal('SIGSTOP');
  }

  thaw(): void {
    this.signal('SIGCONT');
  }

  /** SIGKILL: nothing of it is needed any more. */
  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.exited;
  }

  private signal(name: NodeJS.Signals): void {
    try {
      if (this.child.pid !== undefined && !this.ended) process.kill(-this.child.pid, name);
    } catch {
      // Gone in the meantime.
    }
  }

  private tail(): string {
    return readFileSync(this.logFile, 'utf8').trimEnd().split('\n').slice(-20).join('\n');
  }
}

function isReport(message: unknown, is: string): message is Message {
  return typeof message === 'object' && message !== null && 'is' in message && message.is === is;
}
