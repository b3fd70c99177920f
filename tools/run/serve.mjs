// `npm run serve`: the connector without twins, from the configuration folder in CONNECTOR_CONFIG_DIR, on the ports in the environment.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runMain } from './process/shutdown.mjs';
import { configurationLines } from './report/configuration-lines.mjs';
import { pairs } from './report/table.mjs';
import { addresses, startStack } from './stack.mjs';

runMain(async () => {
  const folder = configurationFolder(process.env);
  if (!process.env.CONNECTOR_MASTER_KEY) {
    process.stdout.write('CONNECTOR_MASTER_KEY is not set: this run takes a random one, and what it seals cannot be opened after it.\n');
  }
  const stack = await startStack({ withTwins: false, appEnv: { CONNECTOR_CONFIG_DIR: folder } });
  const configuration = configurationLines(readFileSync(stack.apps['order-sync'].child.logFile, 'utf8'));
  const lines = [stack.phases.summary(), '', ...configuration, '', ...pairs(addresses(stack)), '', 'Running. Ctrl-C stops everything.'];
  for (const line of ['', ...lines]) stack.phases.line(line);
  await stack.broken;
});

/** The folder, absolute. npm runs scripts in the repository's root and says in INIT_CWD where the command was given. */
function configurationFolder({ CONNECTOR_CONFIG_DIR: given, INIT_CWD: cwd = process.cwd() }) {
  if (!given) {
    throw new Error(
      'CONNECTOR_CONFIG_DIR is not set. Set it to the folder that holds tenants/{tenant}/connectors.json; config/ of this repository is an example.',
    );
  }
  const folder = resolve(cwd, given);
  if (existsSync(join(folder, 'tenants'))) return folder;
  throw new Error(`CONNECTOR_CONFIG_DIR is ${folder}, and there is no folder "tenants" in it.`);
}
