// `npm start`: everything up, then the Sitoo twin plays a trading day and the terminal shows what arrives in Omnium.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { demo } from './demo.mjs';
import { startChild } from './process/children.mjs';
import { bin } from './process/paths.mjs';
import { isEnding, onShutdown, runMain } from './process/shutdown.mjs';
import { startArguments } from './report/arguments.mjs';
import { addresses, startStack } from './stack.mjs';

runMain(async () => {
  const { once, ...day } = startArguments(process.argv.slice(2));
  const stack = await startStack();
  const web = day.webOrders > 0 ? `, and ${day.webOrders} web orders that stores collect and send` : '';
  stack.phases.line(`\nPlaying ${day.receipts} receipts of seed ${day.seed} at the Sitoo twin's tills, ${day.rate} per second${web}.\n`);
  const played = await Promise.race([stack.broken, play(stack, day)]);
  if (isEnding()) return played;
  stack.phases.line(stack.phases.summary());
  if (once) return played;
  stack.phases.line('\nRunning. Ctrl-C stops everything.');
  return stack.broken;
});

/** The player is a process of its own, on the project's Node and with the built packages. Resolves with its exit code. */
function play(stack, day) {
  const options = {
    ...day,
    commandStartedAt: Math.round(Date.now() - process.uptime() * 1000),
    sitooUrl: stack.twins.sitoo.url,
    omniumUrl: stack.twins.omnium.url,
    brokers: stack.infra.kafkaBrokers.split(','),
    account: demo.account,
    addresses: addresses(stack),
  };
  const args = [fileURLToPath(new URL('player.mjs', import.meta.url)), JSON.stringify(options)];
  return stack.phases.run('trading day', async () => {
    const player = startChild({ run: stack.run, name: 'player', command: join(bin, 'node'), args, onTerminal: true });
    onShutdown(() => player.stop(1000));
    return (await player.exited).code ?? 1;
  });
}
