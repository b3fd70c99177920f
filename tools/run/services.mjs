import { join } from 'node:path';
import { apps, portVariable, twins } from './processes.mjs';
import { startChild } from './process/children.mjs';
import { bin, root } from './process/paths.mjs';
import { freePort } from './process/ports.mjs';
import { until } from './process/wait.mjs';

/** A start on a busy machine of two cores; an idle one needs 2 s. */
const readyWithinMs = 60_000;
/** From SIGTERM to SIGKILL. */
const graceMs = 10_000;

/** Starts the twins on free ports (or those in the environment). `seeds`: file by twin name. Resolves with `{ name, url, child }` each. */
export async function startTwins(run, seeds = {}, env = process.env) {
  return Promise.all(
    twins.map(async (twin) => {
      const port = Number(env[twin.port]) || (await freePort());
      const url = `http://127.0.0.1:${port}`;
      const child = node(run, twin, { [twin.port]: String(port), ...(seeds[twin.name] && { [twin.seedFile]: seeds[twin.name] }) });
      await answers(`${url}/_twin/state`, child);
      return { name: twin.name, url, child };
    }),
  );
}

/** Ports of every app: those the environment fixes, free ones for the rest. `{ 'webhook-gateway': { HTTP_PORT: 21034, … }, … }` */
export async function choosePorts(env = process.env) {
  const chosen = {};
  for (const { name, ports } of apps) {
    chosen[name] = {};
    for (const port of ports) chosen[name][port] = Number(env[portVariable(name, port)]) || (await freePort());
  }
  return chosen;
}

/** Starts the apps and waits until each is ready. Resolves with `{ name, child, url?, healthUrl, start, stop, kill }` each. */
export async function startApps(run, ports, env) {
  const services = apps.map((app) => new Service(run, app, ports[app.name], env));
  await Promise.all(services.map((service) => service.start()));
  return services;
}

/** One app of the connector; it can be killed and started again on the same ports. */
class Service {
  constructor(run, app, ports, env) {
    Object.assign(this, { run, app, ports, env, name: app.name });
    this.url = ports.HTTP_PORT ? `http://127.0.0.1:${ports.HTTP_PORT}` : undefined;
    this.healthUrl = `http://127.0.0.1:${ports.HEALTH_PORT}`;
  }

  async start() {
    const ports = Object.fromEntries(Object.entries(this.ports).map(([name, port]) => [name, String(port)]));
    this.child = node(this.run, this.app, { ...this.env, ...ports });
    await answers(`${this.healthUrl}/health/ready`, this.child);
  }

  stop() {
    return this.child?.stop(graceMs);
  }

  /** SIGKILL, as a fault; `start` brings it back. */
  kill() {
    return this.child?.kill();
  }
}

/** Calls `fail` with a readable error when one of the processes ends without having been stopped. */
export function watchForCrashes(children, fail) {
  for (const child of children) {
    void child.exited.then(() => {
      if (!child.stopping) fail(new Error(child.obituary()));
    });
  }
}

/** A process on the project's own Node. */
export function node(run, { name, main }, env) {
  return startChild({
    run,
    name,
    command: join(bin, 'node'),
    args: ['--enable-source-maps', join(root, main)],
    env,
  });
}

/** Waits for a 200. The last other answer is told when it does not come: a probe says what is missing. */
async function answers(url, child) {
  let last = 'no answer';
  const ask = async () => {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
      last = `${response.status} ${(await response.text()).slice(0, 500)}`;
      return response.ok;
    } catch {
      return false;
    }
  };
  try {
    await until(ask, {
      what: `${child.name} to answer ${url}`,
      withinMs: readyWithinMs,
      everyMs: 100,
      gaveUp: () => child.ended && child.obituary(),
    });
  } catch (error) {
    throw new Error(child.ended ? error.message : `${error.message}; last answer: ${last}. The end of ${child.logFile}:\n${child.tail()}`);
  }
}
