import { closedLoop } from './closed-loop';
import type { Load } from './loads';
import { openLoop } from './open-loop';

/** The load generator: a process of its own, so that its cost is nobody else's. Commands and reports travel over the IPC channel. */
process.on('message', (load: Load) => {
  if (load.do !== 'closed' && load.do !== 'open') return;
  void (load.do === 'closed' ? closedLoop(load) : openLoop(load)).then((report) => process.send?.(report));
});
process.send?.({ is: 'ready' });
