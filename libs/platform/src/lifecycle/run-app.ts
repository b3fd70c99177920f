import type { INestApplication, Type, DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { createLogger, NestLogger, type Logger } from '../logging/logger';
import { HealthSigns } from '../health/health-signs';
import { describeSettings, readSettings, SettingsInvalid, type SettingsOf, type SettingsTable } from '../settings/settings';

/** Work that is set in motion after the probes can be answered, and wound down before the process ends. */
export interface Running {
  /** Stop taking work, finish what runs, flush, disconnect: in this order. */
  stop(): Promise<void>;
}

export interface AppDefinition<Table extends SettingsTable> {
  name: string;
  settings: Table;
  module: (settings: SettingsOf<Table>, logger: Logger) => Promise<Type | DynamicModule>;
  start: (app: INestApplication, settings: SettingsOf<Table>, logger: Logger) => Promise<Running>;
}

interface HealthAddress {
  healthHost: string;
  healthPort: number;
  logLevel: string;
}

/** Longest a shutdown may take, ms: one call time-out of running work plus leaving the group. */
const shutdownMs = 60_000;

/** Runs one app until a signal ends it: settings → Nest → probes answer → work starts. Exits 1 when it cannot start or breaks. */
export async function runApp<Table extends SettingsTable>(
  definition: AppDefinition<Table>,
  env: Record<string, string | undefined> = process.env,
): Promise<void> {
  const logger = createLogger(definition.name, env['LOG_LEVEL'] ?? 'info');
  dieLoudly(logger);
  const settings = readOrExit(definition, env, logger);
  const { healthHost, healthPort } = settings as SettingsOf<Table> & HealthAddress;
  const app = await NestFactory.create<NestFastifyApplication>(await definition.module(settings, logger), new FastifyAdapter(), {
    logger: new NestLogger(logger),
    abortOnError: false,
  });
  const lifecycle = { up: false, stopping: false };
  app.get(HealthSigns).startup.push({ name: 'started', check: () => ({ up: lifecycle.up }) });
  app.get(HealthSigns).readiness.push({ name: 'staying', check: () => ({ up: !lifecycle.stopping }) });
  await app.listen(healthPort, healthHost);
  const running = await definition.start(app, settings, logger);
  lifecycle.up = true;
  logger.info({ health: await app.getUrl() }, 'app.started');
  stopOnSignal(app, running, lifecycle, logger);
}

function readOrExit<Table extends SettingsTable>(
  { settings, name }: AppDefinition<Table>,
  env: Record<string, string | undefined>,
  logger: Logger,
): SettingsOf<Table> {
  try {
    const values = readSettings(settings, env);
    logger.info({ settings: describeSettings(settings, values), node: process.version }, 'app.starting');
    return values;
  } catch (error) {
    if (!(error instanceof SettingsInvalid)) throw error;
    for (const problem of error.problems) logger.fatal({ problem }, 'settings.invalid');
    logger.fatal({ problems: error.problems.length, name }, 'app.not-started');
    process.exit(1);
  }
}

function stopOnSignal(app: INestApplication, running: Running, lifecycle: { stopping: boolean }, logger: Logger): void {
  const stop = async (signal: string) => {
    if (lifecycle.stopping) return;
    lifecycle.stopping = true;
    const started = Date.now();
    logger.info({ signal }, 'app.stopping');
    setTimeout(() => {
      logger.error({ waitedMs: shutdownMs }, 'app.stop-timed-out');
      process.exit(1);
    }, shutdownMs).unref();
    await running.stop();
    await app.close();
    logger.info({ tookMs: Date.now() - started }, 'app.stopped');
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));
}

/** An error nobody caught is a fault of ours: say so and let the orchestrator start the process again. */
function dieLoudly(logger: Logger): void {
  const die = (event: string) => (error: unknown) => {
    const { name, stack } = error instanceof Error ? error : { name: 'unknown', stack: undefined };
    // The first line of a stack repeats the message, which may quote data; the frames do not.
    logger.fatal(
      {
        error: name,
        frames: stack
          ?.split('\n')
          .slice(1, 6)
          .map((frame) => frame.trim()),
      },
      event,
    );
    process.exit(1);
  };
  process.on('uncaughtException', die('app.uncaught-exception'));
  process.on('unhandledRejection', die('app.unhandled-rejection'));
}
