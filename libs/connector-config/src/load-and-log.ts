import type { Logger } from '@connector/platform';
import type { Configuration } from './configuration';
import { loadConfiguration } from './load';

/**
 * Reads the configuration for an app and says everything that is wrong with it, one line per problem. Markets with errors stay out of
 * work and the others run.
 */
export async function loadAndLog(dir: string, env: Record<string, string | undefined>, logger: Logger): Promise<Configuration> {
  const configuration = await loadConfiguration({ dir, env });
  for (const { severity, message, ...place } of configuration.problems) {
    logger[severity === 'error' ? 'error' : 'warn']({ ...place, problem: message }, 'configuration.problem');
  }
  for (const { tenant, market, state } of configuration.markets()) logger.info({ tenant, market, state }, 'configuration.market');
  return configuration;
}
