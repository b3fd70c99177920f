import { copyFileSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startChild } from '../process/children.mjs';
import { freePort } from '../process/ports.mjs';
import { until } from '../process/wait.mjs';
import { log4jProperties, serverProperties } from './kafka-config.mjs';
import { classPath, jarsFolder } from './kafka-jars.mjs';
import { format, kafkaId } from './kafka-storage.mjs';
import { answersApiVersions, liveBrokers } from './kafka-wire.mjs';
import { javaVersion } from './programs.mjs';

/** A start takes 2 to 3 s on two cores; three brokers at once, on a busy machine, several times that. */
const startWithinMs = 90_000;

/**
 * A Kafka cluster of this run: `count` JVMs, each broker and controller. `advertised[n]` (`host:port`) sends clients of broker n to
 * another address, a proxy's for instance; brokers still talk to each other directly.
 */
export async function startKafka(run, { count = 1, advertised = [], heapMb = 512 } = {}) {
  const brokers = [];
  for (let n = 0; n < count; n += 1) brokers.push(await describe(n, advertised[n]));
  const clusterId = kafkaId();
  const started = brokers.map((broker) => new Broker(run, broker, brokers, heapMb));
  await Promise.all(started.map((broker) => broker.create(clusterId)));
  await Promise.all(started.map((broker) => broker.start()));
  await Promise.all(started.map((broker) => broker.ready(count)));
  return started;
}

async function describe(n, advertised) {
  const clientPort = await freePort();
  return {
    id: n + 1,
    clientPort,
    internalPort: await freePort(),
    controllerPort: await freePort(),
    advertised: advertised ?? `127.0.0.1:${clientPort}`,
  };
}

class Broker {
  constructor(run, broker, brokers, heapMb) {
    this.run = run;
    this.broker = broker;
    this.brokers = brokers;
    this.heapMb = heapMb;
    this.name = brokers.length === 1 ? 'kafka' : `kafka-${broker.id}`;
    this.folder = join(run.data, this.name);
    /** Where this broker itself listens, whatever it advertises. */
    this.address = `127.0.0.1:${broker.clientPort}`;
    this.advertised = broker.advertised;
  }

  async create(clusterId) {
    await format(this.run, this.broker, clusterId, this.folder);
    this.properties = join(this.run.data, `${this.name}.properties`);
    this.log4j = join(this.run.data, `${this.name}.log4j2.properties`);
    writeFileSync(this.properties, serverProperties(this.broker, this.brokers, this.folder));
    writeFileSync(this.log4j, log4jProperties(join(this.run.logs, `${this.name}.log`)));
  }

  start() {
    const args = [...this.jvmOptions(), '-cp', classPath(), 'kafka.Kafka', this.properties];
    this.child = startChild({ run: this.run, name: this.name, command: 'java', args, log: `${this.name}.out` });
  }

  /**
   * Start-up is mostly class loading: the serial collector and the first compiler alone start in 2.7 s instead of 3.0 s, and with an
   * archive of the loaded classes in 2.0 s (two cores). The first stop on a machine writes that archive.
   */
  jvmOptions() {
    const archive = join(jarsFolder(), `java-${javaVersion()}.jsa`);
    this.newArchive = existsSync(archive) || this.broker.id !== 1 ? undefined : { file: archive, draft: join(this.run.data, 'kafka.jsa') };
    return [
      `-Xms${this.heapMb}m`,
      `-Xmx${this.heapMb}m`,
      '-XX:+UseSerialGC',
      '-XX:TieredStopAtLevel=1',
      '-XX:+ExitOnOutOfMemoryError',
      '-Xshare:auto',
      '-Xlog:disable',
      '-Xlog:all=error:stderr',
      this.newArchive ? `-XX:ArchiveClassesAtExit=${this.newArchive.draft}` : `-XX:SharedArchiveFile=${archive}`,
      '-Djava.awt.headless=true',
      `-Dlog4j2.configurationFile=${this.log4j}`,
    ];
  }

  /** Waits until it answers, and sees `count` brokers that take work. */
  async ready(count = this.brokers.length) {
    const gaveUp = () => this.child.ended && !this.child.stopping && this.child.obituary();
    const wait = (what, ask) => until(ask, { what: `${this.name} ${what}`, withinMs: startWithinMs, gaveUp });
    await wait('to answer', () => answersApiVersions(this.address));
    await wait(`to see ${count} broker(s)`, async () => (await liveBrokers(this.address)) >= count);
  }

  kill() {
    return this.child.kill();
  }

  pause() {
    this.child.signal('SIGSTOP');
  }

  resume() {
    this.child.signal('SIGCONT');
  }

  /** Starts it again on the same data after `kill`, and waits until it answers and sees itself. */
  async restart() {
    await this.kill();
    this.start();
    await this.ready(1);
  }

  /** The data goes with the run, so there is nothing to close in order, except once to write the class archive. */
  async stop() {
    if (!this.newArchive) return this.kill();
    await this.child.stop(15_000);
    const { draft, file } = this.newArchive;
    if (this.child.ended.signal !== 'SIGKILL' && existsSync(draft)) moveInto(draft, file);
  }
}

/** Complete or not there: the cache may be on another disk, so copy first and then rename. */
function moveInto(draft, file) {
  const beside = `${file}.${process.pid}`;
  try {
    copyFileSync(draft, beside);
    renameSync(beside, file);
  } catch {
    // A cache that must not be written: every start is a second slower, that is all.
    rmSync(beside, { force: true });
  }
}
