import { sitooOrderChanged } from '@connector/contracts';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { KafkaBenchOptions } from '../kafka/kafka-bench';
import { root, runTools } from '../kafka/run-tools';
import { createTopics, partitions, partitionsOf } from '../kafka/topics';
import { Subject } from '../process/subject';
import { configurationSecrets, webhookPath, writeConfiguration } from './configuration';

/** The contenders by the name they have in the result. */
export const naive = { 'parse-only': false, 'send-each': true, 'nest-emit': true, linger: true } as const;
export type GatewayName = 'ours' | keyof typeof naive;
export const gatewayNames: readonly GatewayName[] = ['ours', 'parse-only', 'send-each', 'nest-emit', 'linger'];

export interface Gateway {
  readonly name: GatewayName;
  readonly subject: Subject;
  readonly url: string;
  /** Where its events are found again; undefined when it keeps none. */
  readonly topic: string | undefined;
  /** Produce requests and records since it started. */
  sent(): Promise<{ sends: number; records: number }>;
}

/** How the connector's processes are run by its own commands. */
export const ownNodeFlags = ['--enable-source-maps'];

/** Starts all of them; each is warm and frozen until its turn. */
export async function startGateways(options: KafkaBenchOptions): Promise<Gateway[]> {
  const ours = await startOurs(options);
  const topicPartitions = (await partitionsOf(options.kafka, sitooOrderChanged.topic)) ?? partitions;
  const run = randomBytes(4).toString('hex');
  const gateways = [ours];
  for (const name of gatewayNames) if (name !== 'ours') gateways.push(await startNaive(options, name, run, topicPartitions));
  return gateways;
}

/** The real one, built as it ships. */
async function startOurs({ run, brokers }: KafkaBenchOptions): Promise<Gateway> {
  const { freePort } = await runTools();
  const [port, health] = [await freePort(), await freePort()];
  const subject = await Subject.start({
    run,
    name: 'gateway-ours',
    main: join(root, 'apps/webhook-gateway/dist/main.js'),
    nodeFlags: ownNodeFlags,
    env: {
      ...configurationSecrets,
      HTTP_HOST: '127.0.0.1',
      HTTP_PORT: String(port),
      HEALTH_HOST: '127.0.0.1',
      HEALTH_PORT: String(health),
      KAFKA_BROKERS: brokers,
      TOPIC_REPLICATION: '1',
      TOPIC_PARTITIONS: String(partitions),
      CONNECTOR_CONFIG_DIR: writeConfiguration(run.data),
      CONNECTOR_MASTER_KEY: randomBytes(32).toString('base64'),
    },
  });
  await healthy(`http://127.0.0.1:${health}/health/ready`, subject);
  const sent = (): Promise<{ sends: number; records: number }> => batchMetric(`http://127.0.0.1:${health}/metrics`);
  return { name: 'ours', subject, url: `http://127.0.0.1:${port}${webhookPath}`, topic: sitooOrderChanged.topic, sent };
}

async function startNaive(
  { run, brokers, kafka }: KafkaBenchOptions,
  name: keyof typeof naive,
  tag: string,
  numPartitions: number,
): Promise<Gateway> {
  const { freePort } = await runTools();
  const port = await freePort();
  const topic = naive[name] ? `bench.gateway.${name}.${tag}` : undefined;
  if (topic) await createTopics(kafka, [topic], numPartitions);
  const main = join(__dirname, 'contenders', `${name}.js`);
  const env = { BENCH_PORT: String(port), KAFKA_BROKERS: brokers, BENCH_TOPIC: topic ?? '' };
  const subject = await Subject.start({ run, name: `gateway-${name}`, main, env });
  await subject.ready();
  const sent = async (): Promise<{ sends: number; records: number }> => {
    const { counters } = await subject.usage();
    return { sends: counters['sends'] ?? 0, records: counters['records'] ?? 0 };
  };
  return { name, subject, url: `http://127.0.0.1:${port}${webhookPath}`, topic, sent };
}

/** Waits until the connector's own probe says ready. */
export async function healthy(url: string, subject: Subject, withinMs = 60_000): Promise<void> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
    if (answer?.ok) return;
    if (subject.ended || performance.now() > deadline) throw new Error(`${subject.name} is not ready; see ${subject.logFile}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function batchMetric(url: string): Promise<{ sends: number; records: number }> {
  const text = await (await fetch(url)).text();
  const value = (name: string): number =>
    Number(new RegExp(`^gateway_batch_records_${name}(?:\\{.*\\})? (\\S+)$`, 'm').exec(text)?.[1] ?? NaN);
  return { sends: value('count'), records: value('sum') };
}
