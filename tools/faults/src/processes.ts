import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { partitions, type Cluster } from './cluster';
import type { History } from './histories/history';
import { pause } from './proxy/fault-plan';
import { root, runTools, type Child } from './run-tools';
import type { Subject } from './subjects/subject';

/** How the flow of a consumer under test is set. */
export interface FlowSettings {
  batchSize: number;
  concurrency: number;
  deadlineMs: number;
  attempts: number;
}

export const flowDefaults: FlowSettings = { batchSize: 20, concurrency: 4, deadlineMs: 4_000, attempts: 5 };

/** Session time-out of fault runs, ms: the shortest that Kafka's broker takes by default. */
export const sessionTimeoutMs = 6_000;
/** 10 s become 0.2 s, one minute 1.2 s, ten minutes 12 s. */
export const timeScale = 0.02;
/** The token of the market in `config/`. */
export const webhookToken = 'faults-webhook-token';
/** Pause of the orchestrator before a process that ended by itself is started again, ms. */
const restartAfterMs = 500;
const readyWithinMs = 30_000;

/** A process under test: killed, frozen and ended as faults, and started again when it ends by itself, as an orchestrator would. */
export class Process {
  private child: Child | undefined;
  private wanted = false;
  /** How often it ended by itself. */
  crashes = 0;

  constructor(
    readonly name: string,
    private readonly spawn: () => Promise<Child>,
    private readonly isReady: () => Promise<boolean>,
    private readonly history: History,
  ) {}

  get pid(): number | undefined {
    return this.child?.ended ? undefined : this.child?.pid;
  }

  get logFile(): string | undefined {
    return this.child?.logFile;
  }

  /** Resolves when it is ready for work, or when somebody has ended it before that. */
  async start(): Promise<void> {
    const { until } = await runTools();
    this.wanted = true;
    const child = await this.launch();
    const gaveUp = () => child.ended !== undefined && this.wanted && `${this.name} ended:\n${child.tail()}`;
    const readyOrEnded = async () => !this.wanted || (await this.isReady());
    await until(readyOrEnded, { what: `${this.name} to be ready`, withinMs: readyWithinMs, everyMs: 50, gaveUp });
    if (this.wanted) this.history.add({ type: 'process', process: this.name, what: 'ready' });
  }

  /** SIGKILL. */
  kill(): Promise<void> {
    this.wanted = false;
    this.history.add({ type: 'process', process: this.name, what: 'killed' });
    return this.child?.kill() ?? Promise.resolve();
  }

  /** SIGSTOP: nothing of it runs, its connections stay. */
  freeze(): void {
    this.child?.signal('SIGSTOP');
    this.history.add({ type: 'process', process: this.name, what: 'frozen' });
  }

  thaw(): void {
    this.history.add({ type: 'process', process: this.name, what: 'thawed' });
    this.child?.signal('SIGCONT');
  }

  /** SIGTERM; resolves when it has ended, by SIGKILL after the grace. */
  async end(graceMs: number): Promise<void> {
    this.wanted = false;
    this.history.add({ type: 'process', process: this.name, what: 'term' });
    await this.child?.stop(graceMs);
  }

  private async launch(): Promise<Child> {
    const child = await this.spawn();
    this.child = child;
    this.history.add({ type: 'process', process: this.name, what: 'started' });
    void child.exited.then(({ code }) => this.exited(code));
    return child;
  }

  private async exited(code: number | null): Promise<void> {
    this.history.add({ type: 'process', process: this.name, what: 'exited', code });
    if (!this.wanted) return;
    this.crashes += 1;
    await pause(restartAfterMs);
    if (this.wanted) await this.launch();
  }
}

/** Starts the processes of one subject. */
export class Processes {
  readonly all: Process[] = [];
  private readonly ready = new Set<string>();

  constructor(
    private readonly cluster: Cluster,
    private readonly subject: Subject,
    private readonly history: History,
    private readonly sinkUrl: string,
    readonly group: string,
    private readonly flow: FlowSettings,
  ) {}

  /** Called when a consumer says that it has joined. */
  noteReady(process: string): void {
    this.ready.add(process);
  }

  async gateway(name = 'webhook-gateway'): Promise<{ process: Process; url: string; metricsUrl: string }> {
    const { freePort } = await runTools();
    const [port, health] = [await freePort(), await freePort()];
    const url = `http://127.0.0.1:${port}/api/sitoowebhook/Faults/NOR/events`;
    const metricsUrl = `http://127.0.0.1:${health}/metrics`;
    const env = {
      HTTP_HOST: '127.0.0.1',
      HTTP_PORT: String(port),
      HEALTH_HOST: '127.0.0.1',
      HEALTH_PORT: String(health),
      CONNECTOR_CONFIG_DIR: join(root, 'tools/faults/config'),
      CONNECTOR_MASTER_KEY: randomBytes(32).toString('base64'),
      FAULTS_API_KEY: '90000-1:faults-api-password',
      FAULTS_WEBHOOK_KEY: webhookToken,
      FAULTS_CLIENT_ID: 'faults',
      FAULTS_CLIENT_SECRET: 'faults-client-secret',
    };
    const probe = this.subject.name === 'naive' ? `http://127.0.0.1:${port}/` : `http://127.0.0.1:${health}/health/ready`;
    const isReady = async () => {
      const answer = await fetch(probe, { signal: AbortSignal.timeout(1_000) }).catch(() => undefined);
      return answer !== undefined && (answer.ok || this.subject.name === 'naive');
    };
    return { process: this.process(name, this.subject.gateway, env, isReady), url, metricsUrl };
  }

  consumer(name: string): Process {
    const { batchSize, concurrency, deadlineMs, attempts } = this.flow;
    const env = {
      FAULTS_SINK_URL: this.sinkUrl,
      FAULTS_GROUP: this.group,
      FAULTS_BATCH_SIZE: String(batchSize),
      FAULTS_CONCURRENCY: String(concurrency),
      FAULTS_DEADLINE_MS: String(deadlineMs),
      FAULTS_ATTEMPTS: String(attempts),
    };
    return this.process(name, this.subject.consumer, env, async () => this.ready.has(name));
  }

  async killAll(): Promise<void> {
    await Promise.all(this.all.map((one) => one.kill()));
  }

  private process(name: string, main: string, env: Record<string, string>, isReady: () => Promise<boolean>): Process {
    const spawn = async () => {
      const { startChild } = await runTools();
      this.ready.delete(name);
      const args = ['--enable-source-maps', ...(this.subject.preload ? ['--require', this.subject.preload] : []), main];
      return startChild({
        run: this.cluster.run,
        name: `${this.group}.${name}`,
        command: join(root, 'node_modules/.bin/node'),
        args,
        env: { ...this.common(name), ...env },
      });
    };
    const started = new Process(name, spawn, isReady, this.history);
    this.all.push(started);
    return started;
  }

  private common(name: string): Record<string, string> {
    return {
      FAULTS_NAME: name,
      KAFKA_BROKERS: this.cluster.addresses.join(','),
      TOPIC_PARTITIONS: String(partitions),
      TOPIC_REPLICATION: String(this.cluster.replication),
      TIME_SCALE: String(timeScale),
      SESSION_TIMEOUT_MS: String(sessionTimeoutMs),
      LOG_LEVEL: 'info',
      NODE_ENV: 'production',
    };
  }
}
