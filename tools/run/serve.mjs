// `npm run serve`: the connector without twins, from the configuration folder in CONNECTOR_CONFIG_DIR, on the ports in the environment.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runMain } from './process/shutdown.mjs';
import { pairs } from './report/table.mjs';
import { addresses, startStack } from './stack.mjs';

runMain(async () => {
  const folder = process.env.CONNECTOR_CONFIG_DIR;
  if (!folder)
    throw new Error(
      'CONNECTOR_CONFIG_DIR is not set. Set it to the folder that holds tenants/{tenant}/connectors.json; config/ of this repository is an example.',
    );
  if (!existsSync(join(folder, 'tenants'))) throw new Error(`CONNECTOR_CONFIG_DIR is ${folder}, and there is no folder "tenants" in it.`);
  if (!process.env.CONNECTOR_MASTER_KEY) {
    process.stdout.write('CONNECTOR_MASTER_KEY is not set: this run takes a random one, and what it seals cannot be opened after it.\n');
  }
  const stack = await startStack({ withTwins: false });
  for (const line of ['', stack.phases.summary(), '', ...pairs(addresses(stack)), '', 'Running. Ctrl-C stops everything.'])
    stack.phases.line(line);
  await stack.broken;
});
