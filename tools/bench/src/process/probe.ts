/**
 * Loaded before a process under test (`node --require`): answers over the IPC channel what the process has used, and ends it when the bench
 * is gone. The process itself knows nothing of it, so that the connector's own programs are measured as they are.
 */
import { counters } from './counters';
import type { Usage } from './usage';

function usage(): Usage {
  const { user, system } = process.cpuUsage();
  return { atMs: performance.now(), cpuMs: (user + system) / 1000, rssBytes: process.memoryUsage.rss(), counters: { ...counters } };
}

/** Reports the usage of this moment under a name; for moments that only the process itself can know. */
export function reportMoment(name: string): void {
  process.send?.({ is: `moment ${name}`, usage: usage() });
}

process.on('message', (message: { ask?: string }) => {
  if (message.ask === 'usage') process.send?.({ is: 'usage', usage: usage() });
});
process.on('disconnect', () => process.exit(0));
