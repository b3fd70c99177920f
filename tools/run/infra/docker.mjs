import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../process/children.mjs';
import { root } from '../process/paths.mjs';
import { freePorts } from '../process/ports.mjs';
import { found, succeeds } from './programs.mjs';

/** Whether a Docker engine answers and its `compose` is there. */
export function dockerAnswers() {
  return found('docker') && succeeds('docker', 'info') && succeeds('docker', 'compose', 'version');
}

/** Kafka and Redis of `docker-compose.yml`, as a project and on ports of this run. */
export async function startDocker(run, { kafka, redis, log }) {
  const [kafkaPort, redisPort] = await freePorts(2);
  const project = `connector-${run.id}`;
  const services = [kafka && 'kafka', redis && 'redis'].filter(Boolean);
  const env = { KAFKA_PORT: String(kafkaPort), REDIS_PORT: String(redisPort) };
  const compose = (...args) =>
    runCommand({ run, name: 'docker-compose', command: 'docker', args: ['compose', '-p', project, ...args], env, cwd: root });
  // The watchdog and the next run take the project down by this file.
  writeFileSync(join(run.path, 'compose-project'), project);
  log(`docker compose up (${services.join(', ')})`);
  const up = await compose('up', '-d', '--wait', ...services);
  if (!up.ok) throw new Error(up.child.obituary());
  return {
    kafkaBrokers: kafka ? `localhost:${kafkaPort}` : undefined,
    redisUrl: redis ? `redis://localhost:${redisPort}` : undefined,
    stop: async () => {
      const down = await compose('down', '-v', '--remove-orphans', '-t', '2');
      if (down.ok) rmSync(join(run.path, 'compose-project'), { force: true });
    },
  };
}
