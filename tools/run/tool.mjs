// `npm run parked|trading-day|shadow|faults|bench -- …`: makes sure of dependencies and of the build, then runs the tool on the project's own Node.
import { join } from 'node:path';
import { ensureDependencies } from './ensure-dependencies.mjs';
import { build } from './nx.mjs';
import { runCommand } from './process/children.mjs';
import { bin, root } from './process/paths.mjs';
import { createRunFolder } from './process/run-folder.mjs';
import { runMain } from './process/shutdown.mjs';

runMain(async () => {
  const [tool, ...args] = process.argv.slice(2);
  const run = createRunFolder();
  const quiet = () => {};
  await ensureDependencies(run, quiet);
  await build(run, quiet);
  const main = join(root, 'tools', tool, 'dist/main.js');
  const { code } = await runCommand({
    run,
    name: tool,
    command: join(bin, 'node'),
    args: ['--enable-source-maps', main, ...args],
    onTerminal: true,
  });
  return code;
});
