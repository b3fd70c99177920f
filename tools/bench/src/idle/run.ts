import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { BenchResult } from '../bench';
import { Rounds } from '../figures';
import { healthy, ownNodeFlags } from '../gateway/contenders';
import type { KafkaBenchOptions } from '../kafka/kafka-bench';
import { root, runTools } from '../kafka/run-tools';
import { createTopics, dropTopics } from '../kafka/topics';
import { machine, versionsWithKafka } from '../machine';
import { pause } from '../pause';
import { Subject } from '../process/subject';
import { between, type Usage } from '../process/usage';
import { idleTargets, type IdleRow } from './targets';

const own = ['webhook-gateway', 'order-sync'] as const;
/** From the moment the last process is ready until measuring begins, ms: reference data is read, compilers settle. */
const settleMs = 10_000;

/** B11: what the connector's processes cost while nothing happens. All sit beside each other, so each window is the same for all. */
export async function run(options: KafkaBenchOptions): Promise<BenchResult> {
  const { quick, say, seed, kafka } = options;
  const [rounds, ms] = quick ? [3, 10_000] : [5, 30_000];
  const { loadAfter, ...machineBefore } = machine();
  const topic = `bench.idle.${randomBytes(4).toString('hex')}`;
  await createTopics(kafka, [topic]);
  const { subjects, stop } = await startIdle(options, topic);
  await pause(settleMs);
  const rows = new Rounds<IdleRow>();
  let before = await usages(subjects);
  for (let round = 1; round <= rounds; round += 1) {
    await pause(ms);
    const after = await usages(subjects);
    subjects.forEach(({ name }, index) => rows.add(name, rowOf(before[index]!, after[index]!)));
    before = after;
    say(`window ${round} of ${rounds}`);
  }
  await stop();
  await dropTopics(kafka, [topic]);
  const targets = idleTargets(rows, own);
  return {
    name: 'idle',
    ok: targets.every(({ ok }) => ok),
    figures: {
      contenders: rows.table({
        cpuPercent: { value: ({ cpuPercent }) => cpuPercent, digits: 3 },
        rssMb: { value: ({ rssMb }) => rssMb, digits: 0 },
      }),
      windowMs: ms,
      machine: { ...machineBefore, loadAfter: loadAfter() },
    },
    targets,
    seed,
    versions: await versionsWithKafka(options.way, ['kafkajs', '@nestjs/core']),
  };
}

/** The gateway and order-sync as they ship, with the twins as their platforms, and kafkajs as it comes. */
async function startIdle(
  { run, brokers, redisUrl }: KafkaBenchOptions,
  topic: string,
): Promise<{ subjects: Subject[]; stop: () => Promise<void> }> {
  const { startTwins, writeSeeds, demoVariables, freePort } = await runTools();
  const twins = await startTwins(run, await writeSeeds(run));
  const urlOf = (name: string): string => twins.find((twin) => twin.name === name)?.url ?? '';
  const publicPort = await freePort();
  const variables = demoVariables({
    sitooUrl: urlOf('sitoo-twin'),
    omniumUrl: urlOf('omnium-twin'),
    publicUrl: `http://127.0.0.1:${publicPort}`,
  });
  const env = {
    ...variables,
    KAFKA_BROKERS: brokers,
    REDIS_URL: redisUrl,
    TOPIC_REPLICATION: '1',
    CONNECTOR_CONFIG_DIR: join(root, 'config'),
    CONNECTOR_MASTER_KEY: randomBytes(32).toString('base64'),
    HTTP_HOST: '127.0.0.1',
    HTTP_PORT: String(publicPort),
    HEALTH_HOST: '127.0.0.1',
  };
  const subjects: Subject[] = [];
  for (const name of own) {
    const health = await freePort();
    const main = join(root, 'apps', name, 'dist/main.js');
    const subject = await Subject.start({ run, name, main, nodeFlags: ownNodeFlags, env: { ...env, HEALTH_PORT: String(health) } });
    subjects.push(subject);
    await healthy(`http://127.0.0.1:${health}/health/ready`, subject);
  }
  const plain = await Subject.start({
    run,
    name: 'plain-kafkajs',
    main: join(__dirname, 'plain-kafkajs.js'),
    env: { KAFKA_BROKERS: brokers, BENCH_TOPIC: topic },
  });
  subjects.push(plain);
  await plain.ready();
  const stop = async (): Promise<void> => {
    await Promise.all([...subjects.map((subject) => subject.kill()), ...twins.map(({ child }) => child.stop(3_000))]);
  };
  return { subjects, stop };
}

function usages(subjects: readonly Subject[]): Promise<Usage[]> {
  return Promise.all(subjects.map((subject) => subject.usage()));
}

function rowOf(before: Usage, after: Usage): IdleRow {
  const { seconds, cpuSeconds, rssBytes } = between(before, after);
  return { cpuPercent: (cpuSeconds / seconds) * 100, rssMb: rssBytes / 1024 ** 2 };
}
