import { sitooOrderChanged } from '@connector/contracts';
import { Partitioners } from 'kafkajs';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from './checker/check';
import type { Violation } from './checker/violation';
import type { Cluster } from './cluster';
import { generate, type GeneratorSettings } from './generator';
import type { Expectation } from './histories/entry';
import { History } from './histories/history';
import { Observer } from './histories/observer';
import { plantedIn } from './planted-data';
import { flowDefaults, Processes, type FlowSettings, type Process } from './processes';
import { pause } from './proxy/fault-plan';
import { Random } from './random';
import { Sender, type GatewayAddress } from './sender';
import { SinkServer } from './sink/sink-server';
import type { Subject } from './subjects/subject';

export interface SceneOptions {
  cell: string;
  subject: Subject;
  seed: number;
  consumers: number;
  flow: Partial<FlowSettings>;
  expect: Partial<Expectation>;
}

const expectations = { mustPark: [], quiesceWithinMs: 15_000, graceMs: 10_000, answerWithinMs: 15_000, maxRssMb: 400 };

/** Events that are there before the first consumer is: a new group must begin at the oldest record. */
const earlyEvents = 20;

/** One run: a gateway and consumers of one subject against Kafka behind its proxies, a sink, a sender, and a history of all of it. */
export class Scene {
  readonly history: History;
  readonly random: Random;
  readonly sender: Sender;
  readonly gateways: { process: Process; url: string; metricsUrl: string }[] = [];
  readonly consumers: Process[] = [];
  /** The gateway that requests go to. */
  target: GatewayAddress = { name: '', url: '' };
  private sampling: NodeJS.Timeout | undefined;
  private orders = 1;

  private constructor(
    readonly cluster: Cluster,
    readonly options: SceneOptions,
    readonly sink: SinkServer,
    readonly processes: Processes,
    readonly observer: Observer,
    history: History,
  ) {
    this.history = history;
    this.random = new Random(options.seed);
    this.sender = new Sender(history, sink.orders, () => this.target);
    sink.onTold = (process, event) => event === 'ready' && processes.noteReady(process);
    cluster.plan.onFault = ({ kind, client, api }) =>
      history.add({ type: 'fault', kind, target: client || 'everybody', ...(api ? { detail: api } : {}) });
  }

  static async start(cluster: Cluster, options: SceneOptions): Promise<Scene> {
    const { cell, subject, seed } = options;
    const begins = await cluster.clear();
    const path = join(cluster.run.logs, `history-${cell}-${subject.name.replace(':', '-')}-${seed}.jsonl`);
    const history = new History(path);
    history.add({ type: 'expect', cell, subject: subject.name, seed, ...expectations, ...options.expect });
    const sink = await SinkServer.listen(history);
    const group = `faults.${cell}.${subject.name.replace(':', '-')}.${Date.now().toString(36)}`;
    const processes = new Processes(cluster, subject, history, sink.url, group, { ...flowDefaults, ...options.flow });
    const observer = new Observer(cluster.kafka, cluster.addresses, history, subject.groupOf(group), subject.parks, begins);
    const scene = new Scene(cluster, options, sink, processes, observer, history);
    try {
      await scene.open();
    } catch (error) {
      await scene.close();
      throw error;
    }
    return scene;
  }

  /** Events of the seed, about orders that no earlier call has used. */
  plan(settings: Partial<GeneratorSettings>): ReturnType<typeof generate> {
    const plan = generate({ garbage: 0, ...settings, seed: this.options.seed, firstOrder: this.orders });
    this.orders += settings.orders ?? 200;
    return plan;
  }

  /** The script's usual pace: 5 to 60 ms between reading and writing, 5 to 40 ms for the write. */
  usualPace(): void {
    this.sink.script = {
      begin: () => ({ thinkMs: this.random.between(5, 60) }),
      apply: () => ({ takesMs: this.random.between(5, 40) }),
    };
  }

  async addGateway(): Promise<void> {
    const name = this.gateways.length === 0 ? 'webhook-gateway' : `webhook-gateway-${this.gateways.length + 1}`;
    const gateway = await this.processes.gateway(name);
    await gateway.process.start();
    this.gateways.push(gateway);
    this.target = { name, url: gateway.url };
  }

