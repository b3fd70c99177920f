// `npm run stack`: infrastructure, build, twins and apps, until Ctrl-C. The other commands start the same stack through `startStack`.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { demoVariables, subscribe, subscribeToOmnium, writeSeeds } from './demo.mjs';
import { ensureDependencies } from './ensure-dependencies.mjs';
import { liveBrokers } from './infra/kafka-wire.mjs';
import { startInfrastructure } from './infra/index.mjs';
import { build } from './nx.mjs';
import { root } from './process/paths.mjs';
import { createRunFolder } from './process/run-folder.mjs';
import { onShutdown, runMain } from './process/shutdown.mjs';
import { Phases } from './report/phases.mjs';
import { pairs } from './report/table.mjs';
import { choosePorts, startApps, startTwins, watchForCrashes } from './services.mjs';

/**
 * Brings everything up, phase by phase: dependencies, infrastructure, build, twins (unless `withTwins` is false), apps. `stop` takes it
 * down again, and so does the end of the command. `broken` rejects when a process ends by itself.
 *
 * For tests: `prepared` leaves dependencies and build out, `appEnv` is added to what the apps get (`TIME_SCALE`, another
 * `CONNECTOR_CONFIG_DIR`), `infraOptions` goes to `startInfrastructure` (three brokers, faults), `env` replaces the environment.
 */
export async function startStack({
  run = createRunFolder(),
  phases = new Phases(),
  withTwins = true,
  prepared = false,
  env = process.env,
  appEnv = {},
  infraOptions = {},
} = {}) {
  const undo = [];
  const stop = once(async () => {
    for (const step of undo.reverse()) await step();
  });
  onShutdown(stop);
  // Kafka starts while npm installs and nx builds: a first start is a good deal shorter, and neither needs the other.
  const built = prepared ? undefined : prepare(run, phases);
  if (env.CONNECTOR_INFRA === 'testcontainers') await built;
  const starting = phases.run('infrastructure', (log) => startInfrastructure({ run, log, env, ...infraOptions }));
  const started = starting.then((infra) => {
    undo.push(() => infra.stop());
    return infra;
  });
  const [infra] = await Promise.all([started, built]);
  const ports = await choosePorts(env);
  const twins = withTwins ? await phases.run('twins', () => twinsByName(run, env)) : {};
  undo.push(() => Promise.all(Object.values(twins).map(({ child }) => child.stop(3000))));
  const variables = { ...(await appEnvironment({ infra, twins, ports, env })), ...appEnv };
  const services = await phases.run('apps', () => startApps(run, ports, variables));
  undo.push(() => Promise.all(services.map((service) => service.stop())));
  if (withTwins) await Promise.all([subscribe(twins.sitoo.url, variables), subscribeToOmnium(twins.omnium.url, variables)]);
  const broken = crashOf([...services, ...Object.values(twins)].map(({ child }) => child));
  return {
    run,
    phases,
    infra,
    twins,
    apps: Object.fromEntries(services.map((service) => [service.name, service])),
    broken,
    variables,
    stop,
  };
}

async function prepare(run, phases) {
  await phases.run('dependencies', (log) => ensureDependencies(run, log));
  await phases.run('build', (log) => build(run, log));
}

async function twinsByName(run, env) {
  const [sitoo, omnium] = await startTwins(run, await writeSeeds(run), env);
  return { sitoo, omnium };
}

function crashOf(children) {
  const broken = new Promise((_, reject) => watchForCrashes(children, reject));
  // Whoever waits for it hears of it; nobody has to.
  broken.catch(() => {});
  return broken;
}

function once(work) {
  let result;
  return () => (result ??= work());
}

/** What every app gets: addresses of this run, the configuration folder with the values it refers to, and a key of this run. */
async function appEnvironment({ infra, twins, ports, env }) {
  const publicUrl = env.CONNECTOR_PUBLIC_URL ?? `http://127.0.0.1:${ports['webhook-gateway'].HTTP_PORT}`;
  const values = {
    KAFKA_BROKERS: infra.kafkaBrokers,
    REDIS_URL: infra.redisUrl,
    CONNECTOR_CONFIG_DIR: env.CONNECTOR_CONFIG_DIR ?? join(root, 'config'),
    CONNECTOR_MASTER_KEY: env.CONNECTOR_MASTER_KEY ?? randomBytes(32).toString('base64'),
    CONNECTOR_PUBLIC_URL: publicUrl,
    TOPIC_REPLICATION: env.TOPIC_REPLICATION ?? String(await replication(infra)),
    LOG_LEVEL: env.LOG_LEVEL ?? 'info',
  };
  if (!twins.sitoo) return values;
  const demo = demoVariables({
    sitooUrl: twins.sitoo.url,
    omniumUrl: twins.omnium.url,
    publicUrl: `http://127.0.0.1:${ports['webhook-gateway'].HTTP_PORT}`,
  });
  return { ...values, ...demo, CONNECTOR_CONFIG_DIR: join(root, 'config'), HTTP_HOST: '127.0.0.1', HEALTH_HOST: '127.0.0.1' };
}

/** Three copies where three brokers are, else one. */
async function replication({ kafkaBrokers }) {
  const seen = await Promise.all(kafkaBrokers.split(',').map((address) => liveBrokers(address.trim())));
  return Math.max(...seen) >= 3 ? 3 : 1;
}

/** Where to look further, as `[label, address]`. */
export function addresses({ run, infra, twins, apps }) {
  const gateway = apps['webhook-gateway'];
  return [
    ['webhooks', `${gateway.url}/api/sitoowebhook/{tenant}/{market}/`],
    ...(apps.scheduler ? [['schedules', `${apps.scheduler.url}/tasks`]] : []),
    ...Object.values(apps).map(({ name, healthUrl }) => [name, `${healthUrl}/health/ready  ${healthUrl}/metrics`]),
    ...Object.values(twins).map(({ name, url }) => [name, `${url}/_twin/state  ${url}/_twin/violations`]),
    ['Kafka', infra.kafkaBrokers],
    ['Redis', infra.redisUrl],
    ['logs', run.logs],
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  runMain(async () => {
    const stack = await startStack();
    for (const line of ['', stack.phases.summary(), '', ...pairs(addresses(stack)), '', 'Running. Ctrl-C stops everything.'])
      stack.phases.line(line);
    await stack.broken;
  });
}
