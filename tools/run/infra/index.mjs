import { rmSync } from 'node:fs';
import { until } from '../process/wait.mjs';
import { dockerAnswers, startDocker } from './docker.mjs';
import { missingForLocal, startLocal } from './local.mjs';
import { startTestcontainers } from './testcontainers.mjs';
import { answersApiVersions } from './kafka-wire.mjs';
import { answersPing } from './redis.mjs';

/**
 * Kafka and Redis for a run: from the environment (`KAFKA_BROKERS`, `REDIS_URL`, each for itself), else from a Docker engine that
 * answers, else as processes of this machine. `CONNECTOR_INFRA` (`docker`, `local`, `testcontainers`) fixes the way.
 *
 * `brokers` 3 (replication 3, two in sync) or `faults: true` always take the local way, and only there the answer has `cluster` (per
 * broker `address`, `advertised`, `pause`, `resume`, `kill`, `restart`) and `cache` (Redis, the same).
 */
export async function startInfrastructure({
  run,
  brokers = 1,
  advertised,
  heapMb,
  faults = brokers > 1,
  env = process.env,
  log = () => {},
}) {
  const given = faults ? {} : fromEnvironment(env);
  const need = { kafka: !given.kafkaBrokers, redis: !given.redisUrl, brokers, advertised, heapMb, log };
  const started =
    need.kafka || need.redis
      ? await startMissing(run, need, faults ? 'local' : env.CONNECTOR_INFRA)
      : { way: 'environment', stop: async () => {} };
  const infra = { ...started, kafkaBrokers: given.kafkaBrokers ?? started.kafkaBrokers, redisUrl: given.redisUrl ?? started.redisUrl };
  try {
    await answer(infra);
  } catch (error) {
    await infra.stop();
    throw error;
  }
  return infra;
}

function fromEnvironment(env) {
  return { kafkaBrokers: env.KAFKA_BROKERS || undefined, redisUrl: env.REDIS_URL || undefined };
}

async function startMissing(run, need, wanted) {
  if (wanted === 'testcontainers') return { way: 'testcontainers', ...(await startTestcontainers(need)) };
  if (wanted === 'docker' || (wanted === undefined && dockerAnswers())) return { way: 'docker', ...(await startDocker(run, need)) };
  const missing = await missingForLocal(run, need);
  if (missing.length > 0) throw new Error(threeWaysOut(missing));
  return { way: 'local', ...(await local(run, need)) };
}

async function local(run, need) {
  const { cluster, cache } = await startLocal(run, need);
  const broker = (n) => cluster.at(n - 1) ?? missingBroker(n);
  return {
    kafkaBrokers: need.kafka ? cluster.map((each) => each.advertised).join(',') : undefined,
    redisUrl: cache?.url,
    cluster,
    cache,
    /** Faults, by the broker's number from 1. */
    kill: (n) => broker(n).kill(),
    pauseBroker: (n) => broker(n).pause(),
    resumeBroker: (n) => broker(n).resume(),
    restartBroker: (n) => broker(n).restart(),
    stop: async () => {
      await Promise.all([...cluster.map((each) => each.stop()), cache?.stop()]);
      rmSync(run.data, { recursive: true, force: true });
    },
  };
}

function missingBroker(n) {
  throw new Error(`there is no broker ${n}`);
}

/** A last question to what is used, above all to addresses that came from the environment. A proxy in front may not run yet. */
async function answer({ way, kafkaBrokers, redisUrl }) {
  if (way === 'local') return;
  const ask = async (what, question) => until(question, { what, withinMs: 15_000, everyMs: 200 });
  await ask(`Kafka at ${kafkaBrokers} to answer`, async () =>
    (await Promise.all(kafkaBrokers.split(',').map((address) => answersApiVersions(address.trim())))).some(Boolean),
  );
  await ask('Redis at REDIS_URL to answer', () => answersPing(hostAndPort(redisUrl)));
}

function hostAndPort(url) {
  const { hostname, port } = new URL(url);
  return `${hostname}:${port || 6379}`;
}

function threeWaysOut(missing) {
  return [
    `Kafka and Redis could not be started on this machine. Missing: ${missing.join('; ')}.`,
    'Any one of these helps:',
    '  1. give addresses of running servers: KAFKA_BROKERS=host:9092 and REDIS_URL=redis://host:6379',
    '  2. start a Docker engine (with `docker compose`); Kafka and Redis then come from docker-compose.yml',
    '  3. install what is missing (Debian: apt-get install openjdk-17-jre-headless maven redis-server)',
  ].join('\n');
}
