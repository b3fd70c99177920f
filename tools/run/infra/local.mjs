import { ensureJars, jarsPresent } from './kafka-jars.mjs';
import { startKafka } from './kafka.mjs';
import { found, javaSuffices } from './programs.mjs';
import { ensureRedisServer, startRedis } from './redis.mjs';

/** What the local way lacks on this machine, in words; empty when it can be taken. */
export async function missingForLocal(run, { kafka, redis, log }) {
  const missing = [];
  if (kafka && !javaSuffices()) missing.push('Java 17 or newer (`java`), for Kafka');
  if (kafka && !jarsPresent() && !found('mvn')) missing.push('Maven (`mvn`), to resolve Kafka once');
  if (redis && !(await ensureRedisServer(run, log))) missing.push('`redis-server`');
  return missing;
}

/** Kafka as JVM processes and `redis-server`, on ports and folders of this run. */
export async function startLocal(run, { kafka, redis, brokers, advertised, heapMb, log }) {
  if (kafka) await ensureJars(run, log);
  const [cluster, cache] = await Promise.all([
    kafka ? startKafka(run, { count: brokers, advertised, heapMb }) : [],
    redis ? startRedis(run) : undefined,
  ]);
  return { cluster, cache };
}
