import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demo } from './demo.mjs';
import { root } from './process/paths.mjs';

/**
 * A copy of the example configuration in the run's own data folder, for `appEnv: { CONNECTOR_CONFIG_DIR }` of a stack: with `properties` of
 * its Sitoo record for the market, and `timeOut` (`hh:mm:ss`) for the calls to both platforms.
 */
export function configurationOf(run, { properties = {}, timeOut } = {}) {
  const folder = join(run.data, 'config');
  cpSync(join(root, 'config'), folder, { recursive: true });
  const tenant = join(folder, 'tenants', demo.tenant);
  edit(join(tenant, 'connectors.json'), (record) => ({ ...record, ...(timeOut ? { timeOut } : {}) }));
  edit(join(tenant, 'markets', demo.market, 'connectors.json'), (record) => ({
    ...record,
    properties: [
      ...record.properties.filter(({ key }) => !(key in properties)),
      ...Object.entries(properties).map(([key, value]) => ({ key, value: String(value) })),
    ],
  }));
  return folder;
}

/** Changes every record of a connectors file. */
function edit(file, change) {
  writeFileSync(file, JSON.stringify(JSON.parse(readFileSync(file, 'utf8')).map(change), null, 2));
}