  async addConsumer(): Promise<Process> {
    const consumer = this.processes.consumer(`consumer-${this.consumers.length + 1}`);
    this.consumers.push(consumer);
    await consumer.start();
    return consumer;
  }

  consumer(number: number): Process {
    const consumer = this.consumers[number - 1];
    if (!consumer) throw new RangeError(`there is no consumer ${number}`);
    return consumer;
  }

  /** Writes a record past the gateway. Answers where it lies. */
  readonly write = async (key: string | null, value: Buffer | null): Promise<{ partition: number; offset: number }> => {
    const producer = this.cluster.kafka.producer({ allowAutoTopicCreation: false, createPartitioner: Partitioners.DefaultPartitioner });
    await producer.connect();
    try {
      const [written] = await producer.send({ topic: sitooOrderChanged.topic, messages: [{ key, value }] });
      return { partition: written?.partition ?? -1, offset: Number(written?.baseOffset ?? -1) };
    } finally {
      await producer.disconnect();
    }
  };

  /** The faults are over: waits until everything is answered and committed, and notes how long that took. */
  async settle(withinMs = 15_000): Promise<void> {
    this.cluster.plan.clear();
    const started = performance.now();
    let lag = Number.POSITIVE_INFINITY;
    while (performance.now() - started < withinMs) {
      lag = await this.observer.lag().catch(() => Number.POSITIVE_INFINITY);
      if (lag === 0 && this.sender.unacknowledged === 0) break;
      await pause(200);
    }
    const { unacknowledged } = this.sender;
    const ok = lag === 0 && unacknowledged === 0;
    this.history.add({
      type: 'quiesced',
      ok,
      ms: Math.round(performance.now() - started),
      lag: Number.isFinite(lag) ? lag : -1,
      unacknowledged,
    });
  }

  /** Ends the run and says what was wrong with it. */
  async finish(): Promise<Violation[]> {
    const metrics = await this.metrics();
    await this.close();
    await this.observer.readEverything();
    for (const { where, text } of [...(await this.observer.readTexts()), ...this.logs(), ...metrics]) {
      this.history.add({ type: 'scanned', where, bytes: text.length, found: plantedIn(text) });
    }
    this.history.close();
    return check(this.history.entries);
  }

  private async open(): Promise<void> {
    this.usualPace();
    await this.addGateway();
    for (const request of this.plan({ events: earlyEvents, orders: earlyEvents, perRequest: 1, repeated: 0 })) this.sender.send(request);
    await this.observer.start();
    await Promise.all(Array.from({ length: this.options.consumers }, () => this.addConsumer()));
    this.sampling = setInterval(() => this.sample(), 1_000);
  }

  /** Nothing of it runs any more. */
  async close(): Promise<void> {
    clearInterval(this.sampling);
    this.sender.stop();
    await this.processes.killAll();
    await this.observer.stop().catch(() => undefined);
    await this.sink.close();
    this.cluster.plan.onFault = () => undefined;
  }

  private sample(): void {
    for (const { name, pid } of this.processes.all) {
      if (pid === undefined) continue;
      try {
        const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
        this.history.add({ type: 'sample', process: name, rssMb: Math.round((pages * 4_096) / 1_048_576) });
      } catch {
        // It has just ended, or this system has no /proc.
      }
    }
  }

  private async metrics(): Promise<{ where: string; text: string }[]> {
    const asked = this.gateways.map(async ({ metricsUrl, process: { name } }) => {
      const answer = await fetch(metricsUrl, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
      return { where: `${name} metrics`, text: (await answer?.text()) ?? '' };
    });
    return Promise.all(asked);
  }

  private logs(): { where: string; text: string }[] {
    const files = new Set(this.processes.all.flatMap(({ logFile }) => (logFile ? [logFile] : [])));
    return [...files].map((file) => ({ where: file.split('/').at(-1) ?? file, text: readFileSync(file, 'utf8') }));
  }
}
